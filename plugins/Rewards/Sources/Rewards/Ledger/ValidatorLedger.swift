import ModuleKit
import RewardsEvents

/// What a validator has earned, and for whom.
///
/// Invariant: of each denomination, `outstanding` is the commission, the carry, and what its positions are owed, exactly.
struct ValidatorLedger: StoredValue, Hashable {
    /// What it has earned of one denomination.
    struct Entry: OfDenomination, Hashable {
        let denom: Denom
        /// What one unit of power had earned at the last settlement.
        var powerPoints: Decimal18 = .zero
        /// What one share has earned since the beginning.
        ///
        /// With 18 digits, like shares, so that what a position earns is exact in 36. Hence a unit for every 10^18 shares may be
        /// carried to who has stake later: dust of stake's own token, and more of one with fewer digits that a chain names.
        var sharePoints: Decimal18 = .zero
        /// What was too little to give each share a point.
        var carry: Decimal36 = .zero
        var commission: Decimal18 = .zero
        /// All that is settled and not paid.
        var outstanding: Decimal36 = .zero

        init(_ denom: Denom) { self.denom = denom }
    }

    var commissionRate: Decimal18 = .zero
    /// The sum of its positions' shares.
    var shares: Decimal18 = .zero
    var power: UInt64 = 0
    /// Whether it is gone, and only kept for what is still owed.
    var isRemoved = false
    var entries: [Entry] = []

    init() {}

    init(_ stored: RewardsValidator) throws(ModuleError) {
        commissionRate = try Decimal18(stored.commissionRate)
        shares = try Decimal18(stored.shares)
        power = stored.power
        isRemoved = stored.isRemoved
        entries = try Self.entries(stored.rewards)
    }

    static func entries(_ stored: [RewardsValidatorRewards]) throws(ModuleError) -> [Entry] {
        var entries: [Entry] = []
        for rewards in stored {
            var entry = Entry(try Denom(rewards.denom))
            entry.powerPoints = try Decimal18(rewards.powerPoints)
            entry.sharePoints = try Decimal18(rewards.sharePoints)
            entry.carry = try Decimal36(rewards.carry)
            entry.commission = try Decimal18(rewards.commission)
            entry.outstanding = try Decimal36(rewards.outstanding)
            entries.append(entry)
        }
        try entries.requireOrder()
        return entries
    }

    var stored: RewardsValidator {
        .with {
            $0.commissionRate = commissionRate.shortDescription
            $0.shares = shares.shortDescription
            $0.power = power
            $0.isRemoved = isRemoved
            $0.rewards = entries.map(\.stored)
        }
    }

    /// Whether anything is still owed.
    var owesNothing: Bool { entries.allSatisfy(\.outstanding.isZero) }

    /// The commission in whole units.
    func wholeCommission() throws(ModuleError) -> Coins {
        var coins = Coins.empty
        for entry in entries {
            coins = try coins.adding(Coin(try entry.commission.whole(rounding: .floor), entry.denom))
        }
        return coins
    }
}

extension ValidatorLedger.Entry {
    var stored: RewardsValidatorRewards {
        .with {
            $0.denom = denom.text
            $0.powerPoints = powerPoints.shortDescription
            $0.sharePoints = sharePoints.shortDescription
            $0.carry = carry.description
            $0.commission = commission.shortDescription
            $0.outstanding = outstanding.description
        }
    }
}
