/// One of the two chains of a pairing.
public enum PairingSide: String, Sendable, Hashable, CaseIterable {
    /// The chain whose tokens are staked.
    case provider
    /// The chain that they secure.
    case consumer
}

/// One of the four instances that make a pairing.
public enum PairingRole: String, Sendable, Hashable, CaseIterable {
    /// Consumer: says what a token of the provider is worth.
    case priceFeed = "price-feed"
    /// Consumer: the end of the channel, which keeps the pledges.
    case converter
    /// Consumer: bonds what the pledges are worth.
    case virtualStaking = "virtual-staking"
    /// Provider: the end of the channel, which has a lien on collateral.
    case externalStaking = "external-staking"

    /// The name of its module.
    public var module: String { rawValue }

    /// What people call it.
    public var title: String {
        switch self {
        case .priceFeed: "Price feed"
        case .converter: "Converter"
        case .virtualStaking: "Virtual Staking"
        case .externalStaking: "External Staking"
        }
    }

    /// The chain on which it is.
    public var side: PairingSide { self == .externalStaking ? .provider : .consumer }

    /// Those of a chain, in the order in which they are deployed.
    public static func all(on side: PairingSide) -> [PairingRole] { allCases.filter { $0.side == side } }
}

extension PairingSpecification {
    /// The label of an instance: the pairing's name and the module's.
    public func label(of role: PairingRole) -> String { "\(name)-\(role.module)" }

    /// The identifier of a chain.
    public func chainID(of side: PairingSide) -> String { side == .provider ? provider : consumer }
}
