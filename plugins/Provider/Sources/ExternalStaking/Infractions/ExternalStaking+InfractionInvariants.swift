import ModuleKit

extension ExternalStaking {
    /// What must hold of infractions: nobody whose turn has passed owes anything but what is listed, sums are within what
    /// was taken, and lists of what is to be done are what is to be done.
    func infractionViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var violations: [InvariantViolation] = []
        var count: UInt64 = 0
        let last = try infractionCount.value(in: state) ?? 0
        try offenders.forEach(in: state) { (validator, offender) throws(ModuleError) in
            if offender.sweep != nil { count += 1 }
            if try sweeps.contains(validator, in: state) != (offender.sweep != nil) {
                violations.append(InvariantViolation("sweeps-listed", validator))
            }
            if offender.infractions.contains(where: { $0.number > last }) {
                violations.append(InvariantViolation("infractions-numbered", "\(validator) has one beyond \(last)"))
            }
            let taken = offender.infractions.reduce(Amount.zero) { $0.saturatingAdding($1.taken) }
            if taken > offender.taken {
                violations.append(InvariantViolation("payments-add-up", "\(validator): \(taken), \(offender.taken)"))
            }
            violations += try stakerViolations(validator, offender, state)
            return true
        }
        try sweeps.forEach(in: state) { (validator, _) throws(ModuleError) in
            if try !offenders.contains(validator, in: state) {
                violations.append(InvariantViolation("sweeps-listed", "\(validator) was never proven guilty"))
            }
            return true
        }
        var waiting = 0
        try dues.forEach(in: state) { (key, pending) throws(ModuleError) in
            count += 1
            waiting += 1
            if try !duesByTime.contains(pending.due, key, in: state) {
                violations.append(InvariantViolation("dues-listed", "\(key.second) is never asked to pay"))
            }
            if try !offenders.contains(key.first, in: state) {
                violations.append(InvariantViolation("dues-listed", "\(key.first) was never proven guilty"))
            }
            return true
        }
        try duesByTime.forEach(in: state) { _, _ in
            waiting -= 1
            return true
        }
        if waiting != 0 {
            violations.append(
                InvariantViolation("dues-listed", "\(-waiting) more are listed by time than by validator")
            )
        }
        if try openSettlements.value(in: state) ?? 0 != count {
            violations.append(InvariantViolation("settlements-counted", "\(count) are open"))
        }
        return violations
    }

    private func stakerViolations(_ validator: String, _ offender: Offender, _ state: StateReader) throws(ModuleError)
        -> [InvariantViolation]
    {
        var violations: [InvariantViolation] = []
        var paid = Amount.zero
        let dating = try dating(state)
        try stakers.forEach(startingWith: validator, in: state) { (key, _) throws(ModuleError) in
            let stake = try stake(of: key.second, at: validator, in: state)
            paid = paid.saturatingAdding(stake.paid)
            guard offender.sweep == nil, try !dues.contains(key, in: state) else { return true }
            let due = try stake.due(for: offender.infractions, dating)
            if !due.amount.isZero || !stake.unpledging.isZero {
                violations.append(
                    InvariantViolation("nobody-escapes", "\(key.second) owes \(due.amount) for \(validator)")
                )
            }
            return true
        }
        if paid > offender.taken {
            violations.append(InvariantViolation("payments-add-up", "\(validator): \(paid), \(offender.taken)"))
        }
        return violations
    }
}
