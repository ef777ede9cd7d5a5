import MeshHost
import MeshSandbox
import ModuleKit
import Storage

/// Gathers transactions into blocks, executes them, and puts them on disk.
struct BlockRunner {
    /// What ends a block.
    struct Limits {
        /// How many transactions a block holds at most.
        var transactions: Int
        /// How many bytes they have at most.
        var bytes: Int
    }

    /// A transaction that waits, with the line it came from.
    private struct Waiting {
        let bytes: [UInt8]
        let line: UInt64
    }

    /// A transaction that failed.
    struct Failure {
        let line: UInt64
        let height: UInt64
        let result: TransactionResult
        let error: ModuleError
    }

    /// What one block came to.
    struct Outcome {
        let header: BlockHeader
        let transactions: Int
        let events: Int
        let validatorUpdates: Int
        let failures: [Failure]
    }

    private var sequencer: Sequencer
    private let time: BlockTimeOptions
    private let limits: Limits
    private var waiting: [Waiting] = []
    private var waitingBytes = 0
    private var advance: TimeSpan?

    init(_ sequencer: Sequencer, time: BlockTimeOptions, blockSize: Int) {
        self.sequencer = sequencer
        self.time = time
        limits = Limits(transactions: max(1, blockSize), bytes: sequencer.host.registry.limits.blockBytesMax)
    }

    /// Whether a block is under way: one with transactions, or one whose time was moved.
    var isUnderWay: Bool { !waiting.isEmpty || advance != nil }

    /// Whether a transaction of some size still has room in the block under way.
    func hasRoom(for byteCount: Int) -> Bool {
        waiting.count < limits.transactions && waitingBytes + byteCount <= limits.bytes
    }

    /// Whether the block under way holds as many transactions as it may.
    var isFull: Bool { waiting.count >= limits.transactions }

    /// Adds a transaction to the block under way.
    mutating func add(_ bytes: [UInt8], line: UInt64) {
        waiting.append(Waiting(bytes: bytes, line: line))
        waitingBytes += bytes.count
    }

    /// Dates the next block by a span after the last one, instead of by the interval.
    mutating func advance(by span: TimeSpan) { advance = span }

    /// Executes the block under way; when this returns, it is on disk.
    mutating func endBlock() throws(CommandError) -> Outcome {
        let finalized = try sequencer.commitBlock(
            time: try time.next(after: sequencer.host.lastHeader, by: advance),
            transactions: waiting.map(\.bytes)
        )
        let failures = zip(waiting, finalized.results).compactMap { waiting, result in
            result.error.map { Failure(line: waiting.line, height: finalized.header.height, result: result, error: $0) }
        }
        waiting.removeAll(keepingCapacity: true)
        waitingBytes = 0
        advance = nil
        return Outcome(
            header: finalized.header,
            transactions: finalized.results.count,
            events: finalized.events.count,
            validatorUpdates: finalized.validatorUpdates.count,
            failures: failures
        )
    }
}

extension Sequencer {
    /// Makes a block; when this returns, it is on disk.
    mutating func commitBlock(time: Timestamp, transactions: [[UInt8]]) throws(CommandError) -> FinalizedBlock {
        do {
            let made = try makeBlock(time: time, transactions: transactions)
            try made.ticket.wait()
            return made.block
        } catch {
            throw CommandError(error)
        }
    }
}
