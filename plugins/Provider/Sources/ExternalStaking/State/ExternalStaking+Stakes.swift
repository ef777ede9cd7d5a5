import ExternalStakingEvents
import ModuleKit

extension ExternalStaking {
    /// What a user has on a validator, as of now: if the channel was closed, or the validator tombstoned, with that applied.
    ///
    /// - Returns: an empty stake where there is none.
    func stake(of owner: Address, at validator: String, in state: some StateReading) throws(ModuleError) -> Stake {
        try current(try stakes.value(for: Pair(owner, validator), in: state) ?? Stake(), at: validator, state)
    }

    /// A stored stake with the closing of the channel and the tombstone of its validator applied, in the order in which
    /// they were.
    func current(_ stake: Stake, at validator: String, _ state: some StateReading) throws(ModuleError) -> Stake {
        guard !stake.isTombstoned,
            let tombstonedAt = try offenders.value(for: validator, in: state)?.tombstonedAt
        else { return try closing(stake, state) }
        var stake = stake
        let closedAt = try closedAt(state) ?? .max
        if closedAt < tombstonedAt { stake = try closing(stake, state) }
        stake.tombstone(releaseAt: try release(of: tombstonedAt, state))
        return try closing(stake, state)
    }

    /// A stored stake with the closing of the channel applied, where there was one.
    func closing(_ stake: Stake, _ state: some StateReading) throws(ModuleError) -> Stake {
        guard !stake.isClosed, let closedAt = try closedAt(state) else { return stake }
        var stake = stake
        stake.close(releaseAt: try release(of: closedAt, state))
        return stake
    }

    /// When the channel was closed; nil before.
    func closedAt(_ state: some StateReading) throws(ModuleError) -> Timestamp? {
        guard let pairing = try pairing.value(in: state), pairing.isClosed else { return nil }
        return Timestamp(nanoseconds: pairing.closedAt)
    }

    /// All stakes of a user by validator, as of now: at most `recordsMax`.
    func stakes(of owner: Address, in state: some StateReading) throws(ModuleError) -> [(
        validator: String, stake: Stake
    )] {
        var found: [(validator: String, stake: Stake)] = []
        try stakes.forEach(startingWith: owner, in: state) { (key, stake) throws(ModuleError) in
            found.append((key.second, try current(stake, at: key.second, state)))
            return true
        }
        return found
    }

    /// Changes what a user has on a validator, and all that is kept beside it: the validator's sums, and who has stake where.
    func change<Result>(
        _ stake: ExternalStakingStakeOwner,
        in state: StateWriter,
        _ body: (inout Stake) throws(ModuleError) -> Result
    ) throws(ModuleError) -> Result {
        let owner = try Address(bech32: stake.owner)
        let stored = try stakes.value(for: Pair(owner, stake.validator), in: state)
        var changed = try current(stored ?? Stake(), at: stake.validator, state)
        let result = try body(&changed)
        try settleRewards(of: &changed, since: stored?.committed ?? .zero, at: stake.validator, state)
        try replace(stored, by: changed.isEmpty ? nil : changed, of: owner, at: stake.validator, state)
        return result
    }

    /// Replaces a stored record.
    func replace(
        _ old: Stake?,
        by new: Stake?,
        of owner: Address,
        at validator: String,
        _ state: StateWriter
    ) throws(ModuleError) {
        let keys = (Pair(owner, validator), Pair(validator, owner))
        if let new {
            try stakes.set(new, for: keys.0, in: state)
            if old == nil { try stakers.set(Unit(), for: keys.1, in: state) }
        } else if old != nil {
            try stakes.remove(keys.0, in: state)
            try stakers.remove(keys.1, in: state)
        }
        try validatorTotals.update(validator, in: state) { (totals) throws(ModuleError) in
            var sums = totals ?? StakeTotals()
            try sums.replace(old, by: new)
            totals = sums.isEmpty ? nil : sums
        }
    }
}

extension ExternalStakingStakeOwner {
    /// Names a user and a validator.
    static func of(_ owner: String, _ validator: String) -> Self {
        .with {
            $0.owner = owner
            $0.validator = validator
        }
    }
}
