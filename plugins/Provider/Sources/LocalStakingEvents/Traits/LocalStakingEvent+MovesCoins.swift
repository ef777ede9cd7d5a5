public import BankEvents
import ModuleKit
import StakingEvents
import VaultEvents

extension LocalStakingEvent: MovesCoins {
    /// What an event moves: coins of a new lien to staking's account for orders, and coins that came back to the vault.
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
