import ModuleKit
import StakingEvents

/// The active set: the validators with the most power that are not jailed, `max_validators` at most.
///
/// The order of changes is that of the Cosmos SDK (`ApplyAndReturnValidatorSetUpdates`): by power from the highest, the
/// lower operator first among equals, then those that left, by operator.
extension NativeStaking {
    /// How many changes one event carries.
    static let updatesMax = 256

    /// Records how the active set differs from what the consensus engine knows.
    ///
    /// An instance that may not set the chain's validators has no active set: its validators stay unbonded.
    func updateActiveSet(_ context: Context) throws(ModuleError) {
        guard try context.isGranted(.setValidators) else { return }
        let rules = try collections.currentRules(context)
        var changes: [PowerChange] = []
        var total: UInt64 = 0
        var active: Set<Address> = []
        try collections.validatorsByPower.forEach(in: context) { (rank, _) throws(ModuleError) in
            guard rank.power > 0, active.count < Int(rules.maxValidators) else { return false }
            active.insert(rank.validator)
            total = UInt64(clamping: UInt128(total) + UInt128(rank.power))
            if try collections.powers.value(for: rank.validator, in: context) != rank.power {
                changes.append(PowerChange(validator: rank.validator, power: rank.power))
            }
            return true
        }
        try collections.powers.forEach(in: context) { (validator, _) throws(ModuleError) in
            if !active.contains(validator) { changes.append(PowerChange(validator: validator, power: 0)) }
            return true
        }
        try record(changes, total: total, rules, context)
    }

    /// Records changes of powers, in events of bounded size, with the coins that change the pool for them.
    func record(_ changes: [PowerChange], total: UInt64, _ rules: StakingRules, _ context: Context)
        throws(ModuleError)
    {
        var rest = changes[...]
        while !rest.isEmpty {
            let part = rest.prefix(Self.updatesMax)
            rest = rest.dropFirst(Self.updatesMax)
            try context.emit(try update(Array(part), total: total, rules, context))
        }
    }

    private func update(_ changes: [PowerChange], total: UInt64, _ rules: StakingRules, _ context: Context)
        throws(ModuleError) -> StakingEvent
    {
        var bonded = Amount.zero
        var unbonded = Amount.zero
        var updates: [StakingPowerUpdate] = []
        for change in changes {
            let stake = try collections.stake(of: change.validator, in: context)
            let profile = try collections.profile(of: change.validator, in: context)
            if change.power > 0, !stake.isBonded { bonded = try bonded.adding(stake.tokens) }
            if change.power == 0, stake.isBonded { unbonded = try unbonded.adding(stake.tokens) }
            updates.append(
                .with {
                    $0.validator = text(ofOperator: change.validator, context)
                    $0.consensusKey = profile.consensusKey
                    $0.power = change.power
                }
            )
        }
        let isMovedIntoBonded = bonded >= unbonded
        let moved = isMovedIntoBonded ? try bonded.subtracting(unbonded) : try unbonded.subtracting(bonded)
        let height = context.block.height
        let kept = UInt64(rules.historicalEntries)
        let end = try context.block.time.adding(rules.unbondingTime)
        return .with {
            $0.validatorSetUpdated = .with {
                $0.height = height
                $0.updates = updates
                $0.totalPower = total
                $0.unbondingTimeNanoseconds = end.nanoseconds
                if !moved.isZero { $0.moved = rules.coin(moved) }
                $0.isMovedIntoBonded = isMovedIntoBonded
                $0.historyStartHeight = height > kept ? height - kept : 0
            }
        }
    }
}

/// A validator's new power; zero when it leaves the active set.
struct PowerChange: Hashable {
    let validator: Address
    let power: UInt64
}
