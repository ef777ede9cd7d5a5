import LMDB

/// The stored tiles of the event tree, read inside one transaction. Must not outlive it.
struct TileTable: TileReading {
    private let table: StateTable

    init(_ transaction: borrowing some Transaction & ~Copyable, _ tables: Tables) {
        table = StateTable(transaction, tables.tree)
    }

    func tile(level: UInt8, index: UInt64) throws(StorageError) -> [Hash] {
        var bytes: [UInt8] = []
        guard
            try table.read(Tile.key(level: level, index: index), into: &bytes),
            let hashes = bytes.withUnsafeBytes({ Tile.hashes(from: $0) })
        else {
            throw StorageError(
                .damaged,
                """
                The event tree's tile \(index) of level \(level) cannot be read. \
                Restore the store from a backup, or rebuild it from a peer's log.
                """
            )
        }
        return hashes
    }
}
