public import ModuleKit

/// A vocabulary some of whose events vote in the name of sub-accounts, such as that of local staking.
///
/// The stake of a sub-account belongs to whom the instance holds it for. He can't sign for it, so the instance votes as he
/// tells it. Governance reacts; a vote that it refuses vetoes the event.
public protocol CastsVotes: EventVocabulary {
    /// The votes that this event casts, in order; mostly none.
    var castVotes: [CastVote] { get throws(ModuleError) }
}

/// A vote of one sub-account of the emitting instance.
public struct CastVote: Sendable, Hashable {
    /// The proposal's number.
    public let proposal: UInt64
    /// What is voted, under the rules for any vote.
    public let options: [GovernanceWeightedOption]
    /// For whom. The voter is the sub-account of the instance for this account.
    public let owner: Address

    /// Describes a vote.
    public init(proposal: UInt64, options: [GovernanceWeightedOption], owner: Address) {
        self.proposal = proposal
        self.options = options
        self.owner = owner
    }
}
