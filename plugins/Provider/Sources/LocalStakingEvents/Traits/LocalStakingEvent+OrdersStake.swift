import ModuleKit
public import StakingEvents

extension LocalStakingEvent: OrdersStake {
    /// What an event stakes, moves or takes back, in the name of the owner's sub-account.
    public var stakeOrders: [StakeOrder] {
        get throws(ModuleError) {
            switch event {
            case .lienTaken(let event):
                return [try .init(.delegate, event.amount.amount, event.validator, of: event.owner)]
            case .restakeOrdered(let event):
                let destination = try Address(bech32: event.destination)
                return [try .init(.redelegate(to: destination), event.amount, event.source, of: event.owner)]
            case .unstakeOrdered(let event):
                return [try .init(.undelegate, event.amount, event.validator, of: event.owner)]
            case .forfeitRecalled(let event):
                return [try .init(.undelegateAtOnce, event.amount, event.validator, of: event.owner)]
            case .forfeitUnstaked(let event):
                return [try .init(.undelegate, event.amount, event.validator, of: event.owner)]
            default: return []
            }
        }
    }
}

extension StakeOrder {
    fileprivate init(_ action: Action, _ amount: String, _ validator: String, of owner: String) throws(ModuleError) {
        self.init(
            action,
            try Amount(amount),
            validator: try Address(bech32: validator),
            owner: try Address(bech32: owner)
        )
    }
}
