public import MeshHost
public import ModuleKit
public import Storage

/// What a block of a chain did.
public struct BlockReport: Sendable {
    /// The chain.
    public let chainID: String
    /// The block's height.
    public let height: UInt64
    /// The block's time, by the chain's own clock.
    public let time: Timestamp
    /// The hash of its header, which fixes everything up to it.
    public let headerHash: Hash
    /// Its transactions, in order.
    public let transactions: [TransactionReport]
    /// What Interchain recorded in it, in order.
    public let records: [InterchainRecord]

    /// The packets that moved in it.
    public var packets: [PacketMovement] { records.compactMap { PacketMovement($0) } }
}

/// What became of a transaction.
public struct TransactionReport: Sendable, Hashable {
    /// What it was.
    public let transaction: PendingTransaction
    /// What became of it.
    public let result: TransactionResult

    /// Whether it did what it asked for.
    public var isSuccess: Bool { result.isSuccess }
    /// Why it failed; nil when it did what it asked for.
    public var error: ModuleError? { result.error }
    /// What a relayer had it carry.
    public var deliveries: [Delivery] { transaction.deliveries }
}
