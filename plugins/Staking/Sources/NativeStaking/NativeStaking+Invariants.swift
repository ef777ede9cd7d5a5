public import ModuleKit
import StakingEvents

extension NativeStaking {
    /// What must always hold; `O(n)` in everything that is staked.
    ///
    /// The pools' sums are the tokens and the unbonding coins; each validator's shares are those of its delegations; the
    /// order by power is complete; the powers are those of the bonded validators; every
    /// sub-account stands under the address that is derived for it; what is remembered of recallable stake is due once.
    public func invariants(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        guard try collections.rules.value(in: state) != nil else { return [] }
        return try poolViolations(state) + shareViolations(state) + rankViolations(state) + powerViolations(state)
            + subAccountViolations(state) + recallViolations(state)
    }

    private func poolViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var sums = PoolTotals()
        try collections.stakes.forEach(in: state) { (_, stake) throws(ModuleError) in
            try sums.add(stake.tokens, to: StakingPool(isBonded: stake.isBonded))
            return true
        }
        try collections.unbondings.forEach(in: state) { (_, record) throws(ModuleError) in
            for entry in record.entries { try sums.add(try Amount(entry.balance), to: .notBonded) }
            return true
        }
        let totals = try collections.currentTotals(state)
        guard sums.bonded != totals.bonded || sums.notBonded != totals.notBonded else { return [] }
        return [
            InvariantViolation(
                "pools-equal-tokens",
                "pools \(totals.bonded) and \(totals.notBonded), tokens \(sums.bonded) and \(sums.notBonded)"
            )
        ]
    }

    private func shareViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var sums: [Address: Decimal18] = [:]
        var violations: [InvariantViolation] = []
        try collections.delegations.forEach(in: state) { (key, delegation) throws(ModuleError) in
            sums[key.second] = try (sums[key.second] ?? .zero).adding(delegation.shares)
            if delegation.shares.isZero {
                violations.append(InvariantViolation("delegations-above-zero", "\(key.first) at \(key.second)"))
            }
            return true
        }
        try collections.stakes.forEach(in: state) { (validator, stake) throws(ModuleError) in
            let sum = sums.removeValue(forKey: validator) ?? .zero
            if sum != stake.shares {
                let detail = "validator \(validator): \(stake.shares), delegations \(sum)"
                violations.append(InvariantViolation("shares-equal-delegations", detail))
            }
            return true
        }
        if !sums.isEmpty {
            violations.append(InvariantViolation("delegations-have-validators", "\(sums.count) validators are missing"))
        }
        return violations
    }

    private func rankViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        let reduction = try collections.currentRules(state).powerReduction
        var violations: [InvariantViolation] = []
        var expected = 0
        try collections.stakes.forEach(in: state) { (validator, stake) throws(ModuleError) in
            guard !stake.isJailed else { return true }
            expected += 1
            let rank = PowerRank(stake.power(reduction: reduction), validator)
            if try !collections.validatorsByPower.contains(rank, in: state) {
                violations.append(InvariantViolation("order-by-power-complete", "\(validator) has no place"))
            }
            return true
        }
        var count = 0
        try collections.validatorsByPower.forEach(in: state) { (_, _) throws(ModuleError) in
            count += 1
            return true
        }
        if count != expected {
            violations.append(
                InvariantViolation("order-by-power-complete", "\(count) places for \(expected) validators")
            )
        }
        return violations
    }

    private func powerViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var total: UInt64 = 0
        var violations: [InvariantViolation] = []
        try collections.powers.forEach(in: state) { (validator, power) throws(ModuleError) in
            total = UInt64(clamping: UInt128(total) + UInt128(power))
            if try collections.stakes.value(for: validator, in: state)?.isBonded != true {
                violations.append(InvariantViolation("powers-are-bonded", "\(validator) has power \(power)"))
            }
            return true
        }
        let recorded = try collections.currentTotals(state).power
        if total != recorded {
            violations.append(InvariantViolation("total-power-equals-powers", "\(recorded), powers \(total)"))
        }
        return violations
    }

    private func subAccountViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var violations: [InvariantViolation] = []
        try collections.subAccounts.forEach(in: state) { (address, subAccount) throws(ModuleError) in
            if try subAccount.address != address {
                violations.append(
                    InvariantViolation("sub-accounts-in-place", "\(address) is not that of \(subAccount.owner)")
                )
            }
            return true
        }
        return violations
    }

    private func recallViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var queued = 0
        var violations: [InvariantViolation] = []
        try collections.recallQueue.forEach(in: state) { (_, key) throws(ModuleError) in
            queued += 1
            if try !collections.recallable.contains(key, in: state) {
                violations.append(InvariantViolation("recalls-are-kept", "\(key.first) at \(key.second.height)"))
            }
            return true
        }
        var kept = 0
        try collections.recallable.forEach(in: state) { (key, _) throws(ModuleError) in
            if key.second.height > 0 { kept += 1 }
            return true
        }
        if kept != queued {
            violations.append(InvariantViolation("recalls-are-due", "\(kept) are kept, \(queued) are due"))
        }
        return violations
    }
}
