import ControlChannel
import ExternalStakingEvents
import ModuleKit

/// Rewards of one denomination, and whose they are, as the consumer says.
struct RewardBatch: Hashable, Sendable {
    /// What one validator's stake has earned. A batch may name a validator more than once.
    struct Part: Hashable, Sendable {
        let validator: String
        let amount: Amount
    }

    /// The consumer's own name of the token.
    let denom: Denom
    private(set) var parts: [Part]

    /// What a packet of the control channel says.
    init(_ packet: DistributePacket) {
        denom = packet.rewards.denom
        parts = [Part(validator: packet.validator, amount: packet.rewards.amount)]
    }

    /// What a packet of the control channel says.
    init(_ packet: DistributeBatchPacket) {
        denom = packet.denom
        parts = packet.rewards.map { Part(validator: $0.validator, amount: $0.reward) }
    }

    /// What the memo of a transfer says: `{"distribute_rewards":{"validators":[{"validator":"…","reward":"…"}]}}`.
    ///
    /// - Throws: `malformedRewardsMemo`.
    init(memo message: JSONObject, _ denom: Denom) throws(ModuleError) {
        var parts: [Part] = []
        do throws(ModuleError) {
            let call = JSONField(.object(message))
            try call.requireMembers(["distribute_rewards"])
            try call["distribute_rewards"].requireMembers(["validators"])
            for field in try call["distribute_rewards"]["validators"].array() {
                try field.requireMembers(["validator", "reward"])
                guard case .string = try field["reward"].required() else {
                    throw field["reward"].invalid("an amount is a string of digits; quote it")
                }
                parts.append(Part(validator: try field["validator"].string(), amount: try field["reward"].amount()))
            }
        } catch {
            throw ModuleError(.malformedRewardsMemo, "the memo does not say whose rewards these are: \(error.message)")
        }
        (self.denom, self.parts) = (denom, parts)
    }

    private init(_ parts: [Part], _ denom: Denom) { (self.denom, self.parts) = (denom, parts) }

    /// Takes the first parts out, up to an amount; the last of them may be cut in two.
    mutating func take(_ amount: Amount) throws(ModuleError) -> RewardBatch {
        var missing = amount
        var taken: [Part] = []
        while !missing.isZero, let part = parts.first {
            let share = min(missing, part.amount)
            missing = try missing.subtracting(share)
            taken.append(Part(validator: part.validator, amount: share))
            let rest = try part.amount.subtracting(share)
            if rest.isZero { parts.removeFirst() } else { parts[0] = Part(validator: part.validator, amount: rest) }
        }
        return RewardBatch(taken, denom)
    }
}
