import ModuleKit
public import StakingEvents

extension VirtualStakingEvent: OrdersStake {
    /// Each bond delegates what it mints; each release takes back at once.
    public var stakeOrders: [StakeOrder] {
        get throws(ModuleError) {
            switch event {
            case .bonded(let event):
                let validator = try Address(bech32: event.validator)
                return [StakeOrder(.delegate, try event.amount.coin().amount, validator: validator)]
            case .released(let event):
                let validator = try Address(bech32: event.validator)
                return [StakeOrder(.undelegateAtOnce, try Amount(event.amount), validator: validator)]
            default: return []
            }
        }
    }
}
