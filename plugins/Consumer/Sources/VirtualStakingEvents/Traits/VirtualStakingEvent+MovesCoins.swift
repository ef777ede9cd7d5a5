public import BankEvents
import ModuleKit
import StakingEvents

extension VirtualStakingEvent: MovesCoins {
    /// Bonding mints to the account for orders, from which native staking takes; what comes back is burned. Rewards that were
    /// collected go to the converter.
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
            case .rewardsCollected(let event):
                let coins = Coins(try event.coin.coin())
                let (holder, converter) = (try Address(bech32: event.fromAddress), try Address(bech32: event.toAddress))
                return coins.isEmpty ? [] : [.transfer(coins, from: holder, to: converter)]
            default: return []
            }
        }
    }
}
