import ModuleKit

/// How a cut of a lien is shared among the validators on which a user has staked.
enum CutShares {
    /// A part of a lien, or of its cut.
    struct Part: Hashable {
        let validator: String
        var amount: Amount
    }

    /// Shares a cut: all that the named validator has first, and the rest by the sizes of the others, rounded down.
    /// Units that rounding leaves go to the largest, one each, those of one size by the order of their texts.
    ///
    /// - Parameters:
    ///   - amount: what is to be cut.
    ///   - parts: what there is, by validator, each once.
    ///   - first: the validator whose slash it is; nil where it was another lien's.
    /// - Returns: no part above what there is, none of zero, in the order of `parts`; together `amount`, or all there
    ///   is.
    static func of(_ amount: Amount, over parts: [Part], first: String?) throws(ModuleError) -> [Part] {
        var shares = parts.map { Part(validator: $0.validator, amount: .zero) }
        var rest = amount
        if let first, let index = parts.firstIndex(where: { $0.validator.isSameKey(as: first) }) {
            shares[index].amount = min(rest, parts[index].amount)
            rest = rest.saturatingSubtracting(shares[index].amount)
        }
        let others = parts.indices.filter { shares[$0].amount.isZero && !parts[$0].amount.isZero }
        let total = others.reduce(Amount.zero) { $0.saturatingAdding(parts[$1].amount) }
        rest = min(rest, total)
        guard !rest.isZero else { return shares.filter { !$0.amount.isZero } }
        var left = rest
        for index in others {
            let share = try rest.multiplied(by: parts[index].amount, over: total, rounding: .floor)
            shares[index].amount = share
            left = left.saturatingSubtracting(share)
        }
        // Fewer units are left than there are parts that were rounded, and each of these has room for one.
        let largestFirst = others.sorted { left, right in
            parts[left].amount == parts[right].amount ? left < right : parts[left].amount > parts[right].amount
        }
        for index in largestFirst where !left.isZero && shares[index].amount < parts[index].amount {
            shares[index].amount = shares[index].amount.saturatingAdding(.one)
            left = left.saturatingSubtracting(.one)
        }
        return shares.filter { !$0.amount.isZero }
    }
}
