import ExternalStakingEvents
import ModuleKit

/// What stakes have earned, as of now. A stake's part is computed when its committed amount changes, or when somebody asks:
/// nothing here walks over stakers.
extension ExternalStaking {
    /// The token in which the consumer pays rewards, by its own name: what it holds is counted under it.
    func heldDenom(_ state: some StateReading) throws(ModuleError) -> Denom {
        try Denom(try requireSettings(state).rewardsDenom)
    }

    /// What became of the rewards of one denomination.
    func rewardLedger(_ denom: Denom, _ state: some StateReading) throws(ModuleError) -> RewardLedgers.Entry {
        try rewardLedgers.value(in: state)?.entries[denom] ?? RewardLedgers.Entry()
    }

    /// What a stake has earned, settled as of now.
    ///
    /// - Returns: nothing where there is no stake.
    func rewards(of owner: Address, at validator: String, in state: some StateReading) throws(ModuleError)
        -> StakeRewards
    {
        guard let stored = try stakes.value(for: Pair(owner, validator), in: state) else { return StakeRewards() }
        return try rewards(of: stored, at: validator, in: state)
    }

    /// What a stored stake has earned, settled as of now.
    ///
    /// The closing of the channel may not be in the record yet. Nothing was earned since, so it makes no difference.
    func rewards(of stored: Stake, at validator: String, in state: some StateReading) throws(ModuleError)
        -> StakeRewards
    {
        var rewards = stored.rewards
        if let earned = try validatorRewards.value(for: validator, in: state) {
            try rewards.settle(stored.committed, becoming: stored.committed, with: earned)
        }
        return rewards
    }
}

/// Changes, while events are applied.
extension ExternalStaking {
    /// Settles what a stake has earned up to a change of what is committed. As long as no reward ever came, this is one read,
    /// and none where the committed amount stays.
    ///
    /// It can't fail: all rewards together are within the bound of `RewardTotals`.
    ///
    /// - Parameters:
    ///   - stake: as it is after the change.
    ///   - old: what was committed until now.
    func settleRewards(of stake: inout Stake, since old: Amount, at validator: String, _ state: StateWriter)
        throws(ModuleError)
    {
        guard stake.committed != old || stake.isEmpty, try rewardLedgers.value(in: state) != nil,
            let earned = try validatorRewards.value(for: validator, in: state)
        else { return }
        if stake.committed != old { try stake.rewards.settle(old, becoming: stake.committed, with: earned) }
        if stake.isEmpty { try giveUpFractions(of: stake.rewards, at: validator, state) }
    }

    /// Changes what a stake has earned, settled as of now; nothing else of its record, also where it unbonds by now.
    func changeRewards(
        of stake: ExternalStakingStakeOwner,
        in state: StateWriter,
        _ body: (inout StakeRewards) throws(ModuleError) -> Void
    ) throws(ModuleError) {
        let owner = try Address(bech32: stake.owner)
        let stored = try stakes.value(for: Pair(owner, stake.validator), in: state)
        var changed = stored ?? Stake()
        let earned = try validatorRewards.value(for: stake.validator, in: state) ?? ValidatorRewards()
        try changed.rewards.settle(changed.committed, becoming: changed.committed, with: earned)
        try body(&changed.rewards)
        if changed.isEmpty { try giveUpFractions(of: changed.rewards, at: stake.validator, state) }
        try replace(stored, by: changed.isEmpty ? nil : changed, of: owner, at: stake.validator, state)
    }

    /// Changes what became of rewards of one denomination: for one validator, and in the pairing.
    func changeTotals(
        of denom: Denom,
        at validator: String,
        in state: StateWriter,
        _ body: (inout RewardTotals) throws(ModuleError) -> Void
    ) throws(ModuleError) {
        try validatorRewards.update(validator, in: state) { (rewards) throws(ModuleError) in
            var earned = rewards ?? ValidatorRewards()
            try body(&earned.entries[denom].totals)
            rewards = earned
        }
        try changeLedger(denom, in: state) { (ledger) throws(ModuleError) in try body(&ledger.totals) }
    }

    /// Changes what became of the rewards of one denomination.
    func changeLedger(
        _ denom: Denom,
        in state: StateWriter,
        _ body: (inout RewardLedgers.Entry) throws(ModuleError) -> Void
    ) throws(ModuleError) {
        var ledgers = try rewardLedgers.value(in: state) ?? RewardLedgers()
        try body(&ledgers.entries[denom])
        try rewardLedgers.set(ledgers, in: state)
    }

    /// What is left of a stake whose record goes, less than a unit each, is shared out with what comes next.
    private func giveUpFractions(of rewards: StakeRewards, at validator: String, _ state: StateWriter)
        throws(ModuleError)
    {
        for element in rewards.entries.elements where !element.value.accrued.isZero {
            try changeTotals(of: element.denom, at: validator, in: state) { (totals) throws(ModuleError) in
                totals.carry = try totals.carry.adding(element.value.accrued)
            }
        }
    }
}
