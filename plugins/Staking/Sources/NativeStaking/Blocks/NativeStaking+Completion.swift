import ModuleKit
import StakingEvents

/// What a block's time brings to its end. Each queue is worked off in the order of its times; what is above the limit
/// waits for the next block.
extension NativeStaking {
    /// How many entries of each queue one block completes.
    static let completionsMax = 1_000

    func completeUnbondings(_ context: Context) throws(ModuleError) {
        try completeUnbondingValidators(context)
        try completeUnbondingDelegations(context)
        try completeRedelegations(context)
        try forgetRecalls(context)
    }

    private func completeUnbondingValidators(_ context: Context) throws(ModuleError) {
        for validator in try due(collections.unbondingValidators, context) {
            let stake = try collections.stake(of: validator, in: context)
            // A slash burns from the pool that it found; the status waits for its end.
            guard stake.slashesInProgress == 0 else { continue }
            try context.emit(.with { $0.validatorUnbonded.validator = text(ofOperator: validator, context) })
            try removeIfEmpty(validator, context)
        }
    }

    private func completeUnbondingDelegations(_ context: Context) throws(ModuleError) {
        let rules = try collections.currentRules(context)
        let now = context.block.time.nanoseconds
        for key in try due(collections.unbondingQueue, context) {
            let stake = try collections.stakes.value(for: key.second, in: context)
            guard stake?.slashesInProgress ?? 0 == 0 else { continue }
            let entries = try collections.unbondings.value(for: key, in: context)?.entries ?? []
            let matured = entries.filter { $0.completionTimeNanoseconds <= now }
            // A key that was due twice has nothing left.
            guard !matured.isEmpty else { continue }
            var amount = Amount.zero
            for entry in matured { amount = try amount.adding(try Amount(entry.balance)) }
            let delegator = try collections.delegator(key.first, in: context)
            try context.emit(
                .with {
                    $0.unbondingCompleted = .with {
                        $0.delegator = text(ofAccount: key.first, context)
                        $0.validator = text(ofOperator: key.second, context)
                        $0.amount = rules.coin(amount)
                        $0.timeNanoseconds = now
                        if let subAccount = delegator.subAccount { $0.subAccount = subAccount }
                    }
                }
            )
        }
    }

    private func completeRedelegations(_ context: Context) throws(ModuleError) {
        let now = context.block.time.nanoseconds
        for key in try due(collections.redelegationQueue, context) {
            // A slash in progress counts on the records that it found.
            let stake = try collections.stakes.value(for: key.source, in: context)
            guard stake?.slashesInProgress ?? 0 == 0 else { continue }
            guard try collections.redelegations.contains(key, in: context) else { continue }
            try context.emit(
                .with {
                    $0.redelegationCompleted = .with {
                        $0.delegator = text(ofAccount: key.delegator, context)
                        $0.source = text(ofOperator: key.source, context)
                        $0.destination = text(ofOperator: key.destination, context)
                        $0.timeNanoseconds = now
                    }
                }
            )
        }
    }

    /// What is due by the block's time, the earliest first.
    func due<Key>(_ queue: StateIndex<Timestamp, Key>, _ context: Context) throws(ModuleError) -> [Key] {
        let now = context.block.time
        var keys: [Key] = []
        try queue.forEach(in: context) { (time, key) throws(ModuleError) in
            guard time <= now, keys.count < Self.completionsMax else { return false }
            keys.append(key)
            return true
        }
        return keys
    }
}
