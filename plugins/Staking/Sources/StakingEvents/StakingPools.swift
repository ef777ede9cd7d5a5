public import BankEvents
public import ModuleKit

/// The accounts that hold staked coins, under the names that the Cosmos SDK gives them.
public enum StakingPool: Sendable, Hashable, CaseIterable {
    /// The coins of bonded validators.
    case bonded
    /// The coins of other validators, and those that are unbonding.
    case notBonded

    /// The pool of a validator's coins.
    public init(isBonded: Bool) { self = isBonded ? .bonded : .notBonded }

    /// The module account's name.
    public var name: String {
        switch self {
        case .bonded: "bonded_tokens_pool"
        case .notBonded: "not_bonded_tokens_pool"
        }
    }

    /// The module account's address.
    public var address: Address {
        switch self {
        case .bonded: Self.bondedAddress
        case .notBonded: Self.notBondedAddress
        }
    }

    private static let bondedAddress = Address(moduleName: "bonded_tokens_pool")
    private static let notBondedAddress = Address(moduleName: "not_bonded_tokens_pool")
}

/// The account through which instances pay for orders of their own; empty between events.
public enum StakingOrders {
    /// The module account's name.
    public static let accountName = "staking_orders"
    /// The module account's address.
    public static let accountAddress = Address(moduleName: accountName)
}

extension StakingEvent: DeclaresModuleAccounts {
    /// The accounts, claimed when the instance is configured.
    public var moduleAccounts: [ModuleAccountDeclaration] {
        guard case .configured = event else { return [] }
        return [
            ModuleAccountDeclaration(StakingPool.bonded.name, permissions: [.burner, .staking]),
            ModuleAccountDeclaration(StakingPool.notBonded.name, permissions: [.burner, .staking]),
            ModuleAccountDeclaration(StakingOrders.accountName, permissions: [.staking]),
        ]
    }
}
