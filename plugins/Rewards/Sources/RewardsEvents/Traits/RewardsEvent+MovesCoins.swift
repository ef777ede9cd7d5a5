public import BankEvents
import ModuleKit

extension RewardsEvent: MovesCoins {
    /// Provisions come into being, what was collected is taken in, and what is owed is paid. All other events move nothing.
    public var coinMovements: [CoinMovement] {
        get throws(ModuleError) {
            switch event {
            case .provisionsMinted(let event):
                let coins = Coins(try event.amount.coin())
                return [.minting(coins, to: RewardsAccount.feeCollector.address, by: RewardsAccount.mint.name)]
            case .distributed(let event):
                let collector = RewardsAccount.feeCollector.address
                return [.transfer(try Coins(event.collected), from: collector, to: Self.pool)]
            case .validatorRemoved(let event): return try Self.payment(event.commission, to: event.recipient)
            case .withdrawn(let event): return try Self.payment(event.coins, to: event.recipient)
            case .commissionWithdrawn(let event): return try Self.payment(event.coins, to: event.recipient)
            case .communityPoolFunded(let event):
                let depositor = try Address(bech32: event.depositor)
                return [.transfer(try Coins(event.amount), from: depositor, to: Self.pool)]
            case .communityPoolSpent(let event): return try Self.payment(event.amount, to: event.recipient)
            case .feeCollected(let event):
                let (payer, coins) = (try Address(bech32: event.payer), try Coins(event.amount))
                return [.transfer(coins, from: payer, to: RewardsAccount.feeCollector.address)]
            case .genesisFunded(let event):
                return [.minting(try Coins(event.amount), to: Self.pool, by: RewardsAccount.mint.name)]
            default: return []
            }
        }
    }

    private static var pool: Address { RewardsAccount.distribution.address }

    private static func payment(_ coins: [ProtoCoin], to recipient: String) throws(ModuleError) -> [CoinMovement] {
        coins.isEmpty ? [] : [.transfer(try Coins(coins), from: pool, to: try Address(bech32: recipient))]
    }
}
