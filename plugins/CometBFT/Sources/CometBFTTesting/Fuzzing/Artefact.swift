public import CometBFT

/// A value of some kind in bytes, and how that kind is read and written again.
public struct Artefact: Sendable {
    /// The kind, for messages.
    public let name: String
    /// The value, as it is written.
    public let bytes: [UInt8]
    /// Reads bytes as that kind, and writes what was read.
    public let read: @Sendable ([UInt8]) throws -> [UInt8]

    /// Makes an artefact of bytes, and of what reads them.
    public init(_ name: String, _ bytes: [UInt8], read: @escaping @Sendable ([UInt8]) throws -> [UInt8]) {
        self.name = name
        self.bytes = bytes
        self.read = read
    }

    /// The protobuf form of a value of the engine.
    public init<Value: ProtobufRepresentable>(_ value: Value) {
        self.init("\(Value.self)", value.encoded) { try Value(encoded: $0).encoded }
    }
}
