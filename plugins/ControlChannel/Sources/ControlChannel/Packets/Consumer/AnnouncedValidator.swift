public import ModuleKit

import struct Foundation.Data

/// A validator of the consumer, with its key.
public struct AnnouncedValidator: Hashable, Sendable {
    /// What the reference writes for every key.
    static let unknownKey = "TODO"

    /// The operator address.
    public let operatorAddress: String
    /// The Ed25519 consensus key, 32 bytes; nil where the reference sends none. From version 1.0.0 on it is always there.
    public let consensusKey: [UInt8]?
    /// Why the key counts although it is not the validator's first. Only from version 1.0.0 on.
    public let rotation: KeyRotation?

    /// Describes a validator.
    ///
    /// - Throws: `malformedControlPacket` for an address that is empty, too long or not printable ASCII, a key that has not
    ///   32 bytes, or a rotation to no key.
    public init(
        operatorAddress: String,
        consensusKey: [UInt8]?,
        rotation: KeyRotation? = nil
    ) throws(ModuleError) {
        try PacketText.check(operatorAddress)
        guard consensusKey == nil ? rotation == nil : consensusKey?.count == KeyRotation.keyByteCount else {
            throw ModuleError(
                .malformedControlPacket,
                "a consensus key has \(KeyRotation.keyByteCount) bytes, and a rotation is to such a key; give the key"
            )
        }
        self.operatorAddress = operatorAddress
        self.consensusKey = consensusKey
        self.rotation = rotation
    }
}

extension AnnouncedValidator {
    init(_ field: JSONField, _ version: ControlVersion) throws(ModuleError) {
        try field.requireMembers(["valoper", "pub_key"], optional: version.hasExtensions ? ["rotation"] : [])
        let isUnknown = try field["pub_key"].string() == Self.unknownKey && !version.hasExtensions
        let rotation = field["rotation"]
        try self.init(
            operatorAddress: field["valoper"].packetText(),
            consensusKey: isUnknown ? nil : field["pub_key"].packetBytes(count: KeyRotation.keyByteCount),
            rotation: rotation.value == nil ? nil : KeyRotation(rotation)
        )
    }

    func json(_ version: ControlVersion) -> JSONValue {
        var object = JSONObject()
        object["valoper"] = .string(operatorAddress)
        object["pub_key"] = .string(consensusKey.map { Data($0).base64EncodedString() } ?? Self.unknownKey)
        if version.hasExtensions, let rotation { object["rotation"] = rotation.json }
        return .object(object)
    }
}
