public import BankEvents
public import ModuleKit
public import StakingEvents

extension StandInStake {
    /// The order to stake the coins, or to take them back.
    public func order(_ action: StakeOrder.Action) throws(ModuleError) -> StakeOrder {
        try StakeOrder(action, amount, validator: validator, owner: owner)
    }

    /// What is to be staked goes to the account for orders, in the event that orders it.
    public func payment(from account: Address) throws(ModuleError) -> CoinMovement {
        .transfer(Coins(try amount.coin()), from: account, to: StakingOrders.accountAddress)
    }
}

extension StandInRestake {
    /// The order to move the stake.
    public var order: StakeOrder {
        get throws(ModuleError) {
            let action = StakeOrder.Action.redelegate(to: try Address(bech32: destination))
            return try StakeOrder(action, amount, validator: validator, owner: owner)
        }
    }
}

extension StakeOrder {
    fileprivate init(_ action: Action, _ coin: ProtoCoin, validator: String, owner: String) throws(ModuleError) {
        self.init(
            action,
            try Amount(coin.amount),
            validator: try Address(bech32: validator),
            owner: owner.isEmpty ? nil : try Address(bech32: owner)
        )
    }
}
