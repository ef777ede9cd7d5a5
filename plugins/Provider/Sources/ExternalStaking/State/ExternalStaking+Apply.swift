public import ExternalStakingEvents
public import ModuleKit

extension ExternalStaking {
    /// Projects an event: a constant number of reads and writes, or so many for each validator that it names.
    public func apply(_ event: ExternalStakingEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .configured(let event): try settings.set(event.settings, in: state)
        case .channelOpened(let event): try pairing.set(event.pairing, in: state)
        case .channelClosed(let event):
            var closed = try requirePairing(state)
            closed.closedAt = event.time
            closed.closingReason = event.reason
            try pairing.set(closed, in: state)
        case .validatorSetUpdated(let event): try apply(event, to: state)
        case .stakeSent(let event): try apply(event, to: state)
        case .unstakeSent(let event): try apply(event, to: state)
        case .stakeCommitted(let event): try apply(event, to: state)
        case .stakeRolledBack(let event):
            _ = try settle(event.transaction, event.stake, state) { (stake) throws(ModuleError) in
                try stake.rollBackStake(event.transaction)
            }
        case .unstakeCommitted(let event): try apply(event, to: state)
        case .unstakeRolledBack(let event): try apply(event, to: state)
        case .handedBack(let event): try apply(event, to: state)
        case .lienCut(let event): try apply(event, to: state)
        case .burnOrdered(let event): try apply(event, to: state)
        case .burnSent(let event): try apply(event, to: state)
        case .burnReturned(let event): try apply(event, to: state)
        case .burnSettled(let event): try apply(event, to: state)
        case .withdrawn(let event): try apply(event, to: state)
        case .counterImported(let event):
            try ownTransactions.set(event.ownTransactions, in: state)
            if event.infractions > 0 { try infractionCount.set(event.infractions, in: state) }
            if event.hasPairing { try pairing.set(event.pairing, in: state) }
            if !event.sources.isEmpty {
                var known = try requireSettings(state)
                known.rewards.add(formerly: event.sources)
                try settings.set(known, in: state)
            }
            if event.hasRewards { try rewardLedgers.set(try RewardLedgers(event.rewards), in: state) }
        case .validatorImported(let event):
            let record = try ValidatorRecord(event.record)
            try change(event.validator, state) { $0 = record }
            guard event.hasRewards else { return }
            try validatorRewards.set(try ValidatorRewards(event.rewards), for: event.validator, in: state)
        case .keyImported(let event):
            try keyClaims.set(KeyClaim(event.claim), for: try ConsensusKey(Array(event.key)), in: state)
        case .stakeImported(let event):
            let owner = try Address(bech32: event.stake.owner)
            let stake = try Stake(event.record)
            try replace(nil, by: stake, of: owner, at: event.stake.validator, state)
        case .transactionImported(let event):
            try add(event.transaction, try PendingTransaction(event.record), state)
        case .infractionRecorded(let event): try apply(event, to: state)
        case .liabilitySettled(let event): try apply(event, to: state)
        case .settlementFailed(let event): try apply(event, to: state)
        case .sweepAdvanced(let event): try apply(event, to: state)
        case .offenderImported(let event):
            let record = try Offender(event.record)
            try change(event.validator, state) { (offender: inout Offender?) in offender = record }
        case .dueImported(let event): try setDue(event.stake, to: PendingSettlement(event.record), state)
        // What Interchain and the transfer module are told, they keep themselves.
        case .channelAnswered, .hookAnswered: return
        case .vouchersReceived, .rewardsDistributed, .rewardsPaid, .rewardsSent, .rewardsDelivered, .rewardsReturned,
            .communityFunded, .communityFundingFailed, .surplusReleased:
            try applyRewards(event, to: state)
        case nil: throw ModuleError(.inconsistentExternalStakingEvent, "an event says nothing: the log is damaged")
        }
    }
}

/// What is on its way, and what becomes of it.
extension ExternalStaking {
    private func apply(_ event: ExternalStakingStakeSent, to state: StateWriter) throws(ModuleError) {
        let (time, amount) = (Timestamp(nanoseconds: event.time), try Amount(event.amount))
        let cutoff = time.saturatingSubtracting(try unbondingPeriod(state))
        try change(event.stake, in: state) { (stake) throws(ModuleError) in
            try stake.prepareStake(event.transaction, amount, at: time, cutoff: cutoff)
        }
        try relyOn(event.stake.validator, state)
        try add(event.transaction, .stake, event.stake, amount, time, event.sequence, state)
    }

