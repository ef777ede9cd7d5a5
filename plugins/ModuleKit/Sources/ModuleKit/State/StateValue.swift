internal import Foundation

/// A value that a state collection stores: mostly a generated protobuf message.
///
/// A stored type of a vocabulary conforms with an empty extension. The encoding has to be deterministic, so a stored
/// message has no `map` fields.
public protocol StateValue: Sendable {
    /// Appends the value's encoding.
    func encode(into bytes: inout [UInt8]) throws(ModuleError)

    /// Reads a value from all of `bytes`; throws `undecodable` when they are not such a value.
    init(stored bytes: [UInt8]) throws(ModuleError)
}

extension StateValue where Self: SwiftProtobuf.Message {
    /// Appends the message's protobuf encoding.
    @inlinable
    public func encode(into bytes: inout [UInt8]) throws(ModuleError) {
        bytes.append(contentsOf: try encodedBytes())
    }

    /// Reads a protobuf message.
    @inlinable
    public init(stored bytes: [UInt8]) throws(ModuleError) {
        self = try Self(decodingBytes: bytes)
    }
}

extension SwiftProtobuf.Message {
    /// The message's protobuf encoding.
    ///
    /// - Throws: `undecodable` for a message that has no encoding, such as one over 2 GiB.
    @inlinable
    public func encodedBytes() throws(ModuleError) -> [UInt8] {
        do {
            return try serializedBytes()
        } catch {
            throw ModuleError(.undecodable, "\(Self.protoMessageName) can't be encoded: \(error)")
        }
    }

    /// Decodes a message; unknown fields are kept, `requireKnownFields` refuses them.
    ///
    /// - Throws: `undecodable` when the bytes are not such a message.
    @inlinable
    public init(decodingBytes bytes: [UInt8]) throws(ModuleError) {
        do {
            try self.init(serializedBytes: bytes)
        } catch {
            throw ModuleError(
                .undecodable,
                "\(bytes.count) bytes are not a \(Self.protoMessageName): check the type and that nothing was cut off"
            )
        }
    }
}

/// The value of a collection in which only the keys matter.
public struct Unit: StateValue, Equatable {
    /// The only unit.
    @inlinable
    public init() {}

    /// Appends nothing.
    @inlinable
    public func encode(into bytes: inout [UInt8]) {}

    /// Reads nothing; throws `undecodable` when there is something.
    @inlinable
    public init(stored bytes: [UInt8]) throws(ModuleError) {
        guard bytes.isEmpty else {
            throw ModuleError(.undecodable, "a stored mark has \(bytes.count) bytes of value: the store is damaged")
        }
    }
}

/// A value that is stored as its ordered key encoding.
public protocol KeyedStateValue: StateValue, StateKey {}

extension KeyedStateValue {
    /// Reads the value's key encoding; throws `undecodable` when bytes are left over.
    @inlinable
    public init(stored bytes: [UInt8]) throws(ModuleError) {
        var reader = KeyReader(bytes)
        self = try Self(decoding: &reader)
        guard reader.isAtEnd else {
            throw ModuleError(.undecodable, "a stored value has bytes left over: the store is damaged")
        }
    }
}

extension UInt64: KeyedStateValue {}
extension UInt32: KeyedStateValue {}
extension Address: KeyedStateValue {}
extension String: KeyedStateValue {}
extension Timestamp: KeyedStateValue {}

extension Amount: KeyedStateValue {
    /// Appends the amount as 16 big-endian bytes.
    @inlinable
    public func encode(into bytes: inout [UInt8]) { units.encode(into: &bytes) }

    /// Reads 16 big-endian bytes.
    @inlinable
    public init(decoding reader: inout KeyReader) throws(ModuleError) {
        self.init(try reader.integer(UInt128.self))
    }

    /// Compares the amounts.
    @inlinable
    public func isSameKey(as other: Amount) -> Bool { self == other }
}
