import LocalStakingEvents
public import ModuleKit

extension LocalStaking {
    /// What must always hold: no account is empty, no more is leaving than is forfeit, all that is leaving, and all that slashes can reach, is listed and
    /// nothing else is, nobody has stake before a vault has asked for it, and no order is left without an answer.
    ///
    /// A walk over everything, to be asked between transactions.
    public func invariants(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var violations: [InvariantViolation] = []
        var listed = 0
        var reachable = 0
        let isBound = try binding.value(in: state) != nil
        try accounts.forEach(in: state) { (owner, account) throws(ModuleError) in
            if account.stakes.isEmpty || !isBound {
                violations.append(InvariantViolation("accounts-have-stake", "\(owner) has \(account.lien)"))
            }
            if account.stakes.count > Self.validatorsMax {
                violations.append(InvariantViolation("validators-limited", "\(owner) has \(account.stakes.count)"))
            }
            for stake in account.stakes {
                if stake.leaving > stake.forfeit {
                    violations.append(
                        InvariantViolation(
                            "leaving-is-forfeit",
                            "\(owner) at \(stake.validator): \(stake.leaving) of \(stake.forfeit)"
                        )
                    )
                }
                if stake.isExposed { reachable += 1 }
                if try exposed.contains(Pair(stake.validator, owner), in: state) != stake.isExposed {
                    violations.append(InvariantViolation("exposed-listed", "\(owner) at \(stake.validator)"))
                }
                guard !stake.leaving.isZero else { continue }
                listed += 1
                if try !leaving.contains(Pair(owner, stake.validator), in: state) {
                    violations.append(InvariantViolation("leaving-listed", "\(owner) at \(stake.validator) is not"))
                }
            }
            return true
        }
        var count = 0
        try leaving.forEach(in: state) { (_, _) throws(ModuleError) in
            count += 1
            return true
        }
        if try leavingCount.value(in: state) ?? 0 != count {
            violations.append(InvariantViolation("leaving-listed", "\(count) are listed, and not counted as many"))
        }
        if count != listed {
            violations.append(InvariantViolation("leaving-listed", "\(count) are listed, \(listed) are leaving"))
        }
        try exposed.forEach(in: state) { (_, _) throws(ModuleError) in
            reachable -= 1
            return true
        }
        if reachable != 0 {
            violations.append(InvariantViolation("exposed-listed", "\(reachable) more can be reached than are listed"))
        }
        if let order = try openOrder.value(in: state) {
            violations.append(InvariantViolation("orders-answered", "one of \(order.owner) waits for an answer"))
        }
        return violations
    }
}
