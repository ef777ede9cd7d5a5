import ModuleKit
import StakingEvents

extension StakingState {
    /// Takes over the powers, and with them who is bonded: a validator enters with a power, and leaves with none.
    func apply(_ event: StakingValidatorSetUpdated, to state: StateWriter) throws(ModuleError) {
        var totals = try currentTotals(state)
        for update in event.updates {
            let validator = try Address(bech32: update.validator)
            if update.power == 0 {
                try powers.remove(validator, in: state)
            } else {
                try powers.set(update.power, for: validator, in: state)
            }
            try record(update.power, of: validator, at: event.height, since: event.historyStartHeight, in: state)
            try move(validator, isActive: update.power > 0, event, &totals, in: state)
        }
        totals.power = event.totalPower
        try self.totals.set(totals, in: state)
        try recordTotal(event.totalPower, at: event.height, since: event.historyStartHeight, in: state)
    }

    /// Changes a validator's status as it enters or leaves the active set.
    private func move(
        _ validator: Address,
        isActive: Bool,
        _ event: StakingValidatorSetUpdated,
        _ totals: inout PoolTotals,
        in state: StateWriter
    ) throws(ModuleError) {
        let old = try stake(of: validator, in: state)
        guard old.isBonded != isActive else { return }
        try totals.move(old.tokens, from: StakingPool(isBonded: !isActive), to: StakingPool(isBonded: isActive))
        var new = old
        if isActive {
            if old.status == .unbonding {
                try unbondingValidators.move(validator, from: old.unbondingTime, to: nil, in: state)
            }
            new.status = .bonded
            new.unbondingHeight = 0
            new.unbondingTime = .epoch
        } else {
            new.status = .unbonding
            new.unbondingHeight = event.height
            new.unbondingTime = Timestamp(nanoseconds: event.unbondingTimeNanoseconds)
            try unbondingValidators.move(validator, from: nil, to: new.unbondingTime, in: state)
        }
        try stakes.set(new, for: validator, in: state)
    }

    /// Records a validator's power from a height on, and forgets what no height that is kept needs.
    ///
    /// One more entry comes, and two at most go, so the history of a busy validator stays in bounds.
    private func record(
        _ power: UInt64,
        of validator: Address,
        at height: UInt64,
        since start: UInt64,
        in state: StateWriter
    ) throws(ModuleError) {
        try powerHistory.set(power, for: Pair(validator, DescendingHeight(height)), in: state)
        var oldest: [DescendingHeight] = []
        try powerHistory.forEach(startingWith: validator, in: state, reversed: true) { (key, _) throws(ModuleError) in
            oldest.append(key.second)
            return oldest.count < 3
        }
        for (entry, next) in zip(oldest, oldest.dropFirst()) where next.height <= start {
            try powerHistory.remove(Pair(validator, entry), in: state)
        }
    }

    private func recordTotal(_ power: UInt64, at height: UInt64, since start: UInt64, in state: StateWriter)
        throws(ModuleError)
    {
        try totalPowerHistory.set(power, for: DescendingHeight(height), in: state)
        let oldest = try totalPowerHistory.entries(in: state, reversed: true, limit: 3).map(\.key)
        for (entry, next) in zip(oldest, oldest.dropFirst()) where next.height <= start {
            try totalPowerHistory.remove(entry, in: state)
        }
    }
}
