public import BankEvents
import ModuleKit
import StakingEvents
import VaultEvents

extension LocalStakingEvent: MovesCoins {
    /// What an event moves: coins of a new lien to staking's account for orders, coins that came back to the vault, and rewards
    /// to the owner.
    public var coinMovements: [CoinMovement] {
        get throws(ModuleError) {
            switch event {
            case .lienTaken(let event):
                let account = try Address(bech32: event.account)
                let coins = Coins(try event.amount.coin())
                return [.transfer(coins, from: account, to: StakingOrders.accountAddress)]
            case .coinsReturned(let event) where event.hasPayment: return [try event.payment.movement]
            case .released(let event): return [try event.payment.movement]
            case .stakeCut(let event) where event.hasPayment: return [try event.payment.movement]
            case .rewardsPaid(let event):
                let owner = try Address(bech32: event.owner)
                return [.transfer(try Coins(event.coins), from: try Address(bech32: event.account), to: owner)]
            default: return []
            }
        }
    }
}

extension LocalStakingPayment {
    fileprivate var movement: CoinMovement {
        get throws(ModuleError) {
            .transfer(
                Coins(try amount.coin()),
                from: try Address(bech32: account),
                to: VaultEvent.moduleAccount(of: vault).address
            )
        }
    }
}
