/// How large a proof from a stranger may be.
///
/// Every genuine proof of the published trees stays far below. Together they bound the work for one key in one tree to
/// some 520 hashes over no more than the proof's own bytes, and a step's operations to a few kilobytes.
public enum ProofBounds {
    /// The bytes of one message.
    public static let maximumByteCount = 1 << 20
    /// The steps of one path: what a tree over 256-bit keys needs.
    public static let maximumStepCount = 256
    /// The bytes of a prefix, and of a suffix.
    public static let maximumAffixByteCount = 4096
    /// The proofs of one batch.
    public static let maximumEntryCount = 1024
    /// The trees of one chained proof.
    public static let maximumTreeCount = 8
    /// The children of an inner node.
    public static let maximumChildCount = 32
}
