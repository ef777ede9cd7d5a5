import ExternalStakingEvents
public import ModuleKit

extension ExternalStaking {
    /// What must always hold: each record is a stake that can be, validators' sums are those of the records, who has
    /// stake where is the same from both sides, what is in flight in records is what is not settled, and what is counted
    /// is as many.
    ///
    /// A walk over everything: for audits and tests.
    public func invariants(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        try stakeViolations(state) + transactionViolations(state) + keyViolations(state) + rewardViolations(state)
            + infractionViolations(state)
    }

    private func stakeViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var violations: [InvariantViolation] = []
        var (users, validators): ([Address: (records: UInt64, staked: UInt64)], [String: StakeTotals]) = ([:], [:])
        try stakes.forEach(in: state) { (key, stake) throws(ModuleError) in
            let place = "\(key.first) on \(key.second)"
            if let violation = stake.violation {
                violations.append(InvariantViolation("stakes-possible", "\(place): \(violation)"))
            }
            if stake.isEmpty { violations.append(InvariantViolation("stakes-of-something", place)) }
            if try !stakers.contains(Pair(key.second, key.first), in: state) {
                violations.append(InvariantViolation("stakers-listed", place))
            }
            var count = users[key.first] ?? (0, 0)
            count.records += 1
            if !stake.holdsNothing { count.staked += 1 }
            users[key.first] = count
            if count.records > Self.recordsMax || count.staked > Self.validatorsMax {
                violations.append(InvariantViolation("validators-limited", "\(key.first) has stake on too many"))
            }
            try validators[key.second, default: StakeTotals()].replace(nil, by: stake)
            return true
        }
        try stakers.forEach(in: state) { (key, _) throws(ModuleError) in
            if try !stakes.contains(Pair(key.second, key.first), in: state) {
                violations.append(InvariantViolation("stakers-listed", "\(key.second) on \(key.first) has no stake"))
            }
            return true
        }
        try validatorTotals.forEach(in: state) { (validator, totals) throws(ModuleError) in
            if validators.removeValue(forKey: validator) != totals {
                violations.append(InvariantViolation("validators-add-up", "\(validator) has \(totals)"))
            }
            return true
        }
        if !validators.isEmpty {
            violations.append(InvariantViolation("validators-add-up", "\(validators.count) sums are missing"))
        }
        return violations
    }

    private func transactionViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var violations: [InvariantViolation] = []
        var burning: [Pair<Address, String>: Amount] = [:]
        var (operations, sent, waiting) = (0, 0, 0)
        let next = try nextOwnTransaction(state)
        try transactions.forEach(in: state) { (number, transaction) throws(ModuleError) in
            if number >= next || (number >= Self.firstOwnTransaction) == (transaction.kind == .stake) {
                violations.append(InvariantViolation("transactions-numbered", "\(number) was never given away"))
            }
            let key = Pair(transaction.owner, transaction.validator)
            let stake = try stakes.value(for: key, in: state) ?? Stake()
            if transaction.kind == .rewards { return true }
            if transaction.kind == .burn {
                burning[key] = (burning[key] ?? .zero).saturatingAdding(transaction.amount)
            } else if let operation = stake.operations.first(where: { $0.transaction == number }) {
                operations += 1
                if operation.sent > transaction.amount {
                    violations.append(InvariantViolation("operations-bounded", "transaction \(number) has grown"))
                }
            } else {
                violations.append(InvariantViolation("transactions-in-flight", "\(number) is in no stake"))
            }
            guard transaction.kind == .burn else { return true }
            if let sequence = transaction.sequence {
                sent += 1
                if try burnPackets.value(for: sequence, in: state) != number {
                    violations.append(InvariantViolation("packets-known", "\(number) is not under its packet"))
                }
            } else {
                waiting += 1
                if try !waitingBurns.contains(Pair(transaction.due, number), in: state) {
                    violations.append(InvariantViolation("burns-waiting", "\(number) does not wait"))
                }
            }
            return true
        }
        var (packetCount, waitingCount, operationCount) = (0, 0, 0)
        try burnPackets.forEach(in: state) { _, _ in
            packetCount += 1
            return true
        }
        try waitingBurns.forEach(in: state) { _, _ in
            waitingCount += 1
            return true
        }
        try stakes.forEach(in: state) { (key, stake) throws(ModuleError) in
            operationCount += stake.operations.count
            if burning.removeValue(forKey: key) ?? .zero != stake.burning {
                violations.append(
                    InvariantViolation("burns-add-up", "\(key.first) on \(key.second) burns \(stake.burning)")
                )
            }
            return true
        }
        if !burning.isEmpty {
            violations.append(InvariantViolation("burns-add-up", "\(burning.count) stakes that burn are missing"))
        }
        let waitingTotal = try waitingBurnCount.value(in: state) ?? 0
        if packetCount != sent || waitingCount != waiting || waitingTotal != waiting || operationCount != operations {
            violations.append(InvariantViolation("transactions-in-flight", "lists of what is in flight differ"))
        }
        return violations
    }

    private func keyViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var violations: [InvariantViolation] = []
        var count: UInt64 = 0
        try validators.forEach(in: state) { (name, record) throws(ModuleError) in
            count += 1
            for key in record.namings.compactMap(\.key) where try !keyClaims.contains(key, in: state) {
                violations.append(InvariantViolation("keys-claimed", "a key of \(name) belongs to nobody"))
            }
            return true
        }
        if try validatorCount.value(in: state) ?? 0 != count {
            violations.append(InvariantViolation("validators-counted", "there are \(count) validators"))
        }
        return violations
    }
}
