/// Bounds on transactions and blocks, the same for every node of a chain.
public struct TransactionLimits: Sendable, Hashable {
    /// The size of an encoded transaction, in bytes. Proof of misbehaviour holds two headers of another chain, each with its
    /// validators twice: about 260 bytes a validator.
    public var transactionBytesMax = 256 * 1024
    /// How many requests a transaction may hold.
    public var requestsMax = 64
    /// How many accounts may sign for one transaction.
    public var signersMax = 16
    /// How many keys a multisig account may have.
    public var multisigKeysMax = 16
    /// The length of a memo, in bytes.
    public var memoBytesMax = 256
    /// How many denominations a fee may have.
    public var feeCoinsMax = 16
    /// Units of work for one transaction.
    public var transactionWorkMax: UInt64 = 10_000_000
    /// Units of work for all transactions of a block.
    public var blockWorkMax: UInt64 = 1_000_000_000
    /// The size of all transactions of a block, in bytes.
    public var blockBytesMax = 32 * 1024 * 1024

    /// The default bounds.
    public init() {}

    /// All bounds, in a fixed order, to be hashed.
    var all: [UInt64] {
        let counts = [
            transactionBytesMax, requestsMax, signersMax, multisigKeysMax, memoBytesMax, feeCoinsMax, blockBytesMax,
        ]
        return counts.map { UInt64(clamping: $0) } + [transactionWorkMax, blockWorkMax]
    }
}
