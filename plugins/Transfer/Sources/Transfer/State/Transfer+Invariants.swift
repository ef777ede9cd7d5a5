import IBC
public import ModuleKit
import TransferEvents

extension Transfer {
    /// What must always hold: escrows of channels add up to their totals, nothing of zero is stored, escrow accounts with
    /// tokens are claimed, every voucher's name is the hash of its path, refunds that are owed are each of one packet, an
    /// order is of one packet that was sent and is not settled, and no call is left without an answer.
    ///
    /// Tokens that are owed out of an escrow are part of it, and vouchers that are owed are not part of the supply. Whether
    /// an escrow covers what is owed is no invariant: another chain that says of a packet both that it came and that it did
    /// not can claim the tokens first.
    ///
    /// A walk over everything: for audits and tests. It is to be asked between transactions, because within one a call may
    /// be under way.
    public func invariants(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        try escrowViolations(state) + traceViolations(state) + refundViolations(state) + orderViolations(state)
            + hookViolations(state)
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
            if try !claimedEscrows.contains(key.first, in: state) {
                violations.append(
                    InvariantViolation("escrows-claimed", "\(key.first) holds tokens in an account that is not claimed")
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

    private func refundViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var violations: [InvariantViolation] = []
        try owedRefunds.forEach(in: state) { (key, refund) throws(ModuleError) in
            let coin = try refund.parcel.token.coin()
            let isInPlace = key.isSameKey(as: Pair(refund.parcel.channelID, refund.parcel.sequence))
            let isVoucher = coin.denom.text.utf8.starts(with: DenominationTrace.voucherPrefix.utf8)
            if !isInPlace || coin.amount.isZero || refund.wasBurned && !isVoucher {
                violations.append(
                    InvariantViolation("refunds-owed", "packet \(key.second) of \(key.first) is owed \(coin)")
                )
            }
            return true
        }
        return violations
    }

    private func orderViolations(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var violations: [InvariantViolation] = []
        try openOrders.forEach(in: state) { (key, order) throws(ModuleError) in
            let isOwed = try owedRefunds.contains(key, in: state)
            if isOwed || key.second == 0 || order.instanceNumber == 0 {
                violations.append(
                    InvariantViolation(
                        "orders-under-way",
                        "packet \(key.second) of \(key.first) is settled or was never sent"
                    )
                )
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
