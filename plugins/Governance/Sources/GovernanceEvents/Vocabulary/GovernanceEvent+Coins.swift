public import BankEvents
public import ModuleKit

/// The account that holds deposits, under the name that the Cosmos SDK gives it.
public enum GovernanceAccount {
    /// The module account's name.
    public static let name = "gov"
    /// The module account's address.
    public static let address = Address(moduleName: "gov")
}

extension GovernanceEvent: DeclaresModuleAccounts {
    /// The account of deposits, claimed when the instance is configured.
    public var moduleAccounts: [ModuleAccountDeclaration] {
        guard case .configured = event else { return [] }
        return [ModuleAccountDeclaration(GovernanceAccount.name, permissions: [.burner])]
    }
}

extension GovernanceEvent: MovesCoins {
    /// Deposits that are made, given back or burned, and what comes into being for them at genesis.
    public var coinMovements: [CoinMovement] {
        get throws(ModuleError) {
            let account = GovernanceAccount.address
            switch event {
            case .deposited(let event):
                let depositor = try Address(bech32: event.depositor)
                return [.transfer(Coins(try event.amount.coin()), from: depositor, to: account)]
            case .depositSettled(let event):
                var movements: [CoinMovement] = []
                let returned = Coins(try event.returned.coin())
                if !returned.isEmpty {
                    movements.append(.transfer(returned, from: account, to: try Address(bech32: event.depositor)))
                }
                let burned = Coins(try event.burned.coin())
                if !burned.isEmpty {
                    movements.append(.burning(burned, from: account, by: GovernanceAccount.name))
                }
                return movements
            case .depositsFunded(let event):
                return [.minting(Coins(try event.amount.coin()), to: account, by: GovernanceAccount.name)]
            default: return []
            }
        }
    }
}
