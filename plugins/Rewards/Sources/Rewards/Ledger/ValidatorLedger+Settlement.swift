import ModuleKit

extension ValidatorLedger {
    /// Takes what the power has earned since the last settlement: the commission at the rate in force, and the rest for the
    /// shares that there are.
    ///
    /// So it has to be called before the power, the rate or the shares change.
    ///
    /// - Returns: what nobody can be given, because there is no share, or because the points would not fit. It is no longer
    ///   this validator's.
    mutating func settle(_ index: PowerIndex) throws(ModuleError) -> [Fraction] {
        var lost: [Fraction] = []
        for earned in index.entries {
            var entry = entries[earned.denom]
            let points = try earned.points.subtracting(entry.powerPoints)
            entry.powerPoints = earned.points
            let reward = try points.multiplied(by: Amount(UInt128(power)))
            if !reward.isZero { lost.add(try entry.take(reward, commissionRate, shares), entry.denom) }
            entries[earned.denom] = entry
        }
        return lost
    }

    /// Notes that coins of a denomination were paid, or fractions given away.
    mutating func release(_ amount: Decimal36, of denom: Denom) throws(ModuleError) {
        guard !amount.isZero else { return }
        var entry = entries[denom]
        entry.outstanding = try entry.outstanding.subtracting(amount)
        entries[denom] = entry
    }

    /// Notes that the commission was paid in whole units.
    mutating func payCommission(_ coins: Coins) throws(ModuleError) {
        for coin in coins {
            var entry = entries[coin.denom]
            entry.commission = try entry.commission.subtracting(Decimal18(coin.amount))
            entries[coin.denom] = entry
            try release(Decimal36(coin.amount), of: coin.denom)
        }
    }

    /// Gives the fractions away that nobody has a claim to once the validator is gone: of the commission, and the carry.
    mutating func giveUpFractions() throws(ModuleError) -> [Fraction] {
        var given: [Fraction] = []
        for denom in entries.map(\.denom) {
            var entry = entries[denom]
            let rest = try entry.carry.adding(try Decimal36(entry.commission))
            entry.carry = .zero
            entry.commission = .zero
            entries[denom] = entry
            try release(rest, of: denom)
            given.add(rest, denom)
        }
        return given
    }
}

extension ValidatorLedger.Entry {
    /// Takes a reward in; gives back what can't be shared out.
    fileprivate mutating func take(_ reward: Decimal18, _ rate: Decimal18, _ shares: Decimal18) throws(ModuleError)
        -> Decimal36
    {
        let part = try reward.multiplied(by: rate, rounding: .floor)
        commission = try commission.adding(part)
        let rest = try Decimal36(try reward.subtracting(part))
        let isShared = try share(rest, among: shares)
        outstanding = try outstanding.adding(isShared ? Decimal36(reward) : Decimal36(part))
        return isShared ? .zero : rest
    }

    private mutating func share(_ amount: Decimal36, among shares: Decimal18) throws(ModuleError) -> Bool {
        guard !shares.isZero else { return false }
        let (points, remainder) = try amount.adding(carry).quotientAndRemainder(dividingBy: shares)
        guard let sum = try? sharePoints.adding(points) else { return false }
        sharePoints = sum
        carry = remainder
        return true
    }
}
