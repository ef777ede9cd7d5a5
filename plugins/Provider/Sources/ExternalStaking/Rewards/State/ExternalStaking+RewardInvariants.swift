import ExternalStakingEvents
import ModuleKit

extension ExternalStaking {
    /// What must always hold of rewards: for each validator and denomination, what was received is what was paid, converted,
    /// given to the community, is in flight, is carried, and what its stakes can claim, to the last fraction; the pairing's
    /// sums are those of its validators; what is in flight is what is not settled.
    ///
    /// A walk over everything: for audits and tests.
    func rewardViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        guard try settings.value(in: state) != nil else { return [] }
        var violations: [InvariantViolation] = []
        var claims: [String: [Denom: Decimal36]] = [:]
        var reserved: [Pair<Address, String>: (Amount, UInt32)] = [:]
        try transactions.forEach(in: state) { (_, transaction) throws(ModuleError) in
            guard transaction.kind == .rewards else { return true }
            let key = Pair(transaction.owner, transaction.validator)
            let (sum, count) = reserved[key] ?? (.zero, 0)
            reserved[key] = (sum.saturatingAdding(transaction.amount), count &+ 1)
            return true
        }
        let held = try heldDenom(state)
        var inFlight: [String: Amount] = [:]
        try stakes.forEach(in: state) { (key, stored) throws(ModuleError) in
            let rewards = try rewards(of: stored, at: key.second, in: state)
            for element in rewards.entries.elements {
                let sum = claims[key.second]?[element.denom] ?? .zero
                claims[key.second, default: [:]][element.denom] = try sum.adding(element.value.accrued)
            }
            let entry = rewards.entries[held]
            let (sum, count) = reserved.removeValue(forKey: key) ?? (.zero, 0)
            if entry.inFlight != sum || entry.inFlightCount != count || count > StakeRewards.paymentsMax {
                violations.append(InvariantViolation("rewards-reserved", "\(key.first) on \(key.second)"))
            }
            inFlight[key.second] = (inFlight[key.second] ?? .zero).saturatingAdding(sum)
            return true
        }
        let ledgers = try rewardLedgers.value(in: state) ?? RewardLedgers()
        var sums = DenominationMap<RewardLedgers.Entry>()
        try validatorRewards.forEach(in: state) { (validator, rewards) throws(ModuleError) in
            for element in rewards.entries.elements {
                let (totals, place) = (element.value.totals, "\(validator) in \(element.denom)")
                let claimed = claims[validator]?[element.denom] ?? .zero
                if (try? totals.claimable()) != claimed {
                    violations.append(InvariantViolation("rewards-add-up", "\(place) can claim \(claimed)"))
                }
                let reserved = element.denom == held ? inFlight[validator] ?? .zero : .zero
                if totals.inFlight != reserved {
                    violations.append(InvariantViolation("rewards-in-flight", "\(place) has \(reserved)"))
                }
                sums[element.denom].totals = try sums[element.denom].totals.adding(totals)
            }
            return true
        }
        for element in ledgers.entries.elements where sums[element.denom].totals != element.value.totals {
            violations.append(InvariantViolation("rewards-summed", "the sums of \(element.denom) differ"))
        }
        if sums.elements.contains(where: { ledgers.entries[$0.denom] == .init() }) {
            violations.append(InvariantViolation("rewards-summed", "rewards of validators are in no sum"))
        }
        // What is left is the community's.
        let community = reserved.values.reduce(Amount.zero) { $0.saturatingAdding($1.0) }
        if reserved.keys.contains(where: { !$0.second.isEmpty }) || ledgers.entries[held].communityInFlight != community
        {
            violations.append(InvariantViolation("rewards-reserved", "payments are in flight for no stake"))
        }
        return violations
    }
}

extension RewardTotals {
    fileprivate func adding(_ other: RewardTotals) throws(ModuleError) -> RewardTotals {
        RewardTotals(
            received: try received.adding(other.received),
            paid: try paid.adding(other.paid),
            converted: try converted.adding(other.converted),
            community: try community.adding(other.community),
            inFlight: try inFlight.adding(other.inFlight),
            carry: try carry.adding(other.carry)
        )
    }
}
