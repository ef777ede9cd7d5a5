public import CometBFT

/// Something that validators of an observed chain did, and that may be held against them.
///
/// It is what `ObservedChain.faults()` has found: in the evidence of blocks, in documents that a node's RPC writes, or in
/// votes that contradict each other. Nothing here is taken on trust by whoever is told: the other chain checks it again.
public struct ObservedFault: Hashable, Sendable {
    /// What was done.
    public enum Kind: String, Hashable, Sendable {
        /// One validator voted for two blocks in one step: height, round and vote type are the same. External Staking slashes
        /// for it.
        case duplicateVote = "duplicate vote"
        /// A block was signed that contradicts the chain, by enough validators to deceive a light client. It slashes nobody:
        /// the client is frozen for it, and the pairing with it.
        case lightClientAttack = "light client attack"
    }

    /// What was done.
    public let kind: Kind
    /// The height at which it was done, on the observed chain: that of the votes, or of the conflicting block.
    public let height: Int64
    /// Who did it, as the evidence says, by consensus address: the one voter of two votes; of an attack, all whom the evidence
    /// names, perhaps nobody.
    public let validators: [ValidatorAddress]
    /// What proves it; nil where two votes can't be put together to evidence, and then there is a problem.
    public let evidence: Evidence?
    /// Why it proves nothing, as the check of the evidence says it, or which header or validators are missing for the check; nil
    /// where nothing is wrong. Votes are checked with both signatures. An attack is not checked here: the client that it is
    /// brought to does that.
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
