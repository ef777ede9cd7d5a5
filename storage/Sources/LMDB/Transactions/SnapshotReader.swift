import CLMDB
import Synchronization

/// A read transaction that is kept, given up and renewed: one reader for the many short reads of a block.
///
/// Between reads it holds its view without holding the gate, so the map may grow under it: it is then parked and comes
/// back at the next read by itself. It must be used by one thread at a time; it is not `Sendable`.
///
/// Renew it for every block. While it is not released it keeps old pages from being used again.
public final class SnapshotReader {
    private let environment: Environment
    private let snapshot: SnapshotHandle

    /// Takes a view of the latest commit.
    ///
    /// - Throws: `closed`, `readersFull`, or the library's error.
    public init(_ environment: Environment) throws(LMDBError) {
        self.environment = environment
        let handle = unsafe try environment.beginReading()
        defer { environment.gate.leave() }
        let snapshot = unsafe SnapshotHandle(handle)
        self.snapshot = snapshot
        environment.snapshots.withLock { $0[ObjectIdentifier(snapshot)] = snapshot }
    }

    deinit {
        // A closed environment has ended the transaction already.
        guard (try? environment.gate.enter()) != nil else { return }
        defer { environment.gate.leave() }
        environment.snapshots.withLock { $0[ObjectIdentifier(snapshot)] = nil }
        snapshot.end()
    }

    /// Moves the view to the latest commit.
    ///
    /// - Throws: `closed`, or the library's error.
    public func renew() throws(LMDBError) {
        try environment.gate.enter()
        defer { environment.gate.leave() }
        snapshot.release()
        try begin()
    }

    /// Gives the view up until the next ``renew()``, so that old pages can be used again.
    ///
    /// - Throws: `closed`.
    public func release() throws(LMDBError) {
        try environment.gate.enter()
        defer { environment.gate.leave() }
        snapshot.release()
    }

    /// Runs `body` on the view.
    ///
    /// - Throws: what `body` throws; `snapshotExpired` when the reader was released, or was parked and newer data has been
    ///   committed since: renew it and read again.
    public func read<Value, Failure: LMDBErrorConvertible>(
        _ body: (borrowing ReadTransaction) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        do throws(LMDBError) {
            try environment.gate.enter()
        } catch {
            throw Failure(error)
        }
        defer { environment.gate.leave() }
        do throws(LMDBError) {
            try comeBack()
        } catch {
            throw Failure(error)
        }
        let transaction = unsafe ReadTransaction(handle: snapshot.transaction)
        return try body(transaction)
    }

    private func comeBack() throws(LMDBError) {
        switch snapshot.phase {
        case .live:
            return
        case .parked(let number):
            try begin()
            guard unsafe mdb_txn_id(snapshot.transaction) == number else {
                snapshot.release()
                throw Self.expired
            }
        case .released:
            throw Self.expired
        case .ended:
            throw LMDBError(.closed, "The environment is closed. Open it again before you use it.")
        }
    }

    private func begin() throws(LMDBError) {
        let result = unsafe mdb_txn_renew(snapshot.transaction)
        guard result == MDB_SUCCESS else {
            throw LMDBError(returnCode: result, while: "renewing a snapshot of \(environment.path)")
        }
        snapshot.phase = .live
    }

    private static var expired: LMDBError {
        LMDBError(.snapshotExpired, "The snapshot is gone. Renew the reader and read again.")
    }
}

/// The transaction of a ``SnapshotReader``, which the environment can park.
///
/// Touched inside the gate by the reader, or with the gate held exclusively by the environment: never by both at once.
@safe final class SnapshotHandle: @unchecked Sendable {
    enum Phase {
        case live
        case parked(number: Int)
        case released
        case ended
    }

    let transaction: OpaquePointer
    var phase = Phase.live

    init(_ transaction: OpaquePointer) {
        unsafe self.transaction = unsafe transaction
    }

    /// Lets go of the map, remembering what was seen.
    func park() {
        guard case .live = phase else { return }
        phase = .parked(number: unsafe mdb_txn_id(transaction))
        unsafe mdb_txn_reset(transaction)
    }

    /// Lets go of the view.
    func release() {
        switch phase {
        case .live:
            unsafe mdb_txn_reset(transaction)
            phase = .released
        case .parked:
            phase = .released
        case .released, .ended:
            return
        }
    }

    /// Frees the transaction.
    func end() {
        if case .ended = phase { return }
        phase = .ended
        unsafe mdb_txn_abort(transaction)
    }
}
