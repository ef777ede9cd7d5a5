import ModuleKit
import RewardsEvents

/// What one delegation has earned. It outlives the delegation as long as something is owed.
struct Position: StoredValue, Hashable {
    /// What it has earned of one denomination.
    struct Entry: OfDenomination, Hashable {
        let denom: Denom
        /// What one share of the validator had earned at the last settlement.
        var sharePoints: Decimal18 = .zero
        /// What was settled and not paid.
        var accrued: Decimal36 = .zero

        init(_ denom: Denom) { self.denom = denom }
    }

    var shares: Decimal18 = .zero
    var entries: [Entry] = []

    init() {}

    init(_ stored: RewardsPosition) throws(ModuleError) {
        shares = try Decimal18(stored.shares)
        entries = try Self.entries(stored.rewards)
    }

    static func entries(_ stored: [RewardsPositionRewards]) throws(ModuleError) -> [Entry] {
        var entries: [Entry] = []
        for rewards in stored {
            var entry = Entry(try Denom(rewards.denom))
            entry.sharePoints = try Decimal18(rewards.sharePoints)
            entry.accrued = try Decimal36(rewards.accrued)
            entries.append(entry)
        }
        try entries.requireOrder()
        return entries
    }

    var stored: RewardsPosition {
        .with {
            $0.shares = shares.shortDescription
            $0.rewards = entries.map(\.stored)
        }
    }

    /// Takes what the shares have earned since the last settlement; to be called with a settled validator, and before the
    /// shares change.
    mutating func settle(with validator: ValidatorLedger) throws(ModuleError) {
        for earned in validator.entries where !earned.sharePoints.isZero {
            var entry = entries[earned.denom]
            let points = try earned.sharePoints.subtracting(entry.sharePoints)
            entry.sharePoints = earned.sharePoints
            entry.accrued = try entry.accrued.adding(try Decimal36(shares, times: points))
            entries[earned.denom] = entry
        }
    }

    /// What can be paid: whole units, never more than what is owed.
    func payable() throws(ModuleError) -> Coins {
        var coins = Coins.empty
        for entry in entries { coins = try coins.adding(Coin(try entry.accrued.whole(), entry.denom)) }
        return coins
    }

    /// Notes that coins were paid.
    mutating func pay(_ coins: Coins) throws(ModuleError) {
        for coin in coins {
            var entry = entries[coin.denom]
            entry.accrued = try entry.accrued.subtracting(Decimal36(coin.amount))
            entries[coin.denom] = entry
        }
    }

    /// Whether the delegation has ended and less than one unit is left of everything.
    func isOver() throws(ModuleError) -> Bool {
        guard shares.isZero else { return false }
        return try payable().isEmpty
    }

    /// What is left, in fractions.
    var rest: [Fraction] {
        var fractions: [Fraction] = []
        for entry in entries { fractions.add(entry.accrued, entry.denom) }
        return fractions
    }
}

extension Position.Entry {
    var stored: RewardsPositionRewards {
        .with {
            $0.denom = denom.text
            $0.sharePoints = sharePoints.shortDescription
            $0.accrued = accrued.description
        }
    }
}
