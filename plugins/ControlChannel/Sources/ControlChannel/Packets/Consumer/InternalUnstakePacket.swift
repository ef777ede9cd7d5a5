public import ModuleKit

/// The consumer hands a pledge back: the delegator's stake on a validator is taken away.
public struct InternalUnstakePacket: Hashable, Sendable {
    /// The delegator, an account of the provider.
    public let delegator: String
    /// The operator address of the validator.
    public let validator: String
    /// How much virtual stake went, in the consumer's token.
    public let normalizeAmount: Coin
    /// How much is handed back, in the provider's token.
    public let invertedAmount: Coin

    /// Makes a packet.
    ///
    /// - Throws: `malformedControlPacket` for a text that is empty, too long or not printable ASCII.
    public init(delegator: String, validator: String, normalizeAmount: Coin, invertedAmount: Coin) throws(ModuleError) {
        try PacketText.check(delegator, validator)
        self.delegator = delegator
        self.validator = validator
        self.normalizeAmount = normalizeAmount
        self.invertedAmount = invertedAmount
    }
}

extension InternalUnstakePacket {
    init(_ body: JSONField) throws(ModuleError) {
        try body.requireMembers(["delegator", "validator", "normalize_amount", "inverted_amount"])
        delegator = try body["delegator"].packetText()
        validator = try body["validator"].packetText()
        normalizeAmount = try body["normalize_amount"].packetCoin()
        invertedAmount = try body["inverted_amount"].packetCoin()
    }

    var json: JSONValue {
        [
            "delegator": .string(delegator), "validator": .string(validator),
            "normalize_amount": JSONValue(packet: normalizeAmount),
            "inverted_amount": JSONValue(packet: invertedAmount),
        ]
    }
}
