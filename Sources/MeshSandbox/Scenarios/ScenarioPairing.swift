import ModuleKit

/// A pairing of a scenario: the stake of one chain secures another. It is there once a step sets it up.
public struct ScenarioPairing: Sendable {
    /// The name in the scenario.
    public let name: String
    /// The chain whose tokens are staked, by its name in the scenario.
    public let provider: String
    /// The chain that they secure, by its name in the scenario.
    public let consumer: String
    /// What it is set up with.
    public let specification: PairingSpecification
    /// The channel between the two sides.
    public let control: ScenarioChannel
    /// The channel for tokens between the two chains.
    public let transfer: ScenarioChannel

    static let allowed = [
        "provider", "consumer", "price", "price_age", "discount", "cap", "epoch", "slash", "bounty", "unbonding",
        "collateral", "rewards", "rewards_route", "rewards_timeout", "handover", "recommend",
    ]
    /// How long a vault of the sandbox remembers slashes: no stake may unbond for longer.
    private static let unbondingMax = TimeSpan.days(21)

    init(_ member: ScenarioNode.Member, _ reader: ScenarioReader) throws(ScenarioError) {
        name = member.name
        let members = try member.value.members(of: "a pairing", allowing: Self.allowed)
        let provider = try reader.description(ofChain: try members.required("provider"))
        let place = try members.required("consumer")
        let consumer = try reader.description(ofChain: place)
        guard provider.name != consumer.name else {
            throw place.refusal("a chain can't secure itself: name another one as the consumer")
        }
        (self.provider, self.consumer) = (provider.name, consumer.name)
        var specification = PairingSpecification(
            member.name,
            provider: provider.specification.chainID,
            consumer: consumer.specification.chainID,
            collateral: try members.denomination("collateral") ?? provider.specification.bondDenom,
            rewards: try members.denomination("rewards") ?? consumer.specification.bondDenom
        )
        if let price = try members.optional("price")?.decimal("a price") { specification.price = price }
        if let age = try members.optional("price_age")?.timeSpan("the age of a price") { specification.priceAge = age }
        if let discount = members.optional("discount") {
            specification.discount = try discount.decimal("a discount")
            guard specification.discount < .one else { throw discount.refusal("a discount is below 1, such as 0.1") }
        }
        specification.cap = try members.optional("cap").map { (node) throws(ScenarioError) in
            try node.cap(of: consumer, reader)
        }
        if let epoch = try members.optional("epoch")?.number("an epoch", in: 1...UInt64(1_000)) {
            specification.epochBlocks = epoch
        }
        if let slash = members.optional("slash") {
            specification.slashRatio = try slash.decimal("what a double signature costs")
            guard specification.slashRatio <= .one else {
                throw slash.refusal("nobody loses more than 1, which is all")
            }
        }
        if let bounty = members.optional("bounty") {
            specification.bounty = try bounty.decimal("what an observer gets")
            guard specification.bounty <= .percent(10) else {
                throw bounty.refusal("an observer gets 0.1 of what is slashed at most")
            }
        }
        if let unbonding = members.optional("unbonding") {
            specification.unbondingPeriod = try unbonding.timeSpan("the unbonding time")
            guard specification.unbondingPeriod <= Self.unbondingMax else {
                throw unbonding.refusal("the vault remembers slashes for 21 days: let stake unbond for 21d at most")
            }
        }
        try specification.readRewards(members)
        try specification.readAgreements(members)
        self.specification = specification
        control = ScenarioChannel(
            specification.controlPath,
            of: member.name,
            between: .init(chain: consumer.name, port: specification.converter),
            and: .init(chain: provider.name, port: specification.externalStaking),
            version: ""
        )
        transfer = ScenarioChannel(
            specification.transferPath,
            of: member.name,
            between: .init(chain: consumer.name, port: "transfer"),
            and: .init(chain: provider.name, port: "transfer"),
            version: "ics20-1"
        )
    }

    /// The two chains, the provider first.
    var chains: [String] { [provider, consumer] }
}

extension PairingSpecification {
    /// How rewards go; `none` has them wait at the Converter.
    fileprivate mutating func readRewards(_ members: ScenarioMembers) throws(ScenarioError) {
        if let node = members.optional("rewards_route") {
            let words = RewardRoute.allCases.map(\.rawValue) + ["none"]
            rewardsRoute = RewardRoute(rawValue: try node.word("the way of rewards", of: words))
        }
        guard let node = members.optional("rewards_timeout") else { return }
        rewardsTimeout = try node.timeSpan("the timeout of rewards")
        guard rewardsTimeout >= .minutes(1), rewardsTimeout <= .days(30) else {
            throw node.refusal("rewards have a minute to arrive, and 30d at most")
        }
    }

    /// What the deployer and the authorities agree on beside the figures.
    fileprivate mutating func readAgreements(_ members: ScenarioMembers) throws(ScenarioError) {
        let names = PairingHandover.allCases.map(\.rawValue)
        let word = try members.optional("handover")?.word("who has power over a pairing", of: names)
        if let found = word.flatMap(PairingHandover.init) { handover = found }
        isRecommended = try members.optional("recommend")?.flag("whether it is recommended") ?? isRecommended
    }
}

extension ScenarioNode {
    /// Takes the value as a decimal number such as `0.1`.
    func decimal(_ title: String) throws(ScenarioError) -> Decimal18 {
        let text = try text(title)
        return try ScenarioError.reading(place) { try Decimal18(text) }
    }

    /// Takes the value as an amount of a chain's bonded coin, such as `1_000_000ujuno`.
    func cap(of chain: ScenarioChain, _ reader: ScenarioReader) throws(ScenarioError) -> Amount {
        let token = try ScenarioToken(self, on: chain.name, reader)
        let bond = chain.specification.bondDenom
        guard token.denomination.entries.isEmpty, token.denomination.base == bond else {
            throw refusal("what is minted is the coin that \(chain.name) bonds: name an amount of \(bond)")
        }
        return token.amount
    }
}

extension ScenarioMembers {
    fileprivate func denomination(_ name: String) throws(ScenarioError) -> String? {
        guard let node = optional(name) else { return nil }
        let text = try node.text("a coin")
        return try ScenarioError.reading(node.place) { try Denom(text).text }
    }
}
