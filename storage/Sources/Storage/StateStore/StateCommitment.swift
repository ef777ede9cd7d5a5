/// How a block's state root follows from its changes.
///
/// A commitment is pure. What it keeps between blocks are nodes: byte keys and values of its own, read through
/// `StateReading` and written in the same LMDB transaction as the block.
public protocol StateCommitment: Sendable {
    /// A stable name with a version, kept in the store: a store made with one commitment is refused by another.
    var identifier: String { get }

    /// The root of no state.
    var emptyRoot: Hash { get }

    /// The root after a block.
    ///
    /// - Parameters:
    ///   - previousRoot: the root before the block.
    ///   - writes: the block's changes, in order of full keys.
    ///   - nodes: the nodes as they are before the block.
    /// - Throws: what reading nodes throws, or `damaged`.
    func update(
        previousRoot: Hash,
        writes: WriteSet,
        nodes: any StateReading
    ) throws(StorageError) -> StateCommitmentUpdate
}

/// What a commitment makes of a block.
public struct StateCommitmentUpdate: Sendable, Equatable {
    /// The root after the block.
    public var root: Hash
    /// The nodes that change.
    public var nodeWrites: WriteSet

    /// Makes an update.
    public init(root: Hash, nodeWrites: WriteSet = WriteSet()) {
        self.root = root
        self.nodeWrites = nodeWrites
    }
}

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
    public func update(
        previousRoot: Hash,
        writes: WriteSet,
        nodes: any StateReading
    ) throws(StorageError) -> StateCommitmentUpdate {
        var hasher = DomainHasher(.rollingCommitment)
        hasher.add(previousRoot)
        hasher.add(writes.hash)
        return StateCommitmentUpdate(root: hasher.finalize())
    }
}
