public import BankEvents
import ModuleKit
import StakingEvents

extension VirtualStakingEvent: MovesCoins {
    /// Bonding mints to the account for orders, from which native staking takes; what comes back is burned.
    public var coinMovements: [CoinMovement] {
        get throws(ModuleError) {
            switch event {
            case .bonded(let event):
                let coins = Coins(try event.amount.coin())
                return [.minting(coins, to: StakingOrders.accountAddress, by: event.moduleAccount)]
            case .burned(let event):
                let coins = Coins(try event.amount.coin())
                let holder = try Address(bech32: event.fromAddress)
                return [.burning(coins, from: holder, by: event.moduleAccount)]
            default: return []
            }
        }
    }
}
