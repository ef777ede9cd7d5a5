import ControlChannel
import ExternalStakingEvents
import InterchainEvents
import ModuleKit

/// What became of an order to pay: nothing but the authority's word can be refused here.
extension ExternalStaking {
    /// Takes the authority's word for an order of which nobody can prove anything any more: the pairing is closed, and the client of
    /// the other chain has expired or is frozen. So no claim is reserved for ever.
    ///
    /// It is not undone without that word: the consumer may have paid, and then vouchers that come after the closing are others'.
    /// That it has not paid can't be said before the order's time is up: its end may be open still, and anyone may bring it there.
    /// An order is settled once. If the client should prove anything later, nobody waits for it.
    ///
    /// - Throws: `unauthorized`, `noControlChannel`, `unknownTransaction`, `settlementRefused`.
    func handle(_ settlement: ExternalStakingSettlePayment, _ context: Context) throws(ModuleError) {
        let sender = try context.requireSender()
        guard sender == (try context.authority()) else {
            throw ModuleError(
                .unauthorized,
                "only the chain's authority says what became of payments in flight: propose it there"
            )
        }
        let pairing = try requirePairing(context)
        let transaction = try transaction(settlement.transaction, in: context)
        let status = try context.client(of: try context.channel(try end(pairing, context))).status
        guard pairing.isClosed, status != "active", transaction.kind == .rewards else {
            throw ModuleError(
                .settlementRefused,
                "only an order to pay is settled by word, once the pairing is closed and its client is expired or frozen, and it is "
                    + "\(status): until then the other chain proves what became of it"
            )
        }
        let drift = TimeSpan(nanoseconds: try requireSettings(context).clockDrift)
        guard settlement.isPaid || context.block.time > transaction.due.saturatingAdding(drift) else {
            throw ModuleError(
                .settlementRefused,
                "the other chain may still receive the order, and pay: say so after \(transaction.due), and \(drift) for its clock"
            )
        }
        if settlement.isPaid {
            try deliver(settlement.transaction, transaction, context)
        } else {
            try giveBack(settlement.transaction, transaction, .authority, "", context)
        }
    }

    /// The consumer has paid.
    func deliver(_ number: UInt64, _ transaction: PendingTransaction, _ context: Context) throws(ModuleError) {
        let coin = ProtoCoin(Coin(transaction.amount, try heldDenom(context)))
        try context.emit(
            .with {
                $0.rewardsDelivered.transaction = number
                $0.rewardsDelivered.stake = .of(transaction.ownerText, transaction.validator)
                $0.rewardsDelivered.coin = coin
            }
        )
    }

    /// The consumer has not paid: the claim is as it was. The community's is sent again, later where it was refused.
    func giveBack(
        _ number: UInt64,
        _ transaction: PendingTransaction,
        _ reason: ExternalStakingSettlementReason,
        _ said: String,
        _ context: Context
    ) throws(ModuleError) {
        let stake = ExternalStakingStakeOwner.of(transaction.ownerText, transaction.validator)
        let coin = ProtoCoin(Coin(transaction.amount, try heldDenom(context)))
        let isWaiting = stake.isCommunity && reason == .error
        let due = isWaiting ? context.block.time.saturatingAdding(ResendingDelay.longest) : .epoch
        try context.emit(
            .with {
                $0.rewardsReturned.transaction = number
                $0.rewardsReturned.stake = stake
                $0.rewardsReturned.coin = coin
                $0.rewardsReturned.reason = reason
                $0.rewardsReturned.error = said
                $0.rewardsReturned.due = due.nanoseconds
            }
        )
    }
}
