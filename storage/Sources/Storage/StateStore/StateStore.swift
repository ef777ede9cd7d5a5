import LMDB

/// The state of a chain at its head, for reads that need no more than one call to be consistent.
///
/// Includes blocks that are sealed but not yet synced. Every call looks at the newest head; take a ``StateReader`` for
/// several reads of one head.
public struct StateStore: StateReading, Sendable {
    let environment: Environment
    let tables: Tables
    /// The blocks that are sealed but perhaps not in LMDB yet.
    let sealed: @Sendable () -> SealedState

    /// See ``StateReading/read(_:into:)``.
    public func read(_ key: [UInt8], into buffer: inout [UInt8]) throws(StorageError) -> Bool {
        // First the pending changes, then the transaction: a block that lands in between is seen twice, never missed.
        let layers = sealed().writes
        return try environment.read { (transaction: borrowing ReadTransaction) throws(StorageError) in
            let base = StateTable(transaction, tables.state)
            return try LayeredState.read(key, into: &buffer, layers: layers, base: base)
        }
    }

    /// See ``StateReading/scan(_:_:)``. Nothing may be committed during the visit by the same thread.
    public func scan(
        _ scan: StateScan,
        _ visit: (_ key: RawSpan, _ value: RawSpan) throws(StorageError) -> Bool
    ) throws(StorageError) {
        let layers = sealed().writes
        try environment.read { (transaction: borrowing ReadTransaction) throws(StorageError) in
            let base = StateTable(transaction, tables.state)
            try LayeredState.scan(scan, layers: layers, base: base, visit)
        }
    }

    /// A reader that keeps its view until it is renewed.
    ///
    /// - Throws: `closed`, or what LMDB throws.
    public func makeReader() throws(StorageError) -> StateReader {
        try StateReader(self)
    }
}

/// What is sealed: the head, and what it changes over LMDB.
struct SealedState: Sendable {
    /// The height of the head, nil before the first block.
    var height: UInt64?
    /// The changes of blocks that are not known to be in LMDB, the newest first.
    var writes: [WriteSet]
}
