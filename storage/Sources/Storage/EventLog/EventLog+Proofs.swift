import LMDB

extension EventLog {
    /// The root of the event tree when it had `size` records.
    ///
    /// - Throws: `outOfRange` beyond the end; `damaged`.
    /// - Complexity: O(log n) reads and hashes.
    public func root(atSize size: UInt64) throws(StorageError) -> Hash {
        try withTree { (tree) throws(StorageError) in try tree.root(atSize: size) }
    }

    /// The proof that a record stands at its sequence in the tree of the first `size` records.
    ///
    /// - Throws: `outOfRange` beyond the end; `damaged`.
    /// - Complexity: O(log n) reads and hashes.
    public func inclusionProof(of sequence: UInt64, atSize size: UInt64) throws(StorageError) -> InclusionProof {
        try withTree { (tree) throws(StorageError) in try tree.inclusionProof(of: sequence, atSize: size) }
    }

    /// The proof that the log only grew from one size to another.
    ///
    /// - Throws: `outOfRange` beyond the end, and for an old size of 0; `damaged`.
    /// - Complexity: O(log n) reads and hashes.
    public func consistencyProof(from oldSize: UInt64, to newSize: UInt64) throws(StorageError) -> ConsistencyProof {
        try withTree { (tree) throws(StorageError) in try tree.consistencyProof(from: oldSize, to: newSize) }
    }

    private func withTree<Value>(
        _ body: (StoredTree<TileTable>) throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        try read { (transaction) throws(StorageError) in
            let count = try transaction.entryCount(of: tables.events)
            return try body(StoredTree(tiles: TileTable(transaction, tables), count: count))
        }
    }
}
