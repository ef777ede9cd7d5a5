import ModuleKit
import RewardsEvents
import StakingEvents

extension Rewards {
    /// Withdraws for an instance what its own stake, or that of a sub-account, has earned, and answers it.
    ///
    /// It never fails for want of rewards: where nothing is due, or there never was any stake, the answer has no coins.
    func carryOut(_ order: RewardOrder, _ origin: EventOrigin, _ context: Context) throws(ModuleError) {
        let instance = origin.instance
        // Nobody but the instance itself can name one of its sub-accounts: the address is derived from its own.
        let delegator = order.owner.map { Address(instance: instance.address, account: $0) } ?? instance.address
        let position = try collections.settledPosition(PositionKey(delegator, order.validator), in: context)
        let coins = try position?.payable() ?? .empty
        try context.emit(
            .with {
                $0.withdrawn = .with {
                    $0.delegator = context.accountText(delegator)
                    $0.validator = context.operatorText(order.validator)
                    $0.coins = coins.proto
                    $0.recipient = context.accountText(instance.address)
                    $0.owner = order.owner.map { context.accountText($0) } ?? ""
                    $0.instanceNumber = instance.number
                }
            }
        )
    }
}
