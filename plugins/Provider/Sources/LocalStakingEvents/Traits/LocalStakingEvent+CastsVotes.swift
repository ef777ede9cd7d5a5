public import GovernanceEvents
import ModuleKit

extension LocalStakingEvent: CastsVotes {
    /// The vote of an event, in the name of the owner's sub-account.
    public var castVotes: [CastVote] {
        get throws(ModuleError) {
            guard case .voted(let event) = event else { return [] }
            return [
                CastVote(proposal: event.proposal, options: event.options, owner: try Address(bech32: event.owner))
            ]
        }
    }
}
