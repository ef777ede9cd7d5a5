public import ModuleKit

/// A delegator of the provider has staked on a validator of the consumer.
public struct StakePacket: Hashable, Sendable {
    /// The delegator, an account of the provider.
    public let delegator: String
    /// The operator address of the validator.
    public let validator: String
    /// How much, in the provider's token.
    public let stake: Coin
    /// The provider's number of the operation.
    public let transaction: UInt64

    /// Makes a packet.
    ///
    /// - Throws: `malformedControlPacket` for a text that is empty, too long or not printable ASCII.
    public init(delegator: String, validator: String, stake: Coin, transaction: UInt64) throws(ModuleError) {
        try PacketText.check(delegator, validator)
        self.delegator = delegator
        self.validator = validator
        self.stake = stake
        self.transaction = transaction
    }
}

extension StakePacket {
    init(_ body: JSONField) throws(ModuleError) {
        try body.requireMembers(["delegator", "validator", "stake", "tx_id"])
        delegator = try body["delegator"].packetText()
        validator = try body["validator"].packetText()
        stake = try body["stake"].packetCoin()
        transaction = try body["tx_id"].packetNumber()
    }

    var json: JSONValue {
        [
            "delegator": .string(delegator), "validator": .string(validator), "stake": JSONValue(packet: stake),
            "tx_id": JSONValue(packet: transaction),
        ]
    }
}
