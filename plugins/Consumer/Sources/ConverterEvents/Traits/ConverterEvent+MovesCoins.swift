public import BankEvents
import ModuleKit

extension ConverterEvent: MovesCoins {
    /// Held rewards that are paid out leave the converter's own account.
    public var coinMovements: [CoinMovement] {
        get throws(ModuleError) {
            guard case .rewardsPaid(let event) = event else { return [] }
            let coins = Coins(try event.coin.coin())
            return [
                .transfer(coins, from: try Address(bech32: event.fromAddress), to: try Address(bech32: event.recipient))
            ]
        }
    }
}
