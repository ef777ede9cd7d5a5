import ModuleKit

extension DistributionGenesis.Validator {
    /// What a delegation has earned, by the records; nil where one of them is missing.
    ///
    /// As the Cosmos SDK does (`calculateDelegationRewards`, SDK 0.50): from slash to slash the stake times the growth of the ratio,
    /// each product rounded down, and the stake that it has now, which it may not exceed.
    ///
    /// - Parameters:
    ///   - tokens: what the validator has.
    ///   - worth: what the delegation's shares are worth of it.
    func earned(since start: DistributionGenesis.Start, tokens: Amount, worth: Decimal18) throws(ModuleError)
        -> [DecimalAmount]?
    {
        guard let period, period > 0, var last = ratios[period - 1], var ratio = ratios[start.period] else {
            return nil
        }
        if !tokens.isZero {
            for coin in current {
                let grown = try coin.amount.dividing(by: Decimal18(tokens), rounding: .floor)
                last[coin.denom].amount = try last[coin.denom].amount.adding(grown)
            }
        }
        var stake = start.stake
        var rewards: [DecimalAmount] = []
        for slash in slashes where slash.height >= start.height && slash.period > start.period {
            guard let next = ratios[slash.period] else { return nil }
            try Self.add(stake, from: ratio, to: next, &rewards)
            stake = try stake.multiplied(by: try Decimal18.one.subtracting(slash.fraction), rounding: .floor)
            ratio = next
        }
        try Self.add(min(stake, worth), from: ratio, to: last, &rewards)
        return rewards
    }

    private static func add(
        _ stake: Decimal18,
        from old: [DecimalAmount],
        to new: [DecimalAmount],
        _ rewards: inout [DecimalAmount]
    ) throws(ModuleError) {
        for coin in new {
            let growth = try coin.amount.subtracting(old[coin.denom].amount)
            let reward = try stake.multiplied(by: growth, rounding: .floor)
            rewards[coin.denom].amount = try rewards[coin.denom].amount.adding(reward)
        }
    }
}
