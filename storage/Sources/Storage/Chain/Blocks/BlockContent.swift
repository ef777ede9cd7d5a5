/// What an execution hands in to become a block.
public struct BlockContent: Sendable {
    /// Says which record tells how a transaction went.
    public struct Receipt: Hashable, Sendable {
        /// SHA-256 of the transaction's bytes.
        public var transactionHash: Hash
        /// The sequence of the record, in this block.
        public var sequence: UInt64

        /// Makes a receipt.
        public init(transactionHash: Hash, sequence: UInt64) {
            self.transactionHash = transactionHash
            self.sequence = sequence
        }
    }

    /// A dictionary entry without which the records cannot be decoded: a descriptor set.
    public struct Schema: Hashable, Sendable {
        /// By what the records name it.
        public var identifier: UInt32
        /// Its bytes.
        public var bytes: [UInt8]

        /// Makes a schema.
        public init(identifier: UInt32, bytes: [UInt8]) {
            self.identifier = identifier
            self.bytes = bytes
        }
    }

    /// The block's place in the chain: one after the last.
    public var height: UInt64
    /// Nanoseconds since the beginning of 1970, UTC. Never less than in the block before.
    public var timeNanoseconds: UInt64
    /// All that came from outside: first the report of the consensus engine, then the raw transactions.
    public var inputs: ByteArena
    /// The event records, which get the next sequences in order.
    public var records: ByteArena
    /// Where to find how the transactions went.
    public var receipts: [Receipt]
    /// The state changes, in order of full keys.
    public var writes: WriteSet
    /// The hash of the module set that ran the block.
    public var moduleSetHash: Hash
    /// Dictionary entries that are new with this block.
    public var schemas: [Schema]

    /// Describes a block.
    public init(
        height: UInt64,
        timeNanoseconds: UInt64,
        inputs: ByteArena = ByteArena(),
        records: ByteArena = ByteArena(),
        receipts: [Receipt] = [],
        writes: WriteSet = WriteSet(),
        moduleSetHash: Hash = .zero,
        schemas: [Schema] = []
    ) {
        self.height = height
        self.timeNanoseconds = timeNanoseconds
        self.inputs = inputs
        self.records = records
        self.receipts = receipts
        self.writes = writes
        self.moduleSetHash = moduleSetHash
        self.schemas = schemas
    }
}
