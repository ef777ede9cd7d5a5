public import ModuleKit

/// Stake was slashed, or cut by the propagation of a slash: so much less is pledged.
public struct BurnPacket: Hashable, Sendable {
    /// Whose stake was burned, and by which operation. Only from version 1.0.0 on; without it, a burn lowers the pledge of the
    /// validators alone.
    public struct Attribution: Hashable, Sendable {
        /// The delegator, an account of the provider.
        public let delegator: String
        /// The provider's number of the operation.
        public let transaction: UInt64

        /// Says whose stake was burned.
        ///
        /// - Throws: `malformedControlPacket` for a text that is empty, too long or not printable ASCII.
        public init(delegator: String, transaction: UInt64) throws(ModuleError) {
            try PacketText.check(delegator)
            self.delegator = delegator
            self.transaction = transaction
        }
    }

    /// The operator addresses of the validators, at least one.
    public let validators: [String]
    /// How much over all of them, in the provider's token.
    public let burn: Coin
    /// Whose stake it was; nil where it is not told.
    public let attribution: Attribution?

    /// Makes a packet.
    ///
    /// - Throws: `malformedControlPacket` without a validator, or for a text that is empty, too long or not printable ASCII.
    public init(validators: [String], burn: Coin, attribution: Attribution? = nil) throws(ModuleError) {
        guard !validators.isEmpty else {
            throw ModuleError(.malformedControlPacket, "a burn names the validators that it is about; name one")
        }
        try PacketText.check(validators)
        self.validators = validators
        self.burn = burn
        self.attribution = attribution
    }
}

extension BurnPacket {
    init(_ body: JSONField, _ version: ControlVersion) throws(ModuleError) {
        try body.requireMembers(["validators", "burn"], optional: version.hasExtensions ? ["delegator", "tx_id"] : [])
        var attribution: Attribution?
        if body["delegator"].value != nil || body["tx_id"].value != nil {
            attribution = try Attribution(
                delegator: body["delegator"].packetText(),
                transaction: body["tx_id"].packetNumber()
            )
        }
        try self.init(
            validators: body["validators"].packetTexts(),
            burn: body["burn"].packetCoin(),
            attribution: attribution
        )
    }

    func json(_ version: ControlVersion) -> JSONValue {
        var object = JSONObject()
        object["validators"] = JSONValue(packet: validators)
        object["burn"] = JSONValue(packet: burn)
        if version.hasExtensions, let attribution {
            object["delegator"] = .string(attribution.delegator)
            object["tx_id"] = JSONValue(packet: attribution.transaction)
        }
        return .object(object)
    }
}
