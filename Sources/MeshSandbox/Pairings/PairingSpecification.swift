public import ModuleKit

/// What a pairing of two chains is set up with: cross-staked collateral of the one secures the other.
public struct PairingSpecification: Sendable, Hashable {
    /// The name by which the sandbox knows it; the labels of its instances begin with it.
    public var name: String
    /// The identifier of the chain whose tokens are staked.
    public var provider: String
    /// The identifier of the chain that they secure.
    public var consumer: String
    /// The label of the provider's vault.
    public var vault = ChainSpecification.vault
    /// The coin that is staked, on the provider.
    public var collateralDenom: String
    /// The coin in which the consumer pays rewards, as it calls it.
    public var rewardsDenom: String
    /// The way that rewards take to the provider; nil where none is agreed yet, and they wait at the Converter.
    public var rewardsRoute: RewardRoute? = .ics20Memo
    /// How long a packet with rewards may take, and an order to pay them out.
    public var rewardsTimeout = TimeSpan.hours(1)
    /// How many of the consumer's tokens one of the provider's is worth.
    public var price = Decimal18.one
    /// For how long a price counts.
    public var priceAge = TimeSpan.days(3_650)
    /// The part of the worth that does not count, below one.
    public var discount = Decimal18.zero
    /// How many tokens may be minted at once; nil where governance has not agreed yet.
    public var cap: Amount?
    /// How many blocks lie between two adjustments of virtual stake.
    public var epochBlocks: UInt64 = 4
    /// The part of the stake that a double signature costs, and that a lien can lose. (The setting `slash_ratio`: stated for
    /// downtime as well, of which nothing is ever proven here.)
    public var slashRatio = Decimal18.zero
    /// The part of what is slashed that whoever has brought the evidence gets; a tenth at most.
    public var bounty = Decimal18.zero
    /// How long stake can be slashed after it was given up.
    public var unbondingPeriod = TimeSpan.days(21)
    /// How far the clocks of the two chains may be apart, for what stake answers for; nil for the module's own, an hour.
    public var clockDrift: TimeSpan?
    /// How long a packet of either side may take.
    public var packetTimeout = TimeSpan.hours(24)
    /// The one version that both ends speak.
    public var version = "1.0.0"
    /// To whom the deployer hands its power over the instances, once the channel is open.
    public var handover = PairingHandover.nobody
    /// Whether the provider's authority puts the pairing on its recommended list, where the chain has one.
    public var isRecommended = true
    /// The name of the relayer's path for tokens between the two chains, whose connection the pairing uses.
    public var transferPath: String

    /// Describes a pairing; everything that is not named here has a usual value.
    public init(_ name: String, provider: String, consumer: String, collateral denom: String, rewards: String) {
        self.name = name
        self.provider = provider
        self.consumer = consumer
        collateralDenom = denom
        rewardsDenom = rewards
        transferPath = "\(name)/transfer"
    }

    /// The account that deploys and configures both sides, by its name on each chain.
    public static let deployer = "deployer"
}

extension ChainSpecification {
    /// The label of the chain's vault, where it has one.
    public static let vault = "vault"
    /// The label of the chain's local staking, where it has a vault.
    public static let localStaking = "local-staking"
    /// The label of the list of External Staking instances that the chain recommends, where it has a vault.
    public static let recommendedList = "recommended"

    /// Gives the chain a vault for its bonded coin, local staking, and a recommended list, which the chain's authority
    /// administers; nothing changes where it has them.
    ///
    /// - Parameter slashRatio: the part of local stake that a lien can lose. What an infraction costs is up to the chain's own
    ///   slashing, and should be no more.
    public mutating func addVault(slashRatio: Decimal18 = .zero) {
        guard !instances.contains(where: { $0.label == Self.vault }) else { return }
        let ratio = JSONValue.string(slashRatio.description)
        instances += [
            Instance(
                Self.vault,
                module: "vault",
                configuration: ["denom": .string(bondDenom), "local_staking": .string(Self.localStaking)]
            ),
            Instance(
                Self.localStaking,
                module: "local-staking",
                configuration: [
                    "vault": .string(Self.vault), "slash_ratio": ["double_sign": ratio, "offline": ratio],
                ],
                grants: ["local-staking/undelegate-at-once"]
            ),
            Instance(Self.recommendedList, module: "recommended-list", admin: Self.authority),
        ]
    }
}

extension PairingSpecification {
    /// The label of External Staking, on the provider.
    public var externalStaking: String { label(of: .externalStaking) }
    /// The label of the Price feed, on the consumer.
    public var priceFeed: String { label(of: .priceFeed) }
    /// The label of the Converter, on the consumer.
    public var converter: String { label(of: .converter) }
    /// The label of Virtual Staking, on the consumer.
    public var virtualStaking: String { label(of: .virtualStaking) }
    /// The name of the relayer's path of the control channel.
    public var controlPath: String { "\(name)/control" }
}
