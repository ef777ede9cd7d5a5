public import ModuleKit

/// A delegator of the provider has taken stake from a validator of the consumer.
public struct UnstakePacket: Hashable, Sendable {
    /// The delegator, an account of the provider.
    public let delegator: String
    /// The operator address of the validator.
    public let validator: String
    /// How much, in the provider's token.
    public let unstake: Coin
    /// The provider's number of the operation.
    public let transaction: UInt64

    /// Makes a packet.
    ///
    /// - Throws: `malformedControlPacket` for a text that is empty, too long or not printable ASCII.
    public init(delegator: String, validator: String, unstake: Coin, transaction: UInt64) throws(ModuleError) {
        try PacketText.check(delegator, validator)
        self.delegator = delegator
        self.validator = validator
        self.unstake = unstake
        self.transaction = transaction
    }
}

extension UnstakePacket {
    init(_ body: JSONField) throws(ModuleError) {
        try body.requireMembers(["delegator", "validator", "unstake", "tx_id"])
        delegator = try body["delegator"].packetText()
        validator = try body["validator"].packetText()
        unstake = try body["unstake"].packetCoin()
        transaction = try body["tx_id"].packetNumber()
    }

    var json: JSONValue {
        [
            "delegator": .string(delegator), "validator": .string(validator), "unstake": JSONValue(packet: unstake),
            "tx_id": JSONValue(packet: transaction),
        ]
    }
}
