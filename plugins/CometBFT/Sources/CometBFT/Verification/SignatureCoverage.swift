/// Which signatures of a commit are checked.
public enum SignatureCoverage: Hashable, Sendable {
    /// Every signature there is, votes for nil too. What a chain demands of the commit in its next block.
    case all
    /// Every signature for the block. What evidence needs, so that nobody is accused by an unchecked signature.
    case blockVotes
    /// Signatures for the block, in their order, until enough power has signed. What a light client needs.
    case light
}
