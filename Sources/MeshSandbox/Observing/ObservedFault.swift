public import CometBFT

/// Something that validators of an observed chain did, and may be held against them.
public struct ObservedFault: Hashable, Sendable {
    /// What was done.
    public enum Kind: String, Hashable, Sendable {
        /// One validator voted for two blocks in one step.
        case duplicateVote = "duplicate vote"
        /// A block was signed that contradicts the chain.
        case lightClientAttack = "light client attack"
    }

    /// What was done.
    public let kind: Kind
    /// The height at which it was done.
    public let height: Int64
    /// Who did it, as the evidence says.
    public let validators: [ValidatorAddress]
    /// What proves it; nil where it can't be put together.
    public let evidence: Evidence?
    /// Why it proves nothing; nil where it does.
    public let problem: String?

    /// Evidence that is complete.
    init(_ evidence: Evidence, problem: String? = nil) {
        self.evidence = evidence
        self.problem = problem
        switch evidence {
        case .duplicateVote(let evidence):
            kind = .duplicateVote
            height = evidence.height
            validators = [evidence.voteA.validatorAddress]
        case .lightClientAttack(let evidence):
            kind = .lightClientAttack
            height = evidence.conflictingBlock.height
            validators = evidence.byzantineValidators.map(\.address)
        }
    }

    /// Two votes that can't be made into evidence.
    init(_ vote: Vote, problem: String) {
        kind = .duplicateVote
        height = vote.height
        validators = [vote.validatorAddress]
        evidence = nil
        self.problem = problem
    }
}
