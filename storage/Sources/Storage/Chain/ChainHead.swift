import LMDB

/// Where a chain stands: the last block on the disk, and the blocks sealed in memory after it.
///
/// A pure state machine; ``ChainStore`` keeps it behind a lock and does what has to be done on the disk.
struct ChainHead: Sendable {
    /// A place to build the next block on.
    struct Tip: Sendable {
        /// The last block, nil before the first one.
        var header: BlockHeader?
        /// The hash of that header; zeros before the first block.
        var headerHash: Hash
        /// The right edge of the event tree.
        var frontier: Frontier
    }

    /// A block that is sealed but not known to be on the disk.
    struct Pending: Sendable {
        let block: PreparedBlock
        let ticket: CommitTicket
    }

    /// The last block on the disk.
    private(set) var durable: Tip
    /// The last sealed block. Equal to `durable` when nothing is pending.
    private(set) var sealed: Tip
    /// Sealed blocks in order, from the one after `durable` to `sealed`.
    private(set) var pending: [Pending] = []

    init(durable: Tip) {
        self.durable = durable
        sealed = durable
    }

    /// The height of the next block.
    ///
    /// - Throws: `heightGap` at the end of numbers.
    static func nextHeight(after tip: Tip, firstHeight: UInt64) throws(StorageError) -> UInt64 {
        guard let header = tip.header else { return firstHeight }
        let (next, overflows) = header.height.addingReportingOverflow(1)
        guard !overflows else {
            throw StorageError(.heightGap, "There is no height after \(header.height). Begin a new chain.")
        }
        return next
    }

    /// Takes a block in.
    ///
    /// - Throws: `staleBlock` when it was not prepared on the sealed head.
    mutating func seal(_ block: PreparedBlock) throws(StorageError) -> CommitTicket {
        guard
            block.header.previousHeaderHash == sealed.headerHash,
            block.sequences.lowerBound == sealed.frontier.count
        else {
            throw StorageError(
                .staleBlock,
                "Block \(block.header.height) was prepared on another head than the present one. Prepare it again."
            )
        }
        let ticket = CommitTicket(height: block.header.height)
        pending.append(Pending(block: block, ticket: ticket))
        sealed = Self.tip(after: block)
        return ticket
    }

    /// The first `count` pending blocks are on the disk.
    mutating func land(_ count: Int) {
        guard count > 0, count <= pending.count else { return }
        durable = Self.tip(after: pending[count - 1].block)
        pending.removeFirst(count)
    }

    /// A write failed: every pending block stands on what is not there. The head goes back to the disk's.
    ///
    /// - Returns: the blocks that are lost.
    mutating func fallBack() -> [Pending] {
        defer {
            pending = []
            sealed = durable
        }
        return pending
    }

    private static func tip(after block: PreparedBlock) -> Tip {
        Tip(header: block.header, headerHash: block.headerHash, frontier: block.frontier)
    }
}
