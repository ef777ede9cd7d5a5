import CLMDB

/// The one write transaction of an environment.
///
/// What it writes is seen by others all at once when its closure returns, or never.
@safe public struct WriteTransaction: Transaction, ~Copyable {
    /// How a key is put.
    public enum Placement: Sendable {
        /// Anywhere, replacing a value that is there.
        case anywhere
        /// After the last key, which must be smaller. Fills pages to the brim.
        case last

        var flags: UInt32 {
            switch self {
            case .anywhere: 0
            case .last: UInt32(MDB_APPEND)
            }
        }
    }

    /// The library's transaction, for this package only.
    @unsafe public let handle: OpaquePointer
    /// Whether the map was too small. Sticky: the environment grows the map and runs the closure again, whatever the
    /// closure made of the error.
    var needsGrowth = false

    init(handle: OpaquePointer) {
        unsafe self.handle = unsafe handle
    }

    /// Stores a value.
    ///
    /// - Throws: `keySize`, `keyOrder` when placed last but not greater than the last key, or the library's error.
    /// - Complexity: O(log n); amortised O(1) when placed last.
    public mutating func put(
        _ value: [UInt8],
        for key: [UInt8],
        in database: Database,
        placement: Placement = .anywhere
    ) throws(LMDBError) {
        unsafe try key.span.withUnsafeBytes { (key) throws(LMDBError) in
            unsafe try value.span.withUnsafeBytes { (value) throws(LMDBError) in
                unsafe try unsafePut(value, for: key, in: database, placement: placement)
            }
        }
    }

    /// Stores a value of known size that `body` writes in place.
    ///
    /// - Throws: what ``put(_:for:in:placement:)`` throws, and `valueNotFilled` when `body` leaves bytes unwritten: they
    ///   would be whatever lay in the page before.
    public mutating func put(
        byteCount: Int,
        for key: [UInt8],
        in database: Database,
        placement: Placement = .anywhere,
        _ body: (inout OutputRawSpan) -> Void
    ) throws(LMDBError) {
        let buffer = unsafe try key.span.withUnsafeBytes { (key) throws(LMDBError) in
            unsafe try unsafeReserve(byteCount, for: key, in: database, placement: placement)
        }
        var output = unsafe OutputRawSpan(buffer: buffer, initializedCount: 0)
        body(&output)
        let written = unsafe output.finalize(for: buffer)
        guard written == byteCount else {
            throw LMDBError(
                .valueNotFilled,
                "Only \(written) of \(byteCount) reserved bytes were written. Write every byte of a reserved value."
            )
        }
    }

    /// Removes a key.
    ///
    /// - Returns: whether it was there.
    /// - Throws: the library's error.
    @discardableResult
    public mutating func remove(_ key: [UInt8], in database: Database) throws(LMDBError) -> Bool {
        unsafe try key.span.withUnsafeBytes { (key) throws(LMDBError) in
            unsafe try unsafeRemove(key, in: database)
        }
    }

    /// Stores a value. See ``put(_:for:in:placement:)``.
    @unsafe
    public mutating func unsafePut(
        _ value: UnsafeRawBufferPointer,
        for key: UnsafeRawBufferPointer,
        in database: Database,
        placement: Placement = .anywhere
    ) throws(LMDBError) {
        var key = unsafe MDB_val(key)
        var value = unsafe MDB_val(value)
        let result = unsafe mdb_put(handle, database.handle, &key, &value, placement.flags)
        try check(result, while: "writing to the table \(database.name)")
    }

    /// Reserves room for a value. Every byte must be written before the transaction is used again.
    @unsafe
    public mutating func unsafeReserve(
        _ byteCount: Int,
        for key: UnsafeRawBufferPointer,
        in database: Database,
        placement: Placement = .anywhere
    ) throws(LMDBError) -> UnsafeMutableRawBufferPointer {
        var key = unsafe MDB_val(key)
        var value = unsafe MDB_val(mv_size: max(byteCount, 0), mv_data: nil)
        let flags = placement.flags | UInt32(MDB_RESERVE)
        let result = unsafe mdb_put(handle, database.handle, &key, &value, flags)
        try check(result, while: "writing to the table \(database.name)")
        return unsafe UnsafeMutableRawBufferPointer(start: value.mv_data, count: value.mv_size)
    }

    /// Removes a key. See ``remove(_:in:)``.
    @unsafe
    public mutating func unsafeRemove(_ key: UnsafeRawBufferPointer, in database: Database) throws(LMDBError) -> Bool {
        var key = unsafe MDB_val(key)
        let result = unsafe mdb_del(handle, database.handle, &key, nil)
        if result == MDB_NOTFOUND { return false }
        try check(result, while: "removing from the table \(database.name)")
        return true
    }

    private mutating func check(_ result: Int32, while action: @autoclosure () -> String) throws(LMDBError) {
        guard result != MDB_SUCCESS else { return }
        if result == MDB_MAP_FULL {
            needsGrowth = true
        }
        throw LMDBError(returnCode: result, while: action())
    }
}
