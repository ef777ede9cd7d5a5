/// Chains, channels between them, and what is done with them step by step: a document for people.
///
///     name: Tokens there and back
///     seed: 7
///     chains:
///       provider: { id: provider-1, prefix: prov, validators: 3, accounts: { alice: 1000000uprov } }
///       consumer: { id: consumer-1, prefix: cons, validators: 2, accounts: { bob: 500000ucons } }
///     channels:
///       main: { between: [provider/transfer, consumer/transfer] }
///     steps:
///       - open: main
///       - transfer: { from: provider/alice, to: consumer/bob, amount: 250uprov, over: main }
///       - settle
///       - expect: { balance: consumer/bob, of: uprov over main, is: 250 }
///
/// A chain with `governance` decides by vote: what its authority does is proposed, and all validators vote for it, unless
/// steps propose and vote themselves:
///
///     chains:
///       juno: { bond: ujuno, governance: { voting_period: 60s, min_deposit: 1000ujuno }, accounts: { deployer: 1000ujuno } }
///
/// Where stake of one chain secures another, `pairings` stands beside `channels`, and steps and expectations speak of users,
/// validators and pairings:
///
///     pairings:
///       main: { provider: osmosis, consumer: juno, price: 0.5, discount: 0.1, cap: 9_000_000ujuno, slash: 0.1 }
///     steps:
///       - pair: main
///       - bond: { from: osmosis/alice, amount: 5_000_000uosmo }
///       - cross_stake: { from: osmosis/alice, amount: 4_000_000uosmo, at: juno/validator, over: main }
///
/// Reading it checks all that can be known without running it: members, forms of values, and every name.
public struct Scenario: Sendable {
    /// A step with its place in the text.
    public struct Step: Sendable {
        /// Its number, from 1.
        public let number: Int
        /// Where it stands.
        public let place: ScenarioPlace
        /// What is done.
        public let action: any ScenarioStep
    }

    /// A line that says what it is.
    public let name: String
    /// More of it; may be empty.
    public let about: String
    /// Where all that is left to chance comes from.
    public let seed: UInt64
    /// The chains, in the order of the text.
    public let chains: [ScenarioChain]
    /// The channels, in the order of the text.
    public let channels: [ScenarioChannel]
    /// The pairings, in the order of the text.
    public let pairings: [ScenarioPairing]
    /// What is done.
    public let steps: [Step]

    static let allowed = ["name", "about", "seed", "chains", "channels", "pairings", "steps"]

    /// Reads a scenario.
    ///
    /// - Throws: `ScenarioError` with the place, and what is allowed there.
    public init(parsing text: String, vocabulary: ScenarioVocabulary = .standard) throws(ScenarioError) {
        try self.init(try ScenarioNode(parsing: text), vocabulary)
    }

    private init(_ root: ScenarioNode, _ vocabulary: ScenarioVocabulary) throws(ScenarioError) {
        var reader = ScenarioReader(vocabulary)
        let members = try root.members(of: "a scenario", allowing: Self.allowed)
        name = try members.required("name").text("the name")
        about = try members.optional("about")?.text("what it is about") ?? ""
        seed = try members.optional("seed")?.number("the seed", in: 0...UInt64.max) ?? 1
        var chains = try Self.chains(try members.required("chains"))
        reader.define(chains)
        channels =
            try members.optional("channels")?.named("channels").map { [reader] (member) throws(ScenarioError) in
                try ScenarioChannel(member, reader)
            } ?? []
        reader.define(channels)
        pairings = try Self.pairings(members.optional("pairings"), among: channels, reader)
        reader.define(pairings)
        for pairing in pairings {
            if let index = chains.firstIndex(where: { $0.name == pairing.provider }) { chains[index].addVault() }
        }
        self.chains = chains
        var steps: [Step] = []
        for node in try members.required("steps").elements {
            steps.append(Step(number: steps.count + 1, place: node.place, action: try vocabulary.step(node, &reader)))
        }
        self.steps = steps
    }

    private static func pairings(
        _ node: ScenarioNode?,
        among channels: [ScenarioChannel],
        _ reader: ScenarioReader
    ) throws(ScenarioError) -> [ScenarioPairing] {
        guard let node else { return [] }
        return try node.named("pairings").map { (member) throws(ScenarioError) in
            guard !channels.contains(where: { $0.name == member.name }) else {
                throw ScenarioError(
                    .duplicateName,
                    at: member.place,
                    "\(member.name) is a channel already: call the pairing otherwise"
                )
            }
            return try ScenarioPairing(member, reader)
        }
    }

    private static func chains(_ node: ScenarioNode) throws(ScenarioError) -> [ScenarioChain] {
        var chains: [ScenarioChain] = []
        for member in try node.named("chains") {
            let chain = try ScenarioChain(member)
            if let other = chains.first(where: { $0.specification.chainID == chain.specification.chainID }) {
                throw ScenarioError(
                    .duplicateName,
                    at: member.place,
                    "\(chain.name) has the identifier of \(other.name), \(chain.specification.chainID): give it one of its own"
                )
            }
            chains.append(chain)
        }
        guard !chains.isEmpty else { throw node.refusal("a scenario has at least one chain") }
        return chains
    }
}
