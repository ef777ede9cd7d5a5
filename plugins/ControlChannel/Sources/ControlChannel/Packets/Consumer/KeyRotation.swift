public import ModuleKit

import struct Foundation.Data

/// A validator's own word that another consensus key takes its place: signed with a key that counted before.
///
/// Without it, a consumer could announce a key of its own for an honest validator and double-sign with that.
public struct KeyRotation: Hashable, Sendable {
    /// The length of an Ed25519 key.
    public static let keyByteCount = 32
    /// The length of an Ed25519 signature.
    public static let signatureByteCount = 64

    /// The key that counted before, 32 bytes.
    public let previousKey: [UInt8]
    /// The signature of the ``statement(chainID:operatorAddress:previousKey:newKey:)`` by that key, 64 bytes.
    public let signature: [UInt8]

    /// Describes a rotation.
    ///
    /// - Throws: `malformedControlPacket` for other lengths.
    public init(previousKey: [UInt8], signature: [UInt8]) throws(ModuleError) {
        guard previousKey.count == Self.keyByteCount, signature.count == Self.signatureByteCount else {
            throw ModuleError(
                .malformedControlPacket,
                "a rotation has a key of \(Self.keyByteCount) and a signature of \(Self.signatureByteCount) bytes, not "
                    + "\(previousKey.count) and \(signature.count); give those"
            )
        }
        self.previousKey = previousKey
        self.signature = signature
    }

    /// The bytes that are signed: compact JSON that names the purpose, the consumer chain, the validator and both keys.
    ///
    /// The text begins with `{"`. A vote of CometBFT never does, so a signature of the one is never one of the other.
    ///
    /// - Parameters:
    ///   - chainID: the consumer's, as the provider holds it.
    ///   - operatorAddress: the validator's.
    public static func statement(
        chainID: String,
        operatorAddress: String,
        previousKey: [UInt8],
        newKey: [UInt8]
    ) -> [UInt8] {
        let statement: JSONValue = [
            "type": "mesh-security/key-rotation", "chain_id": .string(chainID), "valoper": .string(operatorAddress),
            "previous_key": .string(Data(previousKey).base64EncodedString()),
            "new_key": .string(Data(newKey).base64EncodedString()),
        ]
        return statement.bytes()
    }
}

extension KeyRotation {
    init(_ field: JSONField) throws(ModuleError) {
        try field.requireMembers(["previous_key", "signature"])
        previousKey = try field["previous_key"].packetBytes(count: Self.keyByteCount)
        signature = try field["signature"].packetBytes(count: Self.signatureByteCount)
    }

    var json: JSONValue {
        [
            "previous_key": .string(Data(previousKey).base64EncodedString()),
            "signature": .string(Data(signature).base64EncodedString()),
        ]
    }
}
