public import SwiftProtobuf

/// A value with a protobuf form, exactly as the engine writes it.
///
/// Reading is strict: only bytes that the engine itself would have written are taken. Unknown fields, repeated fields,
/// overlong varints and fields out of order are errors, so a value has one encoding and one hash.
public protocol ProtobufRepresentable: Sendable {
    /// The generated message.
    associatedtype Protobuf: Message

    /// The most bytes that a value of this kind is read from.
    static var maximumEncodedByteCount: Int { get }

    /// Checks a message and takes it over.
    ///
    /// - Throws: A ``CometBFTError`` that names the field.
    init(protobuf: Protobuf) throws(CometBFTError)

    /// The message.
    var protobuf: Protobuf { get }
}

extension ProtobufRepresentable {
    /// One MiB: more than any message of consensus needs which does not hold a validator set, a commit or a block.
    public static var maximumEncodedByteCount: Int { 1 << 20 }

    /// Reads the protobuf bytes of a value.
    ///
    /// - Throws: `tooLarge`, `malformed`, `notCanonical`, or what is wrong with the value itself.
    public init(encoded bytes: [UInt8]) throws(CometBFTError) {
        guard bytes.count <= Self.maximumEncodedByteCount else {
            throw CometBFTError(
                .tooLarge,
                "\(Self.self) has at most \(Self.maximumEncodedByteCount) bytes, and here are \(bytes.count)"
            )
        }
        try self.init(protobuf: Protobuf(strictlyDecoding: bytes))
    }

    /// The protobuf bytes, as the engine writes them.
    public var encoded: [UInt8] {
        protobuf.encodedBytes
    }
}

extension Message {
    /// Reads a message, and refuses bytes which this message would not be written as.
    fileprivate init(strictlyDecoding bytes: [UInt8]) throws(CometBFTError) {
        // Unknown fields are dropped here, so the comparison finds them at every depth.
        var options = BinaryDecodingOptions()
        options.discardUnknownFields = true
        options.messageDepthLimit = 16
        do {
            try self.init(serializedBytes: bytes, extensions: nil, partial: false, options: options)
        } catch {
            throw CometBFTError(
                .malformed,
                "the bytes are not a protobuf \(Self.protoMessageName); fetch them again",
                cause: error
            )
        }
        guard encodedBytes == bytes else {
            throw CometBFTError(
                .notCanonical,
                "the \(Self.protoMessageName) has unknown fields, or is not encoded as the engine encodes it"
            )
        }
    }

    /// The protobuf bytes. Proto3 messages encode unless they exceed 2 GiB, and every value is bounded far below where it is
    /// made.
    var encodedBytes: [UInt8] {
        (try? serializedBytes()) ?? []
    }

    /// The protobuf bytes behind their length as a varint.
    var lengthPrefixedBytes: [UInt8] {
        let body = encodedBytes
        var bytes: [UInt8] = []
        bytes.reserveCapacity(body.count + 5)
        var rest = body.count
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
        bytes += body
        return bytes
    }
}

/// Takes a part of a message that must be there.
func required<Part>(_ part: Part, if isPresent: Bool, _ name: String) throws(CometBFTError) -> Part {
    guard isPresent else {
        throw CometBFTError(.missing, "\(name) is missing")
    }
    return part
}
