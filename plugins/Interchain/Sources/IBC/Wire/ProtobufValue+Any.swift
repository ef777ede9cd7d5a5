import Foundation
import SwiftProtobuf

extension ProtobufValue {
    /// The name of the type where a value of any type may stand, such as `/ibc.lightclients.tendermint.v1.ClientState`.
    public static var typeURL: String { "/" + Protobuf.protoMessageName }

    /// Reads a value that stands behind the name of its type, in a `google.protobuf.Any`: so stores keep clients and
    /// consensus states, and messages carry headers.
    ///
    /// - Throws: `unknownValue` for another type, and what `init(encoded:)` throws.
    public init(typed bytes: [UInt8]) throws(IBCError) {
        let room = 256
        guard bytes.count <= Self.maximumEncodedByteCount + room else {
            throw IBCError(
                .tooLarge,
                "\(Self.self) has at most \(Self.maximumEncodedByteCount) bytes, and here are \(bytes.count)"
            )
        }
        let any = try Google_Protobuf_Any(strictlyDecoding: bytes)
        guard any.typeURL == Self.typeURL else {
            throw IBCError(.unknownValue, "a \(Self.typeURL) must stand here, not a \(quoted(any.typeURL))")
        }
        try self.init(encoded: [UInt8](any.value))
    }

    /// The bytes behind the name of their type.
    public var typed: [UInt8] {
        var any = Google_Protobuf_Any()
        any.typeURL = Self.typeURL
        any.value = Data(encoded)
        return any.encodedBytes
    }
}
