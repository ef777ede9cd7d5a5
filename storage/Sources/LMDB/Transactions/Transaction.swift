import CLMDB

/// What can be read inside any transaction.
///
/// Bytes handed to a closure lie in the mapped file and are gone when the closure returns; nothing is copied.
public protocol Transaction: ~Copyable {
    /// The library's transaction, for this package only.
    @unsafe var handle: OpaquePointer { get }
}

extension Transaction where Self: ~Copyable {
    /// Hands the value of `key` to `body`, in place.
    ///
    /// - Returns: what `body` returns, or nil when there is no such key.
    /// - Throws: what `body` throws, or the library's error.
    /// - Complexity: O(log n).
    public func withValue<Value, Failure: LMDBErrorConvertible>(
        of key: [UInt8],
        in database: Database,
        _ body: (RawSpan) throws(Failure) -> Value
    ) throws(Failure) -> Value? {
        let found: UnsafeRawBufferPointer?
        do throws(LMDBError) {
            unsafe found = try key.span.withUnsafeBytes { (key) throws(LMDBError) in
                unsafe try unsafeValue(of: key, in: database)
            }
        } catch {
            throw Failure(error)
        }
        guard let value = unsafe found else { return nil }
        return unsafe try body(value.bytes)
    }

    /// A copy of the value of `key`, or nil.
    ///
    /// - Throws: the library's error.
    public func value(of key: [UInt8], in database: Database) throws(LMDBError) -> [UInt8]? {
        try withValue(of: key, in: database) { (value) throws(LMDBError) in
            unsafe value.withUnsafeBytes { unsafe [UInt8]($0) }
        }
    }

    /// How many entries a table has.
    ///
    /// - Throws: the library's error.
    public func count(of database: Database) throws(LMDBError) -> Int {
        var statistics = MDB_stat()
        let result = unsafe mdb_stat(handle, database.handle, &statistics)
        guard result == MDB_SUCCESS else {
            throw LMDBError(returnCode: result, while: "measuring the table \(database.name)")
        }
        return Int(clamping: statistics.ms_entries)
    }

    /// Lends a cursor over a table for the time of `body`.
    ///
    /// - Throws: what `body` throws, or the library's error.
    public func withCursor<Value, Failure: LMDBErrorConvertible>(
        in database: Database,
        _ body: (inout Cursor) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        var cursor: Cursor
        do throws(LMDBError) {
            cursor = unsafe try Cursor(transaction: handle, database: database)
        } catch {
            throw Failure(error)
        }
        return try body(&cursor)
    }

    /// The bytes of the value of `key` in the mapped file, valid until the transaction ends or writes again.
    ///
    /// - Throws: the library's error.
    @unsafe
    public func unsafeValue(
        of key: UnsafeRawBufferPointer,
        in database: Database
    ) throws(LMDBError) -> UnsafeRawBufferPointer? {
        var key = unsafe MDB_val(key)
        var value = unsafe MDB_val()
        let result = unsafe mdb_get(handle, database.handle, &key, &value)
        switch result {
        case MDB_SUCCESS: return unsafe value.bytes
        case MDB_NOTFOUND: return nil
        // An empty or overlong key cannot be in the table.
        case MDB_BAD_VALSIZE: return nil
        default: throw LMDBError(returnCode: result, while: "reading the table \(database.name)")
        }
    }
}

extension MDB_val {
    init(_ bytes: UnsafeRawBufferPointer) {
        unsafe self.init(mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
    }

    var bytes: UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(start: mv_data, count: mv_size)
    }
}
