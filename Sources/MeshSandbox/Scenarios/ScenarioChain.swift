import ModuleKit

/// A chain of a scenario.
public struct ScenarioChain: Sendable {
    /// The name in the scenario.
    public let name: String
    /// What it is made of.
    public private(set) var specification: ChainSpecification
    /// The names of its accounts: those of its validators, the others, and its authority's.
    public var accounts: [String] {
        specification.validatorNames + specification.accounts.map(\.name) + [ChainSpecification.authority]
    }

    /// Gives the chain a vault and local staking; nothing changes where it has them.
    mutating func addVault() { specification.addVault() }

    static let allowed = [
        "id", "prefix", "bond", "validators", "accounts", "instances", "governance", "inflation", "block_interval",
        "unbonding", "trusting",
    ]

    init(_ member: ScenarioNode.Member) throws(ScenarioError) {
        name = member.name
        let members = try member.value.members(of: "a chain", allowing: Self.allowed)
        var specification = ChainSpecification(try Self.identifier(members, of: name))
        if let prefix = members.optional("prefix") {
            specification.addressPrefix = try prefix.text("a prefix")
            let text = specification.addressPrefix
            _ = try ScenarioError.reading(prefix.place) { try AddressPrefixes(account: text) }
        }
        if let bond = members.optional("bond") {
            specification.bondDenom = try ScenarioError.reading(bond.place) { try Denom(try bond.text("a coin")).text }
        }
        specification.validatorPowers = try Self.powers(members)
        specification.accounts =
            try members.optional("accounts")?.named("accounts").map {
                (member) throws(ScenarioError) in try Self.account(member)
            } ?? []
        specification.instances =
            try members.optional("instances")?.named("instances").map {
                (member) throws(ScenarioError) in try Self.instance(member)
            } ?? []
        if let interval = try members.optional("block_interval")?.duration("the block interval") {
            specification.blockInterval = interval
        }
        if let time = try members.optional("unbonding")?.duration("the unbonding time") {
            specification.unbondingTime = time
        }
        if let period = try members.optional("trusting")?.duration("the trusting period") {
            specification.trustingPeriod = period
        }
        specification.governance = try members.optional("governance").map {
            [specification] (node) throws(ScenarioError) in
            try ChainSpecification.Governance(node, depositing: specification.bondDenom)
        }
        specification.inflation = try members.optional("inflation").map { (node) throws(ScenarioError) in
            try ChainSpecification.Inflation(node)
        }
        self.specification = specification
        try ScenarioError.reading(member.place) { try specification.check() }
    }

    private static func identifier(_ members: ScenarioMembers, of name: String) throws(ScenarioError) -> String {
        guard let node = members.optional("id") else { return "\(name)-1" }
        let text = try node.text("a chain's identifier")
        // It also names the folder of the chain's home.
        guard text.isScenarioName else {
            throw node.refusal(
                "the identifier \(text.shownShort) is not allowed; use 1 to 32 of a to z, 0 to 9, - and _"
            )
        }
        return text
    }

    /// How many validators, or the power of each.
    private static func powers(_ members: ScenarioMembers) throws(ScenarioError) -> [UInt32] {
        guard let node = members.optional("validators") else { return [10] }
        guard case .list(let powers) = node.content else {
            return Array(repeating: 10, count: try node.number("validators", in: 1...100))
        }
        guard (1...100).contains(powers.count) else { throw node.refusal("a chain has 1 to 100 validators") }
        return try powers.map { (power) throws(ScenarioError) in try power.number("a power", in: 1...1_000_000) }
    }

    private static func account(_ member: ScenarioNode.Member) throws(ScenarioError) -> ChainSpecification.Account {
        var coins = Coins.empty
        for node in member.value.elements {
            let text = try node.text("what an account has").replacing("_", with: "")
            coins = try ScenarioError.reading(node.place) { [coins] in
                let coin = try Coin(text)
                guard coins.amount(of: coin.denom).isZero else {
                    throw node.refusal("\(coin.denom) is named already: name it once", code: .duplicateName)
                }
                return try coins.adding(coin)
            }
        }
        return ChainSpecification.Account(member.name, coins)
    }

    private static func instance(_ member: ScenarioNode.Member) throws(ScenarioError) -> ChainSpecification.Instance {
        let members = try member.value.members(of: "an instance", allowing: ["module", "configuration", "grants"])
        return ChainSpecification.Instance(
            member.name,
            module: try members.required("module").text("a module"),
            configuration: try members.optional("configuration")?.json() ?? .object(JSONObject()),
            grants: try members.optional("grants")?.elements.map { (node) throws(ScenarioError) in
                try node.text("a privilege")
            } ?? []
        )
    }
}

extension ScenarioNode {
    /// Takes the value as a length of time.
    func duration(_ title: String) throws(ScenarioError) -> Duration {
        .nanoseconds(Int64(clamping: try timeSpan(title).nanoseconds))
    }
}
