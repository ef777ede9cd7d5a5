import LMDB

/// State and nodes of the commitment at the head, blocks included that are not known to be in LMDB.
struct HeadView: CommittedState {
    let environment: Environment
    let tables: Tables
    /// The blocks that were pending when the view was taken, oldest first.
    let pending: [PreparedBlock]
    /// Which head is to be shown.
    var target: Target

    /// Which head a view is to show.
    enum Target: Equatable {
        /// The one there is.
        case any
        /// The block of this height, or nothing before the first block; reading fails when the store has moved on.
        case block(height: UInt64?)
    }

    /// The head that a view shows.
    struct Head {
        let tables: Tables
        let pending: [PreparedBlock]
        /// The last height, nil before the first block.
        let height: UInt64?

        /// The header of a height, nil when there is no such block.
        func header(
            at height: UInt64,
            in transaction: borrowing ReadTransaction
        ) throws(StorageError) -> BlockHeader? {
            if let block = pending.first(where: { $0.header.height == height }) { return block.header }
            return try BlockTable.row(height: height, in: transaction, tables)?.header
        }
    }

    func read<Value>(_ body: (CommittedTables) throws(StorageError) -> Value) throws(StorageError) -> Value {
        try read { (tables, _, _) throws(StorageError) in try body(tables) }
    }

    /// Runs `body` on a consistent view and its head.
    ///
    /// - Throws: what `body` or LMDB throws; `staleBlock` when another head was expected.
    func read<Value>(
        _ body: (CommittedTables, Head, borrowing ReadTransaction) throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        try environment.read { (transaction: borrowing ReadTransaction) throws(StorageError) in
            let stored = try BlockTable.lastHeight(in: transaction, tables)
            // What has landed since is in the tables. Laid over a newer block it would hide what that changed.
            let pending = pending.filter { block in stored.map { block.header.height > $0 } ?? true }
            let head = Head(tables: tables, pending: pending, height: pending.last?.header.height ?? stored)
            guard target == .any || target == .block(height: head.height) else {
                throw StorageError(.staleBlock, "Another block was stored meanwhile. Prepare the block again.")
            }
            let newestFirst = pending.reversed()
            return try body(
                CommittedTables(
                    state: LayeredTable(
                        layers: newestFirst.map(\.content.writes),
                        base: StateTable(transaction, tables.state)
                    ),
                    nodes: LayeredTable(
                        layers: newestFirst.map(\.nodeWrites),
                        base: StateTable(transaction, tables.commitment)
                    )
                ),
                head,
                transaction
            )
        }
    }
}

/// A table with changes over it, inside one transaction. Must not outlive it.
private struct LayeredTable: StateReading {
    /// The newest first.
    let layers: [any StateLayer]
    let base: StateTable

    func read(_ key: [UInt8], into buffer: inout [UInt8]) throws(StorageError) -> Bool {
        try LayeredState.read(key, into: &buffer, layers: layers, base: base)
    }

    func scan(
        _ scan: StateScan,
        _ visit: (_ key: RawSpan, _ value: RawSpan) throws(StorageError) -> Bool
    ) throws(StorageError) {
        try LayeredState.scan(scan, layers: layers, base: base, visit)
    }
}
