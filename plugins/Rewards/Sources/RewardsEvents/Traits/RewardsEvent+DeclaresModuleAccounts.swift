public import BankEvents
public import ModuleKit

/// The accounts of rewards, under the names that the Cosmos SDK gives them.
public enum RewardsAccount: String, Sendable, Hashable, CaseIterable {
    /// Where provisions and fees wait for the next block, which shares out whatever is there.
    case feeCollector = "fee_collector"
    /// What is owed to validators and delegators, and the community pool.
    case distribution = "distribution"
    /// On whose word provisions are created; it holds nothing.
    case mint = "mint"

    /// The module account's name.
    public var name: String { rawValue }

    /// The module account's address.
    public var address: Address {
        switch self {
        case .feeCollector: Self.feeCollectorAddress
        case .distribution: Self.distributionAddress
        case .mint: Self.mintAddress
        }
    }

    private static let feeCollectorAddress = Address(moduleName: "fee_collector")
    private static let distributionAddress = Address(moduleName: "distribution")
    private static let mintAddress = Address(moduleName: "mint")
}

extension RewardsEvent: DeclaresModuleAccounts {
    /// The accounts, claimed when the instance is configured.
    public var moduleAccounts: [ModuleAccountDeclaration] {
        guard case .configured = event else { return [] }
        return [
            ModuleAccountDeclaration(RewardsAccount.feeCollector.name),
            ModuleAccountDeclaration(RewardsAccount.distribution.name),
            ModuleAccountDeclaration(RewardsAccount.mint.name, permissions: [.minter]),
        ]
    }
}
