import LMDB
import Storage

extension StoredTables {
    /// How many entries a table has.
    func entryCount(of table: Table, in transaction: borrowing ReadTransaction) throws(StorageError) -> UInt64 {
        do throws(LMDBError) {
            return UInt64(try transaction.count(of: self[table]))
        } catch {
            throw StorageError(error)
        }
    }

    /// Hands every entry of a table to `body`, in order of keys and in place.
    func forEachEntry(
        of table: Table,
        in transaction: borrowing ReadTransaction,
        _ body: (_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) throws(AuditError) -> Void
    ) throws(AuditError) {
        try transaction.withCursor(in: self[table]) { (cursor: inout Cursor) throws(AuditError) in
            while try cursor.advance() {
                try body(cursor.unsafeKey, cursor.unsafeValue)
            }
        }
    }

    /// The value of a key in place, valid as long as the transaction; nil when there is none.
    func value(
        of key: [UInt8],
        of table: Table,
        in transaction: borrowing ReadTransaction
    ) throws(AuditError) -> UnsafeRawBufferPointer? {
        let database = self[table]
        do throws(LMDBError) {
            return try key.span.withUnsafeBytes { (key) throws(LMDBError) in
                try transaction.unsafeValue(of: key, in: database)
            }
        } catch {
            throw AuditError(error)
        }
    }
}

extension Cursor {
    /// Moves to the next entry; to the first on a new cursor.
    mutating func advance() throws(AuditError) -> Bool {
        do throws(LMDBError) {
            return try move(to: .next)
        } catch {
            throw AuditError(error)
        }
    }
}
