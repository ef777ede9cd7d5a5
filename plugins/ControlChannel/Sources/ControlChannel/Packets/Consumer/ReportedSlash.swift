public import ModuleKit

/// A slash that happened on the consumer. For information alone: on the provider, only evidence slashes.
public struct ReportedSlash: Hashable, Sendable {
    /// The operator address of the validator.
    public let validator: String
    /// The consumer's height of the infraction.
    public let infractionHeight: UInt64
    /// The consumer's time of the infraction, in seconds since 1970; the reference writes 0.
    public let infractionTimeSeconds: UInt64
    /// The validator's voting power then.
    public let power: UInt64
    /// How much was slashed, in the provider's token.
    public let amount: Coin
    /// Which part of the stake.
    public let ratio: Decimal18

    /// Describes a slash.
    ///
    /// - Throws: `malformedControlPacket` for a text that is empty, too long or not printable ASCII.
    public init(
        validator: String,
        infractionHeight: UInt64,
        infractionTimeSeconds: UInt64,
        power: UInt64,
        amount: Coin,
        ratio: Decimal18
    ) throws(ModuleError) {
        try PacketText.check(validator)
        self.validator = validator
        self.infractionHeight = infractionHeight
        self.infractionTimeSeconds = infractionTimeSeconds
        self.power = power
        self.amount = amount
        self.ratio = ratio
    }
}

extension ReportedSlash {
    init(_ field: JSONField) throws(ModuleError) {
        try field.requireMembers([
            "address", "infraction_height", "infraction_time", "power", "slash_amount", "slash_ratio",
        ])
        validator = try field["address"].packetText()
        infractionHeight = try field["infraction_height"].packetNumber()
        infractionTimeSeconds = try field["infraction_time"].packetNumber()
        power = try field["power"].packetNumber()
        amount = try field["slash_amount"].packetCoin()
        ratio = try field["slash_ratio"].packetDecimal()
    }

    var json: JSONValue {
        [
            "address": .string(validator), "infraction_height": JSONValue(packet: infractionHeight),
            "infraction_time": JSONValue(packet: infractionTimeSeconds), "power": JSONValue(packet: power),
            "slash_amount": JSONValue(packet: amount), "slash_ratio": .string(ratio.description),
        ]
    }
}
