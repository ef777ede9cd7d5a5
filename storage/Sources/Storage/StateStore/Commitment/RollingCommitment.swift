/// A hash chain over the write sets: root n = SHA-256(domain ‖ root n-1 ‖ hash of write set n).
///
/// Proves that two logs made the same changes; proves nothing about a single key. Keeps no nodes.
public struct RollingCommitment: StateCommitment {
    /// The one there is.
    public init() {}

    /// `rolling-1`.
    public var identifier: String { "rolling-1" }

    /// 32 zero bytes.
    public var emptyRoot: Hash { .zero }

    /// One link of the chain.
    public func update(_ block: StateCommitmentBlock) throws(StorageError) -> StateCommitmentUpdate {
        var hasher = DomainHasher(.rollingCommitment)
        hasher.add(block.previousRoot)
        hasher.add(block.writes.hash)
        return StateCommitmentUpdate(root: hasher.finalize())
    }
}
