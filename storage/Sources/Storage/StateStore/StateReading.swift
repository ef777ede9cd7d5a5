/// State that can be read: the store, a snapshot of it, or an overlay over either.
public protocol StateReading {
    /// Copies the value of a full key into `buffer`, replacing what is there and keeping its room.
    ///
    /// - Returns: whether there is such a key. If not, `buffer` is left empty.
    /// - Throws: what the store throws.
    func read(_ key: [UInt8], into buffer: inout [UInt8]) throws(StorageError) -> Bool

    /// Visits entries in order of full keys until `visit` returns false.
    ///
    /// The spans are gone when `visit` returns.
    ///
    /// - Throws: what the store or `visit` throws.
    func scan(
        _ scan: StateScan,
        _ visit: (_ key: RawSpan, _ value: RawSpan) throws(StorageError) -> Bool
    ) throws(StorageError)
}

extension StateReading {
    /// A copy of the value of a full key, or nil.
    public func value(of key: [UInt8]) throws(StorageError) -> [UInt8]? {
        var buffer: [UInt8] = []
        return try read(key, into: &buffer) ? buffer : nil
    }
}

/// No state at all: what an overlay lies over when there is nothing beneath.
public struct EmptyState: StateReading, Sendable {
    /// No state.
    public init() {}

    /// Finds nothing.
    public func read(_ key: [UInt8], into buffer: inout [UInt8]) throws(StorageError) -> Bool {
        buffer.removeAll(keepingCapacity: true)
        return false
    }

    /// Visits nothing.
    public func scan(
        _ scan: StateScan,
        _ visit: (_ key: RawSpan, _ value: RawSpan) throws(StorageError) -> Bool
    ) throws(StorageError) {}
}
