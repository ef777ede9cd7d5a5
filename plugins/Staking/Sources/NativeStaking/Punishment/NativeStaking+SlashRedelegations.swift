import ModuleKit
import StakingEvents

extension NativeStaking {
    /// Slashes the coins that were redelegated from a validator; false when the budget ended before the records did.
    func visitRedelegations(
        _ slash: SlashScope,
        after start: Pair<Address, Address>?,
        _ budget: inout Int,
        _ context: Context
    ) throws(ModuleError) -> Bool {
        var records: [Pair<Address, Address>] = []
        let limit = budget
        var isComplete = true
        try collections.walk(collections.redelegationsBySource, at: slash.validator, after: start, in: context) {
            (record) throws(ModuleError) in
            isComplete = records.count < limit
            if isComplete { records.append(record) }
            return isComplete
        }
        budget -= records.count
        for record in records {
            try slashRedelegation(slash, RedelegationKey(record.first, slash.validator, record.second), context)
        }
        if !isComplete {
            let last = records.last ?? start
            try context.emit(
                .with {
                    $0.slashContinued = .with {
                        $0.slash = slash.number
                        $0.isInRedelegations = true
                        $0.delegator = last.map { text(ofAccount: $0.first, context) } ?? ""
                        $0.destination = last.map { text(ofOperator: $0.second, context) } ?? ""
                    }
                }
            )
        }
        return isComplete
    }

    /// Takes a redelegation's part: first from coins that are unbonding from the destination, then from the delegation.
    private func slashRedelegation(_ slash: SlashScope, _ key: RedelegationKey, _ context: Context)
        throws(ModuleError)
    {
        let entries = try collections.redelegations.value(for: key, in: context)?.entries ?? []
        let held = DelegationKey(key.delegator, key.destination)
        var debt = RedelegationDebt(
            slash,
            unbondings: try collections.unbondings.value(for: held, in: context)?.entries ?? [],
            shares: try collections.delegations.value(for: held, in: context)?.shares ?? .zero
        )
        for entry in entries where slash.reaches(entry.creationHeight, dueAt: entry.completionTimeNanoseconds) {
            try debt.charge(entry)
        }
        guard !debt.credited.isZero else { return }
        let stake = try collections.stakes.value(for: key.destination, in: context)
        let burned = debt.shares.isZero ? Amount.zero : try stake?.payout(for: debt.shares) ?? .zero
        let subAccount = try collections.delegator(key.delegator, in: context).subAccount
        try context.emit(
            .with {
                $0.redelegationSlashed = .with {
                    $0.slash = slash.number
                    $0.delegator = text(ofAccount: key.delegator, context)
                    $0.source = text(ofOperator: key.source, context)
                    $0.destination = text(ofOperator: key.destination, context)
                    $0.cuts = debt.cuts
                    $0.unbondingBurned = slash.rules.coin(debt.unbondingBurned)
                    $0.shares = debt.shares.description
                    $0.burned = slash.rules.coin(burned)
                    $0.isDestinationBonded = stake?.isBonded ?? false
                    $0.credited = debt.credited.description
                    if let subAccount { $0.subAccount = subAccount }
                }
            }
        )
        if stake != nil { try removeIfEmpty(key.destination, context) }
    }
}

/// What one redelegation owes to a slash, and from where it is taken.
private struct RedelegationDebt {
    let slash: SlashScope
    private let unbondings: [StakingUnbondingEntry]
    private let held: Decimal18
    private var taken: [Amount]

    /// What the validator that is slashed has to pay less.
    private(set) var credited = Amount.zero
    private(set) var unbondingBurned = Amount.zero
    /// The shares that the delegation loses.
    private(set) var shares = Decimal18.zero

    init(_ slash: SlashScope, unbondings: [StakingUnbondingEntry], shares held: Decimal18) {
        self.slash = slash
        self.unbondings = unbondings
        self.held = held
        taken = [Amount](repeating: .zero, count: unbondings.count)
    }

    mutating func charge(_ entry: StakingRedelegationEntry) throws(ModuleError) {
        var rest = try slash.part(of: entry.initialBalance)
        credited = try credited.adding(rest)
        for (index, unbonding) in unbondings.enumerated()
        where slash.reaches(unbonding.creationHeight, dueAt: unbonding.completionTimeNanoseconds) {
            let left = try Amount(unbonding.balance).subtracting(taken[index])
            let cut = min(rest, left)
            taken[index] = try taken[index].adding(cut)
            unbondingBurned = try unbondingBurned.adding(cut)
            rest = try rest.subtracting(cut)
        }
        guard !rest.isZero else { return }
        let part = try Decimal18(entry.destinationShares).multiplied(by: slash.fraction, rounding: .floor)
        shares = min(held, try shares.adding(part))
    }

    var cuts: [StakingEntryCut] {
        taken.enumerated().compactMap { $1.isZero ? nil : StakingEntryCut(entry: $0, $1) }
    }
}