    private func apply(_ event: ExternalStakingUnstakeSent, to state: StateWriter) throws(ModuleError) {
        let (time, amount) = (Timestamp(nanoseconds: event.time), try Amount(event.amount))
        try change(event.stake, in: state) { (stake) throws(ModuleError) in
            try stake.prepareUnstake(event.transaction, amount, at: time)
        }
        try countOwn(event.transaction, state)
        try add(event.transaction, .unstake, event.stake, amount, time, event.sequence, state)
    }

    private func apply(_ event: ExternalStakingStakeCommitted, to state: StateWriter) throws(ModuleError) {
        let releaseAt = try release(of: Timestamp(nanoseconds: event.time), state)
        _ = try settle(event.transaction, event.stake, state) { (stake) throws(ModuleError) in
            try stake.commitStake(event.transaction, releaseAt: releaseAt)
        }
        try noteDue(event.stake, state)
    }

    private func apply(_ event: ExternalStakingUnstakeCommitted, to state: StateWriter) throws(ModuleError) {
        let releaseAt = try release(of: Timestamp(nanoseconds: event.time), state)
        _ = try settle(event.transaction, event.stake, state) { (stake) throws(ModuleError) in
            try stake.commitUnstake(event.transaction, releaseAt: releaseAt)
        }
    }

    private func apply(_ event: ExternalStakingUnstakeRolledBack, to state: StateWriter) throws(ModuleError) {
        let releaseAt = try release(of: Timestamp(nanoseconds: event.time), state)
        _ = try settle(event.transaction, event.stake, state) { (stake) throws(ModuleError) in
            try stake.rollBackUnstake(event.transaction, releaseAt: releaseAt)
        }
    }

    private func apply(_ event: ExternalStakingHandedBack, to state: StateWriter) throws(ModuleError) {
        let amount = try Amount(event.amount)
        let releaseAt = try release(of: Timestamp(nanoseconds: event.time), state)
        _ = try change(event.stake, in: state) { stake in stake.handBack(amount, releaseAt: releaseAt) }
    }

    private func settle(
        _ transaction: UInt64,
        _ stake: ExternalStakingStakeOwner,
        _ state: StateWriter,
        _ body: (inout Stake) throws(ModuleError) -> Stake.Settlement
    ) throws(ModuleError) -> Stake.Settlement {
        let settlement = try change(stake, in: state, body)
        try forget(transaction, state)
        return settlement
    }
}

/// Cuts, burns and withdrawals.
extension ExternalStaking {
    private func apply(_ event: ExternalStakingLienCut, to state: StateWriter) throws(ModuleError) {
        for part in event.parts {
            let amount = try Amount(part.amount)
            _ = try change(.of(event.owner, part.validator), in: state) { stake in stake.cut(amount) }
        }
    }

    private func apply(_ event: ExternalStakingBurnOrdered, to state: StateWriter) throws(ModuleError) {
        let amount = try Amount(event.amount)
        try change(event.stake, in: state) { stake in stake.burning = stake.burning.saturatingAdding(amount) }
        try countOwn(event.transaction, state)
        try add(
            event.transaction,
            .burn,
            event.stake,
            amount,
            Timestamp(nanoseconds: event.time),
            0,
            state
        )
    }

    private func apply(_ event: ExternalStakingBurnSent, to state: StateWriter) throws(ModuleError) {
        var burn = try transaction(event.transaction, in: state)
        try unlist(event.transaction, burn, state)
        burn.sequence = event.sequence
        burn.attempts = burn.attempts == .max ? .max : burn.attempts + 1
        try add(event.transaction, burn, state)
    }

    private func apply(_ event: ExternalStakingBurnReturned, to state: StateWriter) throws(ModuleError) {
        var burn = try transaction(event.transaction, in: state)
        try unlist(event.transaction, burn, state)
        burn.sequence = nil
        burn.due = Timestamp(nanoseconds: event.due)
        try add(event.transaction, burn, state)
    }

    private func apply(_ event: ExternalStakingBurnSettled, to state: StateWriter) throws(ModuleError) {
        let amount = try Amount(event.amount)
        try change(event.stake, in: state) { stake in stake.burning = stake.burning.saturatingSubtracting(amount) }
        try forget(event.transaction, state)
    }

    private func apply(_ event: ExternalStakingWithdrawn, to state: StateWriter) throws(ModuleError) {
        let time = Timestamp(nanoseconds: event.time)
        let closedAt = try closedAt(state)
        let period = try unbondingPeriod(state)
        for part in event.parts {
            _ = try change(.of(event.owner, part.validator), in: state) { stake in
                stake.withdraw(at: time, closedAt: closedAt, period: period)
            }
        }
    }
}
