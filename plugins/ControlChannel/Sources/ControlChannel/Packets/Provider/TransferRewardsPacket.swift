public import ModuleKit

/// Rewards that the consumer holds are to be paid to an account of the consumer.
public struct TransferRewardsPacket: Hashable, Sendable {
    /// The longest time that one may have to arrive. The consumer remembers for longer what became of its number.
    public static let lifetimeMax = TimeSpan.days(60)

    /// How much, in the consumer's token.
    public let rewards: Coin
    /// Who is paid: a text that should be an account of the consumer, which says so by its answer.
    public let recipient: String
    /// The provider's number of the operation.
    public let transaction: UInt64

    /// Whether a packet can name a recipient; whether it is an account, the consumer says.
    public static func canName(recipient: String) -> Bool { PacketText.isValid(recipient) }

    /// Makes a packet.
    ///
    /// - Throws: `malformedControlPacket` for a text that is empty, too long or not printable ASCII.
    public init(rewards: Coin, recipient: String, transaction: UInt64) throws(ModuleError) {
        try PacketText.check(recipient)
        self.rewards = rewards
        self.recipient = recipient
        self.transaction = transaction
    }
}

extension TransferRewardsPacket {
    init(_ body: JSONField) throws(ModuleError) {
        try body.requireMembers(["rewards", "recipient", "tx_id"])
        rewards = try body["rewards"].packetCoin()
        recipient = try body["recipient"].packetText()
        transaction = try body["tx_id"].packetNumber()
    }

    var json: JSONValue {
        [
            "rewards": JSONValue(packet: rewards), "recipient": .string(recipient),
            "tx_id": JSONValue(packet: transaction),
        ]
    }
}
