import ConverterEvents
import ModuleKit

/// How rewards come in, are paid out, and are given away. Each event moves coins from one of the totals to another.
extension Converter {
    func apply(_ event: ConverterRewardsCollected, to state: StateWriter) throws(ModuleError) {
        let coin = try event.coin.coin()
        if try rewardTotals.value(in: state) == nil {
            try rewardTotals.set(RewardAmounts(denom: coin.denom.text).totals, in: state)
        }
        try changeTotals(state) { (totals) throws(ModuleError) in
            totals.collected = try totals.collected.adding(coin.amount)
            totals.waiting = try totals.waiting.adding(coin.amount)
        }
        try waitingRewards.increase(try Address(bech32: event.validator), by: coin.amount, in: state)
    }

    func apply(_ event: ConverterRewardsPaid, to state: StateWriter) throws(ModuleError) {
        let amount = try event.coin.coin().amount
        try changeTotals(state) { (totals) throws(ModuleError) in
            totals.held = try totals.held.subtracting(amount)
            totals.paid = try totals.paid.adding(amount)
        }
        try remember(event.transaction, "", event.expiryNanoseconds, state)
    }

    func apply(_ event: ConverterPaymentsForgotten, to state: StateWriter) throws(ModuleError) {
        for transaction in event.transactions {
            guard let payment = try payments.value(for: transaction, in: state) else {
                throw ModuleError(
                    .inconsistentConverterEvent,
                    "nothing is known of payment \(transaction): the log is damaged"
                )
            }
            try payments.remove(transaction, in: state)
            let expiry = Timestamp(nanoseconds: payment.expiryNanoseconds)
            try paymentExpiries.remove(Pair(expiry, transaction), in: state)
            try paymentFloor.set(max(transaction, try paymentFloor.value(in: state) ?? 0), in: state)
        }
    }

    func apply(_ event: ConverterRewardsGiven, to state: StateWriter) throws(ModuleError) {
        let amount = try event.coin.coin().amount
        guard event.validator.isEmpty else {
            let validator = try Address(bech32: event.validator)
            try waitingRewards.decrease(validator, by: amount, in: state)
            // Something of it may have arrived, which waits as before.
            if try !arrivedRewards.contains(validator, in: state) { try suspensions.remove(validator, in: state) }
            return try changeTotals(state) { (totals) throws(ModuleError) in
                totals.waiting = try totals.waiting.subtracting(amount)
                totals.given = try totals.given.adding(amount)
            }
        }
        try dissolveWaitingBatches(in: state) { $0 != .there }
        for id in event.announced { try countAsHeld(id, state) }
        var validators: [Address] = []
        try waitingRewards.forEach(in: state) { (validator, _) throws(ModuleError) in
            validators.append(validator)
            return true
        }
        for validator in validators { try waitingRewards.remove(validator, in: state) }
        try changeTotals(state) { (totals) throws(ModuleError) in
            guard try totals.waiting.adding(totals.held) == amount else {
                throw ModuleError(.inconsistentConverterEvent, "not all that lies here is given: the log is damaged")
            }
            (totals.waiting, totals.held) = (.zero, .zero)
            totals.given = try totals.given.adding(amount)
        }
    }

    /// Keeps what became of a number of the provider.
    func remember(_ transaction: UInt64, _ error: String, _ expiry: UInt64, _ state: StateWriter) throws(ModuleError) {
        guard try !payments.contains(transaction, in: state) else {
            throw ModuleError(
                .inconsistentConverterEvent,
                "payment \(transaction) was decided on before: the log is damaged"
            )
        }
        let payment = ConverterPayment.with {
            $0.error = error
            $0.expiryNanoseconds = expiry
        }
        try payments.set(payment, for: transaction, in: state)
        try paymentExpiries.set(Unit(), for: Pair(Timestamp(nanoseconds: expiry), transaction), in: state)
    }

    /// Moves coins between the totals.
    func changeTotals(_ state: StateWriter, _ change: (inout RewardAmounts) throws(ModuleError) -> Void)
        throws(ModuleError)
    {
        guard var amounts = try rewardTotals.value(in: state)?.amounts() else {
            throw ModuleError(.inconsistentConverterEvent, "rewards move that nobody has collected: the log is damaged")
        }
        try change(&amounts)
        try rewardTotals.set(amounts.totals, in: state)
    }
}
