import BankEvents
public import ModuleKit

extension Bank {
    /// What must always hold: balances add up to the supply, nothing of zero is stored, no supply is reported below zero.
    ///
    /// A walk over all balances: for audits and tests. It is to be asked between transactions, because within one the
    /// offset of a supply and the coins move one after the other.
    public func invariants(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var violations: [InvariantViolation] = []
        var sums: [Denom: Amount] = [:]
        try balances.forEach(in: state) { (key, amount) throws(ModuleError) in
            if amount.isZero {
                violations.append(InvariantViolation("balances-above-zero", "\(key.first) holds 0\(key.second)"))
            }
            sums[key.second] = (sums[key.second] ?? .zero).saturatingAdding(amount)
            return true
        }
        try supply.forEach(in: state) { (denom, amount) throws(ModuleError) in
            let sum = sums.removeValue(forKey: denom) ?? .zero
            if sum != amount {
                violations.append(
                    InvariantViolation("supply-equals-balances", "balances of \(denom) are \(sum), supply is \(amount)")
                )
            }
            return true
        }
        for denom in sums.keys.sorted() {
            violations.append(InvariantViolation("supply-equals-balances", "\(denom) has balances and no supply"))
        }
        try supplyOffsets.forEach(in: state) { (denom, offset) throws(ModuleError) in
            let existing = try supply.value(for: denom, in: state) ?? .zero
            if offset.isNegative, offset.magnitude > existing {
                violations.append(
                    InvariantViolation("reported-supply-not-negative", "\(existing)\(denom) exist, offset is \(offset)")
                )
            }
            return true
        }
        return violations
    }
}
