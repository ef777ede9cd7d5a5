/// Where committed state is read from; the storage behind the cells.
///
/// Keys are full keys: the instance's number (4 bytes, big-endian), the collection's number (1 byte), the key.
public protocol StateSource: AnyObject {
    /// Reads a value into `buffer`, replacing what it holds; false when there is none.
    func read(_ key: [UInt8], into buffer: inout [UInt8]) throws -> Bool

    /// Visits the entries under `prefix` in key order, or in reverse, until `visit` returns false.
    ///
    /// - Parameter start: the full key to start at, included; nil for the first (or last) of the prefix.
    func scan(
        prefix: [UInt8],
        from start: [UInt8]?,
        reversed: Bool,
        _ visit: (_ key: [UInt8], _ value: [UInt8]) throws -> Bool
    ) throws
}

/// A source without any entry: a chain before its genesis.
public final class EmptyStateSource: StateSource {
    /// The empty source.
    public init() {}

    /// Finds nothing.
    public func read(_ key: [UInt8], into buffer: inout [UInt8]) -> Bool { false }

    /// Visits nothing.
    public func scan(
        prefix: [UInt8],
        from start: [UInt8]?,
        reversed: Bool,
        _ visit: (_ key: [UInt8], _ value: [UInt8]) throws -> Bool
    ) {}
}
