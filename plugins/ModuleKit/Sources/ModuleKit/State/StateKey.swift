/// A key of a state collection, with an encoding whose byte order is the key's order.
///
/// The encoding is self-delimiting, so that a composite key is the concatenation of its parts and every part can be
/// used as a prefix. At most 480 bytes in all: LMDB's keys end at 511.
///
/// One kind of key need not be self-delimiting: the whole key of a published collection (``PublishedCollections``), which is
/// no part of a composite key. Other chains find its entry under the bytes of a path as they are, so it may encode to just
/// these, without an end mark, and take all that is left when it is read.
public protocol StateKey: Hashable, Sendable {
    /// Appends the key's ordered encoding.
    func encode(into bytes: inout [UInt8])

    /// Reads one key from the front of `reader`; throws `undecodable` when the bytes are not such a key.
    init(decoding reader: inout KeyReader) throws(ModuleError)

    /// Whether both keys have the same encoding, and so are one key to storage.
    ///
    /// That is not what `==` says of every type: Swift takes canonically equivalent texts for equal, whatever their bytes.
    /// The default compares encodings; a type whose `==` says the same gives that.
    func isSameKey(as other: Self) -> Bool
}

extension StateKey {
    /// Compares the encodings.
    public func isSameKey(as other: Self) -> Bool {
        var (own, others): ([UInt8], [UInt8]) = ([], [])
        encode(into: &own)
        other.encode(into: &others)
        return own == others
    }
}

/// A typed key as cells are found by: told apart as storage does.
@usableFromInline
struct CellKey<Key: StateKey>: Hashable {
    @usableFromInline let key: Key

    @inlinable
    init(_ key: Key) { self.key = key }

    @inlinable
    static func == (left: Self, right: Self) -> Bool { left.key.isSameKey(as: right.key) }

    @inlinable
    func hash(into hasher: inout Hasher) { key.hash(into: &hasher) }
}

/// A cursor over the bytes of an encoded key.
public struct KeyReader {
    @usableFromInline let bytes: [UInt8]
    @usableFromInline var position: Int

    /// Starts at `position` of `bytes`.
    @inlinable
    public init(_ bytes: [UInt8], from position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    /// Whether every byte has been read.
    @inlinable
    public var isAtEnd: Bool { position >= bytes.count }

    /// The next byte.
    @inlinable
    public mutating func byte() throws(ModuleError) -> UInt8 {
        guard position < bytes.count else { throw .shortKey }
        defer { position += 1 }
        return bytes[position]
    }

    /// The next `count` bytes.
    @inlinable
    public mutating func take(_ count: Int) throws(ModuleError) -> ArraySlice<UInt8> {
        guard count >= 0, bytes.count - position >= count else { throw .shortKey }
        defer { position += count }
        return bytes[position..<position + count]
    }

    /// The next big-endian integer.
    @inlinable
    public mutating func integer<Integer: FixedWidthInteger & UnsignedInteger>(
        _: Integer.Type
    ) throws(ModuleError) -> Integer {
        var value = Integer.zero
        for byte in try take(Integer.bitWidth / 8) { value = value << 8 | Integer(truncatingIfNeeded: byte) }
        return value
    }
}

extension ModuleError {
    @usableFromInline static var shortKey: ModuleError {
        ModuleError(.undecodable, "a stored key ends too early: the store is damaged or of another module version")
    }
}

extension StateKey where Self: FixedWidthInteger & UnsignedInteger {
    /// Appends the integer in big-endian order.
    @inlinable
    public func encode(into bytes: inout [UInt8]) {
        var shift = Self.bitWidth
        while shift > 0 {
            shift -= 8
            bytes.append(UInt8(truncatingIfNeeded: self >> shift))
        }
    }

    /// Reads a big-endian integer.
    @inlinable
    public init(decoding reader: inout KeyReader) throws(ModuleError) {
        self = try reader.integer(Self.self)
    }

    /// Compares the numbers.
    @inlinable
    public func isSameKey(as other: Self) -> Bool { self == other }
}

extension UInt8: StateKey {}
extension UInt16: StateKey {}
extension UInt32: StateKey {}
extension UInt64: StateKey {}
extension UInt128: StateKey {}

extension Address: StateKey {
    /// Appends the address after one byte of length, as the Cosmos SDK does: shorter addresses come first.
    @inlinable
    public func encode(into bytes: inout [UInt8]) {
        bytes.append(UInt8(truncatingIfNeeded: byteCount))
        withBytes { bytes.append(contentsOf: $0) }
    }

