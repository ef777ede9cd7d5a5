import ModuleKit
import RewardsEvents

/// What a Cosmos chain owes by denomination: the community pool, and what validators have not paid.
struct OpeningBalance {
    /// What is owed of one denomination.
    struct Entry: OfDenomination {
        let denom: Denom
        var community: Decimal36 = .zero
        var outstanding: Decimal36 = .zero

        init(_ denom: Denom) { self.denom = denom }

        func total() throws(ModuleError) -> Decimal36 { try community.adding(outstanding) }
    }

    private(set) var entries: [Entry] = []

    init(community: [DecimalAmount]) throws(ModuleError) { try giveToCommunity(community) }

    mutating func giveToCommunity(_ coins: [DecimalAmount]) throws(ModuleError) {
        for coin in coins { try giveToCommunity([Fraction(denom: coin.denom, amount: try Decimal36(coin.amount))]) }
    }

    mutating func giveToCommunity(_ fractions: [Fraction]) throws(ModuleError) {
        for fraction in fractions {
            let old = entries[fraction.denom].community
            entries[fraction.denom].community = try old.adding(fraction.amount)
        }
    }

    mutating func add(_ rewards: [ValidatorLedger.Entry]) throws(ModuleError) {
        for reward in rewards {
            let old = entries[reward.denom].outstanding
            entries[reward.denom].outstanding = try old.adding(reward.outstanding)
        }
    }

    mutating func add(_ coins: Coins) throws(ModuleError) {
        for coin in coins {
            let old = entries[coin.denom].community
            entries[coin.denom].community = try old.adding(Decimal36(coin.amount))
        }
    }

    /// Takes what is beyond whole units from the community pool, as no account can hold it; whether there was any.
    ///
    /// - Throws: `rewardGenesisContradiction` where the community pool has less than that.
    mutating func dropFractions() throws(ModuleError) -> Bool {
        var isChanged = false
        for denom in entries.map(\.denom) {
            let total = try entries[denom].total()
            let fraction = try total.subtracting(Decimal36(try total.whole()))
            guard !fraction.isZero else { continue }
            guard fraction <= entries[denom].community else {
                throw ModuleError(
                    .rewardGenesisContradiction,
                    "$.app_state.distribution: \(total)\(denom) are owed in all, which is no whole number: mend a record"
                )
            }
            entries[denom].community = try entries[denom].community.subtracting(fraction)
            isChanged = true
        }
        return isChanged
    }

    /// What is owed in all.
    func coins() throws(ModuleError) -> Coins {
        var coins = Coins.empty
        for entry in entries { coins = try coins.adding(Coin(try entry.total().whole(), entry.denom)) }
        return coins
    }
}

extension OpeningBalance.Entry {
    /// What is recorded of the denomination; what came before counts as received.
    var stored: RewardsDenomination {
        get throws(ModuleError) {
            let held = try total().whole().description
            return .with {
                $0.communityPool = community.description
                $0.held = held
                $0.received = held
                $0.paid = "0"
            }
        }
    }
}

/// What one validator owes, as it is attributed to its delegations.
struct ValidatorOpening {
    /// The carry is what is not attributed yet.
    private(set) var entries: [ValidatorLedger.Entry] = []

    /// - Throws: `rewardGenesisContradiction` when the commission is above what is outstanding.
    init(_ records: DistributionGenesis.Validator) throws(ModuleError) {
        for coin in records.outstanding {
            var entry = ValidatorLedger.Entry(coin.denom)
            entry.commission = records.commission[coin.denom].amount
            entry.outstanding = try Decimal36(coin.amount)
            guard entry.commission <= coin.amount else { throw Self.commissionTooLarge }
            entry.carry = try Decimal36(try coin.amount.subtracting(entry.commission))
            entries[coin.denom] = entry
        }
        for coin in records.commission where !coin.amount.isZero && !entries.contains(coin.denom) {
            throw Self.commissionTooLarge
        }
    }

    private static var commissionTooLarge: ModuleError {
        ModuleError(
            .rewardGenesisContradiction,
            "$.app_state.distribution: a validator's commission is above its outstanding rewards: mend one of them"
        )
    }

    /// Gives a delegation what it has earned, and never more than what is left, as roundings of the chain may have it.
    mutating func attribute(_ earned: [DecimalAmount]) throws(ModuleError) -> [Position.Entry] {
        var given: [Position.Entry] = []
        for coin in earned {
            guard entries.contains(coin.denom) else { continue }
            var entry = Position.Entry(coin.denom)
            entry.accrued = min(try Decimal36(coin.amount), entries[coin.denom].carry)
            guard !entry.accrued.isZero else { continue }
            entries[coin.denom].carry = try entries[coin.denom].carry.subtracting(entry.accrued)
            given[coin.denom] = entry
        }
        return given
    }

    /// Gives up what is not attributed.
    mutating func giveUpRest() throws(ModuleError) -> [Fraction] {
        var given: [Fraction] = []
        for denom in entries.map(\.denom) {
            let rest = entries[denom].carry
            given.add(rest, denom)
            entries[denom].outstanding = try entries[denom].outstanding.subtracting(rest)
            entries[denom].carry = .zero
        }
        return given
    }
}
