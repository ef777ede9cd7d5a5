public import ModuleKit
import RewardsEvents

extension Rewards {
    /// What must always hold, to the last of 36 digits; `O(n)` in everything that is kept.
    ///
    /// Of each denomination, what is held is the community pool, the carry, what validators have earned and not settled, and
    /// what they owe; what a validator owes is its commission, its carry, and what its positions have earned; a validator's
    /// shares are those of its positions; the recipients have the powers of the validators.
    public func invariants(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var sums = LedgerSums()
        var ledgers: [Address: ValidatorLedger] = [:]
        try collections.positions.forEach(in: state) { (key, stored) throws(ModuleError) in
            if ledgers[key.second] == nil {
                ledgers[key.second] = try collections.settledValidator(key.second, in: state)?.ledger
            }
            guard let ledger = ledgers[key.second] else {
                sums.violations.append(InvariantViolation("positions-have-validators", "\(key.first) at \(key.second)"))
                return true
            }
            sums.shares[key.second] = try (sums.shares[key.second] ?? .zero).adding(stored.shares)
            var position = stored
            try position.settle(with: ledger)
            for fraction in position.rest { try sums.owe(fraction, at: key.second) }
            return true
        }
        let index = try collections.powerIndex.value(in: state) ?? PowerIndex()
        for entry in index.entries { try sums.add(try Decimal36(entry.carry), entry.denom) }
        try collections.validators.forEach(in: state) { (validator, _) throws(ModuleError) in
            guard let (ledger, lost) = try collections.settledValidator(validator, in: state) else { return true }
            for fraction in lost { try sums.add(fraction.amount, fraction.denom) }
            try sums.check(ledger, of: validator)
            return true
        }
        try collections.denominations.forEach(in: state) { (denom, ledger) throws(ModuleError) in
            try sums.add(ledger.communityPool, denom)
            sums.check(ledger, of: denom)
            return true
        }
        try sums.check(try collections.recipients.value(in: state) ?? Recipients())
        return sums.violations
    }
}

/// What the parts add up to, to be compared with the wholes. The dictionaries are only asked, never iterated.
private struct LedgerSums {
    var violations: [InvariantViolation] = []
    var shares: [Address: Decimal18] = [:]
    private var owed: [Address: [Denom: Decimal36]] = [:]
    private var held: [Denom: Decimal36] = [:]
    private var powers: [Address: UInt64] = [:]
    private var powerCount = 0

    mutating func owe(_ fraction: Fraction, at validator: Address) throws(ModuleError) {
        let old = owed[validator]?[fraction.denom] ?? .zero
        owed[validator, default: [:]][fraction.denom] = try old.adding(fraction.amount)
    }

    mutating func add(_ amount: Decimal36, _ denom: Denom) throws(ModuleError) {
        held[denom] = try (held[denom] ?? .zero).adding(amount)
    }

    mutating func check(_ ledger: ValidatorLedger, of validator: Address) throws(ModuleError) {
        for entry in ledger.entries {
            let sum = try (owed[validator]?[entry.denom] ?? .zero).adding(entry.carry)
                .adding(try Decimal36(entry.commission))
            if sum != entry.outstanding {
                let detail = "\(validator) owes \(entry.outstanding)\(entry.denom), its parts \(sum)"
                violations.append(InvariantViolation("outstanding-equals-parts", detail))
            }
            try add(entry.outstanding, entry.denom)
        }
        if shares[validator] ?? .zero != ledger.shares {
            let detail = "\(validator) has \(ledger.shares), its positions \(shares[validator] ?? .zero)"
            violations.append(InvariantViolation("shares-equal-positions", detail))
        }
        guard ledger.power > 0 else { return }
        powers[validator] = ledger.power
        powerCount += 1
    }

    mutating func check(_ ledger: DenominationLedger, of denom: Denom) {
        let sum = held[denom] ?? .zero
        guard sum != Decimal36(ledger.held) else { return }
        violations.append(
            InvariantViolation("held-equals-owed", "\(ledger.held)\(denom) are held, \(sum) are owed")
        )
    }

    mutating func check(_ recipients: Recipients) throws(ModuleError) {
        var found = 0
        for entry in recipients.entries {
            guard let validator = entry.validator else { continue }
            found += 1
            if powers[validator] != entry.power {
                let detail = "\(validator) has \(powers[validator] ?? 0), as a recipient \(entry.power)"
                violations.append(InvariantViolation("recipients-equal-powers", detail))
            }
        }
        if found != powerCount {
            violations.append(
                InvariantViolation("recipients-equal-powers", "\(powerCount) powers, \(found) recipients")
            )
        }
    }
}
