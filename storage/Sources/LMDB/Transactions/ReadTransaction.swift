import CLMDB

/// A consistent view of the environment at one commit.
///
/// Keep it short: pages freed since it began cannot be used again while it lives.
@safe public struct ReadTransaction: Transaction, ~Copyable {
    /// The library's transaction, for this package only.
    @unsafe public let handle: OpaquePointer

    /// The number of the commit that is seen.
    public var number: Int {
        unsafe Int(clamping: mdb_txn_id(handle))
    }
}

extension Environment {
    /// Runs `body` in a read transaction, on the calling thread.
    ///
    /// - Throws: what `body` throws; `closed`; `readersFull` when all slots are taken by live readers.
    public func read<Value, Failure: LMDBErrorConvertible>(
        _ body: (borrowing ReadTransaction) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        let handle: OpaquePointer
        do throws(LMDBError) {
            unsafe handle = try beginReading()
        } catch {
            throw Failure(error)
        }
        defer {
            unsafe mdb_txn_abort(handle)
            gate.leave()
        }
        let transaction = unsafe ReadTransaction(handle: handle)
        return try body(transaction)
    }

    /// Enters the gate and begins a read transaction. On an error the gate is left again.
    func beginReading() throws(LMDBError) -> OpaquePointer {
        var hasCleared = false
        while true {
            try gate.enter()
            var handle: OpaquePointer?
            let result = unsafe mdb_txn_begin(self.handle, nil, UInt32(MDB_RDONLY), &handle)
            if result == MDB_SUCCESS, let handle = unsafe handle {
                return unsafe handle
            }
            gate.leave()
            switch result {
            case MDB_READERS_FULL where !hasCleared:
                hasCleared = true
                try clearStaleReaders()
            case MDB_MAP_RESIZED:
                try adoptMap()
            default:
                throw LMDBError(returnCode: result, while: "beginning a read transaction on \(path)")
            }
        }
    }
}
