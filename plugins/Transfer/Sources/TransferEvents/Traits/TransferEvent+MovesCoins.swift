public import BankEvents
import ModuleKit

extension TransferEvent: MovesCoins {
    /// What leaves and reaches escrows, and what becomes of vouchers. All other events move nothing.
    public var coinMovements: [CoinMovement] {
        get throws(ModuleError) {
            switch event {
            case .tokensEscrowed(let event):
                let escrow = try Self.escrow(event.portID, event.channelID).address
                let from = try Address(bech32: event.fromAddress)
                return [.transfer(Coins(try event.token.coin()), from: from, to: escrow)]
            case .tokensReleased(let event):
                let escrow = try Self.escrow(event.portID, event.channelID).address
                let to = try Address(bech32: event.toAddress)
                return [.transfer(Coins(try event.token.coin()), from: escrow, to: to)]
            case .voucherMinted(let event):
                let to = try Address(bech32: event.toAddress)
                return [.minting(Coins(try event.token.coin()), to: to, by: event.moduleAccount)]
            case .voucherBurned(let event):
                let from = try Address(bech32: event.fromAddress)
                return [.burning(Coins(try event.token.coin()), from: from, by: event.moduleAccount)]
            default: return []
            }
        }
    }
}
