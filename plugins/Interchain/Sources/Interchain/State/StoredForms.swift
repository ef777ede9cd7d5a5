internal import CometBFT
public import IBC
public import ModuleKit

/// SHA-256 as a chain keeps it of a packet or an acknowledgement: 32 bytes.
public struct Commitment: StateValue, Hashable {
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// Takes a hash.
    init(_ hash: Hash32) { bytes = hash.bytes }

    /// Appends the bytes.
    public func encode(into bytes: inout [UInt8]) { bytes.append(contentsOf: self.bytes) }

    /// Reads 32 bytes.
    public init(stored bytes: [UInt8]) throws(ModuleError) {
        guard bytes.count == Hash32.byteCount else {
            throw ModuleError(.undecodable, "a stored commitment has \(bytes.count) bytes: the store is damaged")
        }
        self.bytes = bytes
    }
}

/// That a packet was received: one byte, 1, as ibc-go stores it.
public struct PacketReceipt: StateValue, Hashable {
    private static let mark: UInt8 = 1

    /// The only receipt.
    init() {}

    /// Appends the byte.
    public func encode(into bytes: inout [UInt8]) { bytes.append(Self.mark) }

    /// Reads the byte.
    public init(stored bytes: [UInt8]) throws(ModuleError) {
        guard bytes == [Self.mark] else {
            throw ModuleError(.undecodable, "a stored receipt is not the byte 1: the store is damaged")
        }
    }
}

/// A path is a key by its bytes alone, so that another chain asks for it as ICS-24 spells it.
extension StorePath: StateKey {
    /// Appends the path.
    public func encode(into bytes: inout [UInt8]) { bytes.append(contentsOf: text.utf8) }

    /// Reads all that is left.
    public init(decoding reader: inout KeyReader) throws(ModuleError) {
        var bytes: [UInt8] = []
        while !reader.isAtEnd { bytes.append(try reader.byte()) }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw ModuleError(.undecodable, "a stored path is not UTF-8: the store is damaged")
        }
        self = try reading("path") { () throws(IBCError) in try StorePath(stored: text) }
    }

    /// Compares the paths; they are ASCII.
    public func isSameKey(as other: StorePath) -> Bool { self == other }
}

/// Heights in their order: the revision, then the height.
extension Height: KeyedStateValue {
    /// Appends two big-endian integers.
    public func encode(into bytes: inout [UInt8]) {
        revision.encode(into: &bytes)
        height.encode(into: &bytes)
    }

    /// Reads two big-endian integers.
    public init(decoding reader: inout KeyReader) throws(ModuleError) {
        self.init(revision: try reader.integer(UInt64.self), height: try reader.integer(UInt64.self))
    }

    /// Compares the numbers.
    public func isSameKey(as other: Height) -> Bool { self == other }
}

extension TendermintClientState: StateValue {
    /// Appends the state behind the name of its type, as ibc-go stores it.
    public func encode(into bytes: inout [UInt8]) { bytes.append(contentsOf: typed) }

    /// Reads a state behind the name of its type.
    public init(stored bytes: [UInt8]) throws(ModuleError) {
        self = try reading("client state") { () throws(IBCError) in try Self(typed: bytes) }
    }
}

extension TendermintConsensusState: StateValue {
    /// Appends the state behind the name of its type, as ibc-go stores it.
    public func encode(into bytes: inout [UInt8]) { bytes.append(contentsOf: typed) }

    /// Reads a state behind the name of its type.
    public init(stored bytes: [UInt8]) throws(ModuleError) {
        self = try reading("consensus state") { () throws(IBCError) in try Self(typed: bytes) }
    }
}

extension ConnectionEnd: StateValue {
    /// Appends the protobuf bytes, as ibc-go stores them.
    public func encode(into bytes: inout [UInt8]) { bytes.append(contentsOf: encoded) }

    /// Reads the protobuf bytes.
    public init(stored bytes: [UInt8]) throws(ModuleError) {
        self = try reading("connection") { () throws(IBCError) in try Self(encoded: bytes) }
    }
}

extension ChannelEnd: StateValue {
    /// Appends the protobuf bytes, as ibc-go stores them.
    public func encode(into bytes: inout [UInt8]) { bytes.append(contentsOf: encoded) }

    /// Reads the protobuf bytes.
    public init(stored bytes: [UInt8]) throws(ModuleError) {
        self = try reading("channel") { () throws(IBCError) in try Self(encoded: bytes) }
    }
}

private func reading<Value>(_ what: String, _ body: () throws(IBCError) -> Value) throws(ModuleError) -> Value {
    do throws(IBCError) {
        return try body()
    } catch {
        throw ModuleError(.undecodable, "a stored \(what) can't be read, the store is damaged: \(error.message)")
    }
}
