import ControlChannel
import ExternalStakingEvents
import ModuleKit

/// What became of an order to pay: nothing here can refuse it.
extension ExternalStaking {
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
