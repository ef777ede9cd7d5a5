public import ModuleKit

/// Rewards of one validator, for those who have staked on it.
public struct DistributePacket: Hashable, Sendable {
    /// The operator address of the validator.
    public let validator: String
    /// How much, in the consumer's token.
    public let rewards: Coin

    /// Makes a packet.
    ///
    /// - Throws: `malformedControlPacket` for a text that is empty, too long or not printable ASCII.
    public init(validator: String, rewards: Coin) throws(ModuleError) {
        try PacketText.check(validator)
        self.validator = validator
        self.rewards = rewards
    }
}

extension DistributePacket {
    init(_ body: JSONField) throws(ModuleError) {
        try body.requireMembers(["validator", "rewards"])
        validator = try body["validator"].packetText()
        rewards = try body["rewards"].packetCoin()
    }

    var json: JSONValue {
        ["validator": .string(validator), "rewards": JSONValue(packet: rewards)]
    }
}