    /// Reads a length and that many bytes.
    @inlinable
    public init(decoding reader: inout KeyReader) throws(ModuleError) {
        let count = Int(try reader.byte())
        self = try Address(bytes: try reader.take(count))
    }

    /// Compares the bytes.
    @inlinable
    public func isSameKey(as other: Address) -> Bool { self == other }
}

extension String: StateKey {
    /// Appends the text's UTF-8; a zero byte is written as `00 FF`, and `00 00` ends the text.
    @inlinable
    public func encode(into bytes: inout [UInt8]) {
        for byte in utf8 {
            bytes.append(byte)
            if byte == 0 { bytes.append(0xFF) }
        }
        bytes.append(0)
        bytes.append(0)
    }

    /// Reads up to the end mark.
    @inlinable
    public init(decoding reader: inout KeyReader) throws(ModuleError) {
        var text: [UInt8] = []
        while true {
            let byte = try reader.byte()
            if byte != 0 {
                text.append(byte)
                continue
            }
            switch try reader.byte() {
            case 0xFF: text.append(0)
            case 0x00:
                guard let value = String(validating: text, as: UTF8.self) else {
                    throw ModuleError(.undecodable, "a stored key is not UTF-8: the store is damaged")
                }
                self = value
                return
            default: throw ModuleError(.undecodable, "a stored text key has a bad escape: the store is damaged")
            }
        }
    }

    /// Compares the UTF-8.
    @inlinable
    public func isSameKey(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        let isSame = utf8.withContiguousStorageIfAvailable { own in
            other.utf8.withContiguousStorageIfAvailable { others in
                own.indices.allSatisfy { own[$0] == others[$0] }
            }
        }
        return (isSame ?? nil) ?? utf8.elementsEqual(other.utf8)
    }
}

extension Denom: StateKey {
    /// Appends the denomination as text.
    @inlinable
    public func encode(into bytes: inout [UInt8]) { text.encode(into: &bytes) }

    /// Reads a denomination.
    @inlinable
    public init(decoding reader: inout KeyReader) throws(ModuleError) {
        self = try Denom(try String(decoding: &reader))
    }

    /// Compares the texts, which are ASCII.
    @inlinable
    public func isSameKey(as other: Denom) -> Bool { self == other }
}

extension Timestamp: StateKey {
    /// Appends the nanoseconds in big-endian order.
    @inlinable
    public func encode(into bytes: inout [UInt8]) { nanoseconds.encode(into: &bytes) }

    /// Reads the nanoseconds.
    @inlinable
    public init(decoding reader: inout KeyReader) throws(ModuleError) {
        self.init(nanoseconds: try reader.integer(UInt64.self))
    }

    /// Compares the nanoseconds.
    @inlinable
    public func isSameKey(as other: Timestamp) -> Bool { self == other }
}

/// A key of two parts, ordered by the first, then the second.
public struct Pair<First: StateKey, Second: StateKey>: StateKey {
    /// The part that orders first, and can serve as a prefix.
    public let first: First
    /// The part that orders second.
    public let second: Second

    /// Joins two parts.
    @inlinable
    public init(_ first: First, _ second: Second) {
        self.first = first
        self.second = second
    }

    /// Appends both parts.
    @inlinable
    public func encode(into bytes: inout [UInt8]) {
        first.encode(into: &bytes)
        second.encode(into: &bytes)
    }

    /// Reads both parts.
    @inlinable
    public init(decoding reader: inout KeyReader) throws(ModuleError) {
        first = try First(decoding: &reader)
        second = try Second(decoding: &reader)
    }

    /// Compares both parts.
    @inlinable
    public func isSameKey(as other: Self) -> Bool {
        first.isSameKey(as: other.first) && second.isSameKey(as: other.second)
    }
}

/// A key of three parts, ordered from left to right.
public typealias Triple<A: StateKey, B: StateKey, C: StateKey> = Pair<A, Pair<B, C>>

extension Pair {
    /// Joins three parts.
    @inlinable
    public init<Middle, Last>(_ first: First, _ middle: Middle, _ last: Last) where Second == Pair<Middle, Last> {
        self.init(first, Pair<Middle, Last>(middle, last))
    }
}
