import ExternalStakingEvents
import ModuleKit

/// Rewards as they are recorded: work by the validators and the denominations that an event names, never by stakers.
extension ExternalStaking {
    func applyRewards(_ event: ExternalStakingEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .vouchersReceived(let event):
            let coin = try event.coin.coin()
            try changeLedger(coin.denom, in: state) { (ledger) throws(ModuleError) in
                ledger.unattributed = try ledger.unattributed.adding(coin.amount)
            }
        case .rewardsDistributed(let event): try apply(event, to: state)
        case .rewardsPaid(let event): try apply(event, to: state)
        case .rewardsSent(let event): try apply(event, to: state)
        case .rewardsDelivered(let event):
            try settlePayment(event.transaction, event.stake, event.coin, isPaid: true, due: 0, state)
        case .rewardsReturned(let event):
            try settlePayment(event.transaction, event.stake, event.coin, isPaid: false, due: event.due, state)
        case .communityFunded(let event):
            let coin = try event.coin.coin()
            try changeLedger(coin.denom, in: state) { (ledger) throws(ModuleError) in
                ledger.communityWaiting = try ledger.communityWaiting.subtracting(coin.amount)
                ledger.communityDue = .epoch
            }
        case .communityFundingFailed(let event):
            try changeLedger(try Denom(event.denom), in: state) { ledger in
                ledger.communityDue = Timestamp(nanoseconds: event.due)
            }
        case .surplusReleased(let event): try apply(event, to: state)
        default: return
        }
    }

    private func apply(_ event: ExternalStakingRewardsDistributed, to state: StateWriter) throws(ModuleError) {
        let coin = try event.coin.coin()
        let isHeld = coin.denom == (try heldDenom(state))
        var ledgers = try rewardLedgers.value(in: state) ?? RewardLedgers()
        var ledger = ledgers.entries[coin.denom]
        if !isHeld { ledger.unattributed = try ledger.unattributed.subtracting(coin.amount) }
        ledger.totals.received = try ledger.totals.received.adding(coin.amount)
        for part in event.parts {
            let amount = try Amount(part.amount)
            var earned = try validatorRewards.value(for: part.validator, in: state) ?? ValidatorRewards()
            if part.community {
                try earned.entries[coin.denom].giveAway(amount)
                ledger.totals.community = try ledger.totals.community.adding(amount)
                ledger.communityWaiting = try ledger.communityWaiting.adding(amount)
            } else {
                let stake = try committed(to: part.validator, state)
                let carried = earned.entries[coin.denom].totals.carry
                try earned.entries[coin.denom].share(amount, among: stake)
                let carry = try ledger.totals.carry.subtracting(carried)
                ledger.totals.carry = try carry.adding(earned.entries[coin.denom].totals.carry)
            }
            try validatorRewards.set(earned, for: part.validator, in: state)
        }
        ledgers.entries[coin.denom] = ledger
        try rewardLedgers.set(ledgers, in: state)
    }

    private func apply(_ event: ExternalStakingRewardsPaid, to state: StateWriter) throws(ModuleError) {
        let converted = event.hasConverted ? try event.converted.coin() : nil
        let held = try heldDenom(state)
        try changeRewards(of: event.stake, in: state) { (rewards) throws(ModuleError) in
            for coin in try Coins(event.coins) {
                let part = converted?.denom == coin.denom ? converted?.amount ?? .zero : .zero
                try rewards.pay(try coin.amount.subtracting(part), coin.denom)
                try rewards.pay(part, held)
            }
        }
        for coin in try Coins(event.coins) {
            try changeTotals(of: coin.denom, at: event.stake.validator, in: state) { (totals) throws(ModuleError) in
                if let converted, converted.denom == coin.denom {
                    totals.received = try totals.received.adding(converted.amount)
                }
                totals.paid = try totals.paid.adding(coin.amount)
            }
        }
        guard let converted else { return }
        try changeTotals(of: held, at: event.stake.validator, in: state) { (totals) throws(ModuleError) in
            totals.converted = try totals.converted.adding(converted.amount)
        }
        try changeLedger(converted.denom, in: state) { (ledger) throws(ModuleError) in
            ledger.unattributed = try ledger.unattributed.subtracting(converted.amount)
        }
    }

    private func apply(_ event: ExternalStakingRewardsSent, to state: StateWriter) throws(ModuleError) {
        let coin = try event.coin.coin()
        if event.stake.isCommunity {
            try changeLedger(coin.denom, in: state) { (ledger) throws(ModuleError) in
                ledger.communityWaiting = try ledger.communityWaiting.subtracting(coin.amount)
                ledger.communityInFlight = try ledger.communityInFlight.adding(coin.amount)
            }
        } else {
            try changeRewards(of: event.stake, in: state) { (rewards) throws(ModuleError) in
                try rewards.reserve(coin.amount, coin.denom)
            }
            try changeTotals(of: coin.denom, at: event.stake.validator, in: state) { (totals) throws(ModuleError) in
                totals.inFlight = try totals.inFlight.adding(coin.amount)
            }
        }
        try countOwn(event.transaction, state)
        let time = Timestamp(nanoseconds: event.time)
        let deadline = Timestamp(nanoseconds: event.deadline)
        try add(event.transaction, .rewards, event.stake, coin.amount, time, event.sequence, due: deadline, state)
    }

    private func settlePayment(
        _ transaction: UInt64,
        _ stake: ExternalStakingStakeOwner,
        _ coin: ProtoCoin,
        isPaid: Bool,
        due: UInt64,
        _ state: StateWriter
    ) throws(ModuleError) {
        let coin = try coin.coin()
        if stake.isCommunity {
            try changeLedger(coin.denom, in: state) { (ledger) throws(ModuleError) in
                ledger.communityInFlight = try ledger.communityInFlight.subtracting(coin.amount)
                if !isPaid { ledger.communityWaiting = try ledger.communityWaiting.adding(coin.amount) }
                ledger.communityDue = Timestamp(nanoseconds: due)
            }
        } else {
            try changeTotals(of: coin.denom, at: stake.validator, in: state) { (totals) throws(ModuleError) in
                try totals.settle(coin.amount, isPaid: isPaid)
            }
            try changeRewards(of: stake, in: state) { (rewards) throws(ModuleError) in
                try rewards.settle(coin.amount, coin.denom, isPaid: isPaid)
            }
        }
        try forget(transaction, state)
    }

    private func apply(_ event: ExternalStakingSurplusReleased, to state: StateWriter) throws(ModuleError) {
        let (coin, converted) = (try event.coin.coin(), try Amount(event.converted))
        try changeLedger(coin.denom, in: state) { (ledger) throws(ModuleError) in
            ledger.unattributed = try ledger.unattributed.subtracting(coin.amount)
            ledger.communityWaiting = try ledger.communityWaiting.adding(coin.amount)
        }
        try changeLedger(try heldDenom(state), in: state) { (ledger) throws(ModuleError) in
            ledger.communityWaiting = try ledger.communityWaiting.subtracting(converted)
        }
    }
}

extension ExternalStakingStakeOwner {
    /// Whether this stands for the community, and not for a stake: no validator has an empty name.
    var isCommunity: Bool { validator.isEmpty }
}
