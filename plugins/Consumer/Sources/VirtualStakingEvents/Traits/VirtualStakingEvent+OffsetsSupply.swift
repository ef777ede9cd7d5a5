public import BankEvents
import ModuleKit

extension VirtualStakingEvent: OffsetsSupply {
    /// Keeps the offset at minus what is minted, so that virtual stake is in no reported supply.
    ///
    /// A slash has burned the coins already; the offset goes up by what the virtual delegation lost of them.
    public var supplyOffsets: [SupplyOffset] {
        get throws(ModuleError) {
            switch event {
            case .bonded(let event):
                let coin = try event.amount.coin()
                let change = SignedAmount(coin.amount, isNegative: true)
                return [SupplyOffset(coin.denom, change, by: event.moduleAccount)]
            case .burned(let event):
                let denom = try event.amount.coin().denom
                return [SupplyOffset(denom, SignedAmount(try Amount(event.retired)), by: event.moduleAccount)]
            case .stakeLost(let event):
                let coin = try event.amount.coin()
                return [SupplyOffset(coin.denom, SignedAmount(coin.amount), by: event.moduleAccount)]
            default: return []
            }
        }
    }
}
