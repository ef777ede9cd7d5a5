import CLMDB

/// A named table of an environment: ordered keys, one value each.
///
/// Opened once at the start and kept; it stays valid as long as its environment.
public struct Database: Sendable {
    /// Its name in the environment.
    public let name: String
    let handle: MDB_dbi
}

extension Environment {
    /// Opens named tables, in one transaction.
    ///
    /// - Parameters:
    ///   - names: at most `maximumDatabaseCount` in all.
    ///   - creatingMissing: whether a table that is not there is made. Needs an environment that can be written.
    /// - Returns: the tables in the order of their names in `names`.
    /// - Throws: `notFound` for a table that is not there, or the library's error.
    @available(*, noasync)
    public func openDatabases(_ names: [String], creatingMissing: Bool = false) throws(LMDBError) -> [Database] {
        if creatingMissing {
            return try write { (transaction: inout WriteTransaction) throws(LMDBError) in
                unsafe try self.openDatabases(names, handle: transaction.handle, flags: UInt32(MDB_CREATE))
            }
        }
        let handle = unsafe try beginReading()
        defer { gate.leave() }
        let databases: [Database]
        do throws(LMDBError) {
            databases = unsafe try openDatabases(names, handle: handle, flags: 0)
        } catch {
            unsafe mdb_txn_abort(handle)
            throw error
        }
        // A table stays open after its transaction only when that commits, even if it only read.
        let result = unsafe mdb_txn_commit(handle)
        guard result == MDB_SUCCESS else {
            throw LMDBError(returnCode: result, while: "opening the tables of \(path)")
        }
        return databases
    }

    private func openDatabases(
        _ names: [String],
        handle: OpaquePointer,
        flags: UInt32
    ) throws(LMDBError) -> [Database] {
        var databases: [Database] = []
        for name in names {
            var database = MDB_dbi()
            let result = unsafe mdb_dbi_open(handle, name, flags, &database)
            guard result == MDB_SUCCESS else {
                throw LMDBError(returnCode: result, while: "opening the table \(name) of \(path)")
            }
            databases.append(Database(name: name, handle: database))
        }
        return databases
    }
}
