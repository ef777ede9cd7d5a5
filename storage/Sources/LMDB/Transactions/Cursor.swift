import CLMDB

/// A place in a table that can be moved in key order.
///
/// Lent by ``Transaction/withCursor(in:_:)``. It stands on an entry only after a move that returned true.
@safe public struct Cursor: ~Copyable {
    /// Where to move.
    public enum Move: Sendable {
        /// The smallest key.
        case first
        /// The greatest key.
        case last
        /// The next greater key; the first one on a new cursor.
        case next
        /// The next smaller key; the last one on a new cursor.
        case previous

        var operation: MDB_cursor_op {
            switch self {
            case .first: MDB_FIRST
            case .last: MDB_LAST
            case .next: MDB_NEXT
            case .previous: MDB_PREV
            }
        }
    }

    private let handle: OpaquePointer
    private let database: Database
    private var currentKey = unsafe MDB_val()
    private var currentValue = unsafe MDB_val()

    init(transaction: OpaquePointer, database: Database) throws(LMDBError) {
        var opened: OpaquePointer?
        let result = unsafe mdb_cursor_open(transaction, database.handle, &opened)
        guard result == MDB_SUCCESS, let opened = unsafe opened else {
            throw LMDBError(returnCode: result, while: "opening a cursor on the table \(database.name)")
        }
        unsafe handle = unsafe opened
        self.database = database
    }

    deinit {
        unsafe mdb_cursor_close(handle)
    }

    /// Moves.
    ///
    /// - Returns: whether there is an entry.
    /// - Throws: the library's error.
    public mutating func move(to move: Move) throws(LMDBError) -> Bool {
        try get(move.operation)
    }

    /// Moves to the first entry whose key is not smaller than `key`. An empty key means the first entry.
    ///
    /// - Throws: the library's error.
    /// - Complexity: O(log n).
    public mutating func move(toFirstFrom key: [UInt8]) throws(LMDBError) -> Bool {
        guard !key.isEmpty else { return try get(MDB_FIRST) }
        return unsafe try key.span.withUnsafeBytes { (key) throws(LMDBError) in
            unsafe currentKey = MDB_val(key)
            return try get(MDB_SET_RANGE)
        }
    }

    /// Moves to the last entry whose key is not greater than `key`.
    ///
    /// - Throws: the library's error.
    /// - Complexity: O(log n).
    public mutating func move(toLastUpTo key: [UInt8]) throws(LMDBError) -> Bool {
        guard try move(toFirstFrom: key) else { return try get(MDB_LAST) }
        let isEqual = unsafe key.span.withUnsafeBytes { unsafe unsafeKey.elementsEqual($0) }
        return isEqual ? true : try get(MDB_PREV)
    }

    /// The key under the cursor, in place. Empty when the cursor stands nowhere.
    public func withKey<Value, Failure: Error>(_ body: (RawSpan) throws(Failure) -> Value) throws(Failure) -> Value {
        let bytes = unsafe unsafeKey
        return unsafe try body(bytes.bytes)
    }

    /// The value under the cursor, in place. Empty when the cursor stands nowhere.
    public func withValue<Value, Failure: Error>(_ body: (RawSpan) throws(Failure) -> Value) throws(Failure) -> Value {
        let bytes = unsafe unsafeValue
        return unsafe try body(bytes.bytes)
    }

    /// The key under the cursor in the mapped file.
    @unsafe public var unsafeKey: UnsafeRawBufferPointer {
        unsafe currentKey.bytes
    }

    /// The value under the cursor in the mapped file.
    @unsafe public var unsafeValue: UnsafeRawBufferPointer {
        unsafe currentValue.bytes
    }

    private mutating func get(_ operation: MDB_cursor_op) throws(LMDBError) -> Bool {
        let result = unsafe mdb_cursor_get(handle, &currentKey, &currentValue, operation)
        switch result {
        case MDB_SUCCESS:
            return true
        case MDB_NOTFOUND:
            unsafe currentKey = MDB_val()
            unsafe currentValue = MDB_val()
            return false
        default:
            throw LMDBError(returnCode: result, while: "moving through the table \(database.name)")
        }
    }
}
