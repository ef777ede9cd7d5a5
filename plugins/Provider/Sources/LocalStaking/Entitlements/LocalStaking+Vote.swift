import GovernanceEvents
import LocalStakingEvents
import ModuleKit

extension LocalStaking {
    /// Votes with all stake of the owner's sub-account, or replaces the vote of before.
    ///
    /// Governance checks the vote, and refuses the event where it does not count. There is one instance of it on a chain: the
    /// bank gives the account of deposits to no second one.
    ///
    /// - Throws: `noGovernance`; what governance throws, such as `voterHasNoStake`.
    func vote(_ request: LocalStakingVote, of owner: Address, _ context: Context) throws(ModuleError) {
        guard context.firstInstance(ofModule: GovernanceEvent.moduleName) != nil else {
            throw ModuleError(.noGovernance, "this chain has no governance: there is nothing to vote on")
        }
        try context.emit(
            .with {
                $0.voted.proposal = request.proposal
                $0.voted.owner = context.addresses.format(owner, as: .account)
                $0.voted.options = request.options
            }
        )
    }
}
