/// How a block's state root follows from its changes.
///
/// A commitment is pure. What it keeps between blocks are nodes: byte keys and values of its own, read through
/// ``CommittedState`` and written in the same LMDB transaction as the block.
public protocol StateCommitment: Sendable {
    /// A stable name with a version, kept in the store: a store made with one commitment is refused by another.
    var identifier: String { get }

    /// The root of no state.
    var emptyRoot: Hash { get }

    /// The root after a block.
    ///
    /// - Throws: what reading throws, or `damaged`.
    func update(_ block: StateCommitmentBlock) throws(StorageError) -> StateCommitmentUpdate
}

/// What a commitment is given of a block.
public struct StateCommitmentBlock: Sendable {
    /// The block's place in the chain.
    public var height: UInt64
    /// The root before the block.
    public var previousRoot: Hash
    /// The block's changes, in order of full keys.
    public var writes: WriteSet
    /// State and nodes as they are before the block.
    public var before: any CommittedState

    /// Makes a block's part for the commitment.
    public init(height: UInt64, previousRoot: Hash, writes: WriteSet, before: any CommittedState) {
        self.height = height
        self.previousRoot = previousRoot
        self.writes = writes
        self.before = before
    }
}

/// The state at one height, and what the commitment keeps of it.
public protocol CommittedState: Sendable {
    /// Runs `body` on a consistent view. Every call shows the same state, on any thread.
    ///
    /// - Throws: what `body` or the store throws; `staleBlock` when the store has moved on.
    func read<Value>(_ body: (CommittedTables) throws(StorageError) -> Value) throws(StorageError) -> Value
}

/// The tables that a commitment reads. They are gone when the closure that was given them returns.
public struct CommittedTables {
    /// The entries of the state, by full key.
    public let state: any StateReading
    /// The nodes of the commitment.
    public let nodes: any StateReading

    /// Makes a view of both.
    public init(state: any StateReading, nodes: any StateReading) {
        self.state = state
        self.nodes = nodes
    }
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
