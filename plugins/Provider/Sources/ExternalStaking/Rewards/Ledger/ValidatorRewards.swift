import ExternalStakingEvents
import ModuleKit

/// What the stake on one validator has earned, by denomination.
struct ValidatorRewards: Hashable, Sendable {
    /// What it has earned of one denomination.
    struct Entry: KeptByDenomination {
        /// What one unit of stake has earned since the beginning.
        ///
        /// Stake in a token of 18 digits has so many units that 18 digits would carry whole units of rewards, and give a part of
        /// them to who stakes later. With 36, less than one is carried.
        var points = Decimal36.zero
        var totals = RewardTotals()
    }

    var entries = DenominationMap<Entry>()
}

extension ValidatorRewards.Entry {
    /// Shares an amount out among the units of a stake above zero, whoever has them: the work does not depend on how many
    /// stakers there are. What is too little for a point each is carried to the next distribution.
    ///
    /// - Throws: `arithmeticOverflow` beyond the bound of what is ever received, which the caller has checked.
    mutating func share(_ amount: Amount, among stake: Amount) throws(ModuleError) {
        let (added, carry) = try Decimal36(amount).adding(totals.carry).shared(among: stake)
        totals.received = try totals.received.adding(amount)
        totals.carry = carry
        points = try points.adding(added)
    }

    /// Gives an amount to the community.
    mutating func giveAway(_ amount: Amount) throws(ModuleError) {
        totals.received = try totals.received.adding(amount)
        totals.community = try totals.community.adding(amount)
    }
}

extension ValidatorRewards: StoredValue {
    init(_ stored: ExternalStakingStoredValidatorRewards) throws(ModuleError) {
        for reward in stored.rewards {
            let totals = try RewardTotals(reward.totals)
            try entries.append(Entry(points: try Decimal36(reward.points), totals: totals), reward.denom)
        }
    }

    var stored: ExternalStakingStoredValidatorRewards {
        .with {
            $0.rewards = entries.elements.map { entry in
                .with {
                    $0.denom = entry.denom.text
                    $0.points = entry.value.points.description
                    $0.totals = entry.value.totals.stored
                }
            }
        }
    }
}
