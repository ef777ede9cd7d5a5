public import SwiftProtobuf

/// A value of IBC with a protobuf form, exactly as ibc-go writes it.
///
/// Reading is strict: unknown fields, repeated fields, overlong varints and fields out of order are errors, so a value
/// has one encoding and one commitment.
public protocol ProtobufValue: Hashable, Sendable {
    /// The generated message.
    associatedtype Protobuf: Message

    /// The most bytes that a value of this kind is read from.
    static var maximumEncodedByteCount: Int { get }

    /// Checks a message and takes it over.
    ///
    /// - Throws: An ``IBCError`` that names the field.
    init(protobuf: Protobuf) throws(IBCError)

    /// The message.
    var protobuf: Protobuf { get }
}

extension ProtobufValue {
    /// 64 KiB.
    public static var maximumEncodedByteCount: Int { 1 << 16 }

    /// Reads the protobuf bytes of a value.
    ///
    /// - Throws: `tooLarge`, `malformed`, `notCanonical`, or what is wrong with the value itself.
    public init(encoded bytes: [UInt8]) throws(IBCError) {
        guard bytes.count <= Self.maximumEncodedByteCount else {
            throw IBCError(
                .tooLarge,
                "\(Self.self) has at most \(Self.maximumEncodedByteCount) bytes, and here are \(bytes.count)"
            )
        }
        try self.init(protobuf: Protobuf(strictlyDecoding: bytes))
    }

    /// The protobuf bytes.
    public var encoded: [UInt8] { protobuf.encodedBytes }
}

extension Message {
    /// Reads a message, and refuses bytes which this message would not be written as.
    init(strictlyDecoding bytes: [UInt8]) throws(IBCError) {
        // Unknown fields are dropped here, so the comparison finds them at every depth.
        var options = BinaryDecodingOptions()
        options.discardUnknownFields = true
        options.messageDepthLimit = 16
        do {
            try self.init(serializedBytes: bytes, extensions: nil, partial: false, options: options)
        } catch {
            throw IBCError(
                .malformed,
                "the bytes are not a protobuf \(Self.protoMessageName); fetch them again",
                cause: error
            )
        }
        guard encodedBytes == bytes else {
            throw IBCError(
                .notCanonical,
                "the \(Self.protoMessageName) has unknown fields, or is not encoded in the one way; encode it anew"
            )
        }
    }

    /// The protobuf bytes. Proto3 messages encode unless they exceed 2 GiB, and every value is bounded far below where
    /// it is made.
    var encodedBytes: [UInt8] {
        (try? serializedBytes()) ?? []
    }
}

/// Takes a part of a message that must be there.
func required<Part>(_ part: Part, if isPresent: Bool, _ name: String) throws(IBCError) -> Part {
    guard isPresent else {
        throw IBCError(.missing, "\(name) is missing; send the whole message")
    }
    return part
}
