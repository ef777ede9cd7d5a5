import ModuleKit
public import RewardsEvents

extension LocalStakingEvent: OrdersRewards {
    /// What an event withdraws: what the owner's sub-account has earned with one validator.
    public var rewardOrders: [RewardOrder] {
        get throws(ModuleError) {
            guard case .rewardsOrdered(let event) = event else { return [] }
            return [
                RewardOrder(validator: try Address(bech32: event.validator), owner: try Address(bech32: event.owner))
            ]
        }
    }
}
