public import ModuleKit
public import Storage

/// A block as a proposer hands it in (ABCI 2.0, `ProcessProposal` and `FinalizeBlock`).
public struct ProposedBlock: Sendable {
    /// The height; the last one and one.
    public var height: UInt64
    /// The time; not before the last block's.
    public var time: Timestamp
    /// The encoded transactions, in order.
    public var transactions: [[UInt8]]
    /// What the consensus engine reports.
    public var report: EngineReport
    /// The block as validators signed it, in the engine's encoding (CometBFT's `LightBlock`); empty where nobody signs.
    /// The host records it with the block, and does not look into it.
    public var lightBlock: [UInt8]

    /// Describes a block.
    public init(
        height: UInt64,
        time: Timestamp,
        transactions: [[UInt8]],
        report: EngineReport = EngineReport(),
        lightBlock: [UInt8] = []
    ) {
        self.height = height
        self.time = time
        self.transactions = transactions
        self.report = report
        self.lightBlock = lightBlock
    }
}

/// What became of one transaction.
public struct TransactionResult: Sendable, Hashable {
    /// SHA-256 of the encoded transaction.
    public let hash: [UInt8]
    /// Why it failed; nil when it did what it asked for.
    public let error: ModuleError?
    /// Units of work used.
    public let workUsed: UInt64
    /// The sequences of its events in the log, the receipt's own last; empty for a check.
    public let events: Range<UInt64>

    /// Whether it did what it asked for.
    public var isSuccess: Bool { error == nil }
}

/// What executing a block led to; not on disk before `commit`.
public struct FinalizedBlock: Sendable {
    /// The header, with the roots and the app hash.
    public let header: BlockHeader
    /// What became of each transaction, in order.
    public let results: [TransactionResult]
    /// Changes of the validator set for the consensus engine.
    public let validatorUpdates: [ValidatorUpdate]
    /// The sequences of the block's events.
    public let events: Range<UInt64>
}

/// What a validator answers to a proposal.
public enum ProposalVerdict: Sendable, Hashable {
    /// The block may be voted for.
    case accept
    /// The block must not be voted for, with the reason.
    case reject(String)
}
