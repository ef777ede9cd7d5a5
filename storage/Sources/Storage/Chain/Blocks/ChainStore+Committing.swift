import Dispatch
import LMDB
import Synchronization

extension ChainStore {
    /// Stores a prepared block.
    ///
    /// With ``ChainOptions/Durability/everyBlock`` it returns when the block is on the disk. With
    /// ``ChainOptions/Durability/grouped(interval:)`` it returns when the block is sealed; wait for the ticket before you
    /// acknowledge anything.
    ///
    /// - Returns: the acknowledgement.
    /// - Throws: `staleBlock` when another block was committed since it was prepared. Unless blocks are grouped also
    ///   `diskFull`, `mapFull` and what else LMDB throws; then nothing is stored, and it may be prepared and tried again.
    @available(*, noasync)
    @discardableResult
    public func commit(_ block: PreparedBlock) throws(StorageError) -> CommitTicket {
        let (ticket, pendingCount) = try head.update { (head) throws(StorageError) in
            let ticket = try head.seal(block)
            return (ticket, head.pending.count)
        }
        guard case .grouped(let interval) = options.durability else {
            // Another thread may have taken this block along; the ticket knows how it went.
            try? flush()
            try ticket.wait()
            return ticket
        }
        if pendingCount >= options.maximumGroupCount {
            try? flush()
        } else if pendingCount == 1 {
            flushLater(after: interval)
        }
        return ticket
    }

    private func flushLater(after interval: Duration) {
        timer.asyncAfter(deadline: .now() + interval.dispatchInterval) { [weak self] in
            // A failure is told by the tickets.
            try? self?.flush()
        }
    }

    /// Prepares and commits a block.
    ///
    /// - Throws: what ``prepare(_:)`` and ``commit(_:)`` throw.
    @available(*, noasync)
    @discardableResult
    public func append(_ content: BlockContent) throws(StorageError) -> CommitTicket {
        try commit(try prepare(content))
    }

    /// Brings the pending blocks to the disk now, in one LMDB transaction.
    ///
    /// - Throws: what LMDB throws. Then the tickets of all pending blocks fail and the head is back at the disk's.
    @available(*, noasync)
    public func flush() throws(StorageError) {
        try landing.withLock { (landing) throws(StorageError) in
            let group = head.pending
            guard let last = group.last else { return }
            do throws(StorageError) {
                try Self.catchUp(&landing)
                let writer = BlockWriter(tables: tables)
                let blocks = group.map(\.block)
                try environment.write { (transaction: inout WriteTransaction) throws(StorageError) in
                    try writer.write(blocks, in: &transaction)
                }
            } catch {
                let lost = try head.update { (head) in head.fallBack() }
                for pending in lost {
                    pending.ticket.fulfil(.failure(error))
                }
                throw error
            }
            // From here on the group is stored, whatever becomes of the anchor.
            try head.update { (head) in head.land(group.count) }
            landing.unanchored = Anchor(
                chainID: chainID,
                block: Anchor.Block(height: last.block.header.height, headerHash: last.block.headerHash)
            )
            try? Self.catchUp(&landing)
            for pending in group {
                pending.ticket.fulfil(.success(()))
            }
            // Blocks sealed while this group was on its way were not the first pending ones, so nobody waits for them yet.
            if case .grouped(let interval) = options.durability, !head.pending.isEmpty {
                flushLater(after: interval)
            }
        }
    }

    /// Writes the anchor of a block that is stored already. If that fails it is tried again before the next block.
    private static func catchUp(_ landing: inout Landing) throws(StorageError) {
        guard let anchor = landing.unanchored else { return }
        try landing.anchor?.advance(to: anchor)
        landing.unanchored = nil
    }
}

extension Duration {
    /// The same time for a dispatch queue, at most some 292 years and at least none.
    fileprivate var dispatchInterval: DispatchTimeInterval {
        let (seconds, attoseconds) = components
        let nanoseconds = Int(clamping: seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let sum = nanoseconds.partialValue.addingReportingOverflow(Int(clamping: attoseconds / 1_000_000_000))
        guard !nanoseconds.overflow, !sum.overflow else { return .nanoseconds(seconds < 0 ? 0 : Int.max) }
        return .nanoseconds(max(sum.partialValue, 0))
    }
}
