import ModuleKit
public import RewardsEvents

extension VirtualStakingEvent: OrdersRewards {
    /// What the delegation to a validator has earned is withdrawn, for the instance itself.
    public var rewardOrders: [RewardOrder] {
        get throws(ModuleError) {
            guard case .rewardsOrdered(let event) = event else { return [] }
            return [RewardOrder(validator: try Address(bech32: event.validator))]
        }
    }
}
