public import ModuleKit

/// Rewards of several validators, for those who have staked on them.
public struct DistributeBatchPacket: Hashable, Sendable {
    /// One validator's part.
    public struct Share: Hashable, Sendable {
        /// The operator address of the validator.
        public let validator: String
        /// How much of the batch's denomination.
        public let reward: Amount

        /// Describes a part.
        ///
        /// - Throws: `malformedControlPacket` for a text that is empty, too long or not printable ASCII.
        public init(validator: String, reward: Amount) throws(ModuleError) {
            try PacketText.check(validator)
            self.validator = validator
            self.reward = reward
        }
    }

    /// The parts.
    public let rewards: [Share]
    /// The consumer's token.
    public let denom: Denom

    /// Makes a packet.
    public init(rewards: [Share], denom: Denom) {
        self.rewards = rewards
        self.denom = denom
    }
}

extension DistributeBatchPacket {
    init(_ body: JSONField) throws(ModuleError) {
        try body.requireMembers(["rewards", "denom"])
        var rewards: [Share] = []
        for element in try body["rewards"].array() {
            try element.requireMembers(["validator", "reward"])
            try rewards.append(
                Share(validator: element["validator"].packetText(), reward: element["reward"].packetAmount())
            )
        }
        self.init(rewards: rewards, denom: try body["denom"].denom())
    }

    var json: JSONValue {
        [
            "rewards": .array(
                rewards.map { ["validator": .string($0.validator), "reward": .string($0.reward.description)] }
            ),
            "denom": .string(denom.text),
        ]
    }
}
