public import BankEvents
import ModuleKit

extension VaultEvent: MovesCoins {
    /// What comes into the vault and leaves it. All other events move nothing.
    ///
    /// Collateral is a delegation to the bank: an account may bring coins that are still vesting, and they vest on. Coins
    /// for local stake go to the holder's address.
    public var coinMovements: [CoinMovement] {
        get throws(ModuleError) {
            switch event {
            case .bonded(let event):
                let vault = Self.moduleAccount(named: event.moduleAccount).address
                let owner = try Address(bech32: event.owner)
                return [.delegation(Coins(try event.amount.coin()), from: owner, to: vault)]
            case .unbonded(let event):
                let vault = Self.moduleAccount(named: event.moduleAccount).address
                let owner = try Address(bech32: event.owner)
                return [.undelegation(Coins(try event.amount.coin()), from: vault, to: owner)]
            case .lienRequested(let event) where event.purpose == .local:
                let vault = Self.moduleAccount(named: event.moduleAccount).address
                let holder = try Address(bech32: event.holderAddress)
                return [.transfer(Coins(try event.amount.coin()), from: vault, to: holder)]
            case .collateralBurned(let event):
                let vault = Self.moduleAccount(named: event.moduleAccount)
                return [.burning(Coins(try event.amount.coin()), from: vault.address, by: vault.name)]
            case .bountyPaid(let event):
                let vault = Self.moduleAccount(named: event.moduleAccount).address
                let beneficiary = try Address(bech32: event.beneficiary)
                return [.transfer(Coins(try event.amount.coin()), from: vault, to: beneficiary)]
            default: return []
            }
        }
    }
}
