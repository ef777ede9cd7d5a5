import LMDB

/// One reader for the many reads of a block: the state at the head when it was last renewed.
///
/// It is used by one thread at a time and is not `Sendable`. Renew it for every block, and release it when it will be
/// idle for long, so that LMDB can use old pages again.
public final class StateReader: StateReading {
    private let store: StateStore
    private let snapshot: SnapshotReader
    private var sealed: SealedState
    private var isReleased = false

    init(_ store: StateStore) throws(StorageError) {
        self.store = store
        // First the sealed blocks, then the snapshot: a block that lands in between is seen twice, never missed.
        sealed = store.sealed()
        do throws(LMDBError) {
            snapshot = try SnapshotReader(store.environment)
        } catch {
            throw StorageError(error)
        }
    }

    /// Moves the view to the present head.
    ///
    /// - Throws: `closed`, or what LMDB throws.
    public func renew() throws(StorageError) {
        sealed = store.sealed()
        try renewSnapshot()
        isReleased = false
    }

    /// Gives the view up until the next ``renew()``.
    ///
    /// - Throws: `closed`.
    public func release() throws(StorageError) {
        isReleased = true
        sealed.writes = []
        do throws(LMDBError) {
            try snapshot.release()
        } catch {
            throw StorageError(error)
        }
    }

    /// See ``StateReading/read(_:into:)``.
    ///
    /// - Throws: `snapshotExpired` after ``release()``, or when the map grew and the head moved since ``renew()``.
    public func read(_ key: [UInt8], into buffer: inout [UInt8]) throws(StorageError) -> Bool {
        try withTable { (base) throws(StorageError) in
            try LayeredState.read(key, into: &buffer, layers: sealed.writes, base: base)
        }
    }

    /// See ``StateReading/scan(_:_:)``. Nothing may be committed during the visit by the same thread.
    ///
    /// - Throws: `snapshotExpired` as in ``read(_:into:)``.
    public func scan(
        _ scan: StateScan,
        _ visit: (_ key: RawSpan, _ value: RawSpan) throws(StorageError) -> Bool
    ) throws(StorageError) {
        try withTable { (base) throws(StorageError) in
            try LayeredState.scan(scan, layers: sealed.writes, base: base, visit)
        }
    }

    private func withTable<Value>(
        _ body: (StateTable) throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        if try !snapshotIsHere() {
            try renewSnapshot()
            try checkNotOvertaken()
        }
        return try snapshot.read { (transaction: borrowing ReadTransaction) throws(StorageError) in
            try body(StateTable(transaction, store.tables.state))
        }
    }

    /// Whether the snapshot still stands. It does not when a group of blocks made the map grow and landed since.
    private func snapshotIsHere() throws(StorageError) -> Bool {
        do throws(StorageError) {
            try snapshot.read { (_: borrowing ReadTransaction) throws(StorageError) in }
            return true
        } catch {
            guard error.code == .snapshotExpired, !isReleased else { throw error }
            return false
        }
    }

    /// A newer snapshot shows the same state as long as it holds no block beyond the head that was renewed to: what has
    /// landed since lies in `sealed` too, with the same values.
    private func checkNotOvertaken() throws(StorageError) {
        let stored = try snapshot.read { (transaction: borrowing ReadTransaction) throws(StorageError) in
            try BlockTable.lastHeight(in: transaction, store.tables)
        }
        guard let stored else { return }
        guard let height = sealed.height, stored <= height else {
            try release()
            throw StorageError(.snapshotExpired, "The head moved on. Renew the reader and read again.")
        }
    }

    private func renewSnapshot() throws(StorageError) {
        do throws(LMDBError) {
            try snapshot.renew()
        } catch {
            throw StorageError(error)
        }
    }
}
