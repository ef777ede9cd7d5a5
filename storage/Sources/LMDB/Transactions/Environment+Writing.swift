import CLMDB

extension Environment {
    /// Runs `body` in a write transaction on the environment's writer thread and commits. Returns after the commit.
    ///
    /// If the map turns out too small, the transaction is dropped, the map grows, and `body` runs **again** from the
    /// start: it must not change anything of its own before it returns.
    ///
    /// - Throws: what `body` throws, and then nothing is stored. `mapFull` at the configured maximum; `diskFull`;
    ///   `readOnly`; `closed`; `nestedTransaction` when the calling thread is inside a transaction of this environment,
    ///   which the commit might have to wait for.
    @available(*, noasync)
    public func write<Value, Failure: LMDBErrorConvertible>(
        _ body: (inout WriteTransaction) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        guard let writer else {
            throw Failure(
                LMDBError(.readOnly, "\(path) was opened for reading only. Open it for reading and writing.")
            )
        }
        guard gate.depth == 0, !writer.isCurrent else {
            throw Failure(
                LMDBError(
                    .nestedTransaction,
                    "A write was asked for inside another transaction of \(path). End that one first."
                )
            )
        }
        var outcome: Result<Value, Failure>?
        writer.run {
            do throws(Failure) {
                outcome = .success(try self.writeHere(body))
            } catch {
                outcome = .failure(error)
            }
        }
        guard let outcome else {
            throw Failure(LMDBError(.closed, "\(path) was closed. Open it again before you write."))
        }
        return try outcome.get()
    }

    /// The loop of attempts, on the writer thread.
    private func writeHere<Value, Failure: LMDBErrorConvertible>(
        _ body: (inout WriteTransaction) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        while true {
            let attempt = try attempt(body)
            if let attempt {
                return attempt
            }
            do throws(LMDBError) {
                try growMap()
            } catch {
                throw Failure(error)
            }
        }
    }

    /// One attempt. Returns nil when the map was too small.
    private func attempt<Value, Failure: LMDBErrorConvertible>(
        _ body: (inout WriteTransaction) throws(Failure) -> Value
    ) throws(Failure) -> Value? {
        // The gate keeps `close` and changes of the map away until the transaction has ended.
        do throws(LMDBError) {
            try gate.enter()
        } catch {
            throw Failure(error)
        }
        defer { gate.leave() }
        var begun: OpaquePointer?
        let result = unsafe mdb_txn_begin(handle, nil, 0, &begun)
        guard result == MDB_SUCCESS, let handle = unsafe begun else {
            throw Failure(LMDBError(returnCode: result, while: "beginning a write transaction on \(path)"))
        }
        var transaction = unsafe WriteTransaction(handle: handle)
        let value: Value
        do throws(Failure) {
            value = try body(&transaction)
        } catch {
            unsafe mdb_txn_abort(handle)
            if transaction.needsGrowth { return nil }
            throw error
        }
        guard !transaction.needsGrowth else {
            unsafe mdb_txn_abort(handle)
            return nil
        }
        switch unsafe mdb_txn_commit(handle) {
        case MDB_SUCCESS: return value
        case MDB_MAP_FULL: return nil
        case let failure: throw Failure(commitError(failure))
        }
    }
}
