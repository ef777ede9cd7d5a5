public import BankEvents
import ModuleKit

extension ExternalStakingEvent: MovesCoins {
    /// What is paid to stakers, from the instance's own account. All other events move nothing.
    public var coinMovements: [CoinMovement] {
        get throws(ModuleError) {
            guard case .rewardsPaid(let event) = event else { return [] }
            let (payer, recipient) = (try Address(bech32: event.payer), try Address(bech32: event.recipient))
            return [.transfer(try Coins(event.coins), from: payer, to: recipient)]
        }
    }
}
