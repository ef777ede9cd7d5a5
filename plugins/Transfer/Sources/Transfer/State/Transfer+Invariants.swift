import IBC
public import ModuleKit
import TransferEvents

extension Transfer {
    /// What must always hold: escrows of channels add up to their totals, nothing of zero is stored, every voucher's name is
    /// the hash of its path, and no call is left without an answer.
    ///
    /// A walk over everything: for audits and tests. It is to be asked between transactions, because within one a call may
    /// be under way.
    public func invariants(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        try escrowViolations(state) + traceViolations(state) + hookViolations(state)
    }

    private func escrowViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var violations: [InvariantViolation] = []
        var sums: [Denom: Amount] = [:]
        try escrowed.forEach(in: state) { (key, amount) throws(ModuleError) in
            if amount.isZero {
                violations.append(
                    InvariantViolation("escrows-above-zero", "\(key.first) has an entry of 0\(key.second)")
                )
            }
            sums[key.second] = (sums[key.second] ?? .zero).saturatingAdding(amount)
            return true
        }
        try escrowTotals.forEach(in: state) { (denom, total) throws(ModuleError) in
            let sum = sums.removeValue(forKey: denom) ?? .zero
            if sum != total || total.isZero {
                violations.append(
                    InvariantViolation("escrows-add-up", "channels hold \(sum)\(denom), the total is \(total)")
                )
            }
            return true
        }
        for denom in sums.keys.sorted() {
            violations.append(InvariantViolation("escrows-add-up", "\(denom) is in escrow and has no total"))
        }
        return violations
    }

    private func traceViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var violations: [InvariantViolation] = []
        try traces.forEach(in: state) { (denom, stored) throws(ModuleError) in
            let trace = try ModuleError.transferring { () throws(IBCError) in
                try DenominationTrace(path: stored.path)
            }
            if trace.denomination != denom.text || trace.base != stored.base || trace.isNative {
                violations.append(InvariantViolation("traces-name-vouchers", "\(denom) is not of \(trace)"))
            }
            return true
        }
        return violations
    }

    private func hookViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        let open = try openHooks.entries(in: state, limit: 1)
        return open.map {
            InvariantViolation("hooks-answered", "packet \($0.key.second) of \($0.key.first) waits for an answer")
        }
    }
}
