/// How the store of a chain is opened.
public struct ChainOptions: Sendable {
    /// When a block counts as stored.
    public enum Durability: Sendable, Equatable {
        /// Every block is synced to the disk before its commit returns.
        case everyBlock
        /// Blocks are sealed in memory and synced together, at the latest `interval` after the first of them. Each commit
        /// gives a ticket that is fulfilled after the sync; what was not acknowledged may be lost, but never in part.
        case grouped(interval: Duration)
        /// Nothing is ever synced. A power loss may leave the store unusable: for imports into scratch folders only.
        case none
    }

    /// When a block counts as stored. ``Durability/everyBlock`` unless told otherwise.
    public var durability = Durability.everyBlock
    /// How many blocks at most are synced together. More are synced at once.
    public var maximumGroupCount = 256
    /// How the state root is made: as a tree with proofs, unless told otherwise.
    public var commitment: any StateCommitment = SparseMerkleCommitment()
    /// The size of LMDB's map at first, in bytes. It only takes address space.
    public var initialMapSizeBytes = 1 << 30
    /// The size beyond which the map does not grow, in bytes: the limit of the store.
    public var maximumMapSizeBytes = 1 << 40

    /// The defaults.
    public init() {}

    /// The defaults but for the durability.
    public init(durability: Durability) {
        self.durability = durability
    }
}

/// Who may do what with a store.
public enum ChainAccess: Sendable {
    /// Reading and appending. One process at a time.
    case readWrite
    /// Reading only, also while another process appends.
    case readOnly
}
