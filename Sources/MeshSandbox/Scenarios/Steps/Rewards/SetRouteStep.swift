/// `set_route`: rewards go another way.
struct SetRouteStep: ScenarioStep {
    static let kind = ScenarioKind(
        "set_route",
        "Changes the way that rewards of a pairing take: ics20-memo, ics20-control or held; by the authorities of both chains, "
            + "the provider's first, or of the one that `on` names. The pairing's `handover` has to be to the authorities.",
        example: """
            - set_route: { over: main, to: held }
            - set_route: { over: main, to: ics20-control, on: juno, by: juno/bob, fails: host/4 }
            """
    )

    private let signings: [(side: PairingSide, signing: MessageSigning)]
    private let pairing: ScenarioPairing
    private let route: RewardRoute

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "set_route", allowing: ["over", "to", "on", "by", "fails"])
        let pairing = try reader.pairing(try members.required("over"))
        route = try members.required("to").rewardsRoute()
        var sides = PairingSide.allCases
        if let node = members.optional("on") {
            let chain = try reader.chain(node)
            guard let side = sides.first(where: { pairing.chain(on: $0) == chain }) else {
                throw node.refusal(
                    "\(pairing.name) is between \(pairing.chains.joined(separator: " and ")), not on \(chain)"
                )
            }
            sides = [side]
        } else if let node = members.optional("by") {
            throw node.refusal("whoever does it is on one chain: name that with `on`")
        }
        signings = try sides.map { [reader] (side) throws(ScenarioError) in
            var reader = reader
            let decider = try members.decider(on: pairing.chain(on: side), reader)
            return (side, try MessageSigning(decider, members, &reader))
        }
        self.pairing = pairing
    }

    var description: String {
        let deciders = signings.map { $0.signing.account.description }.joined(separator: " and ")
        return "\(deciders) \(signings.count == 1 ? "sends" : "send") rewards of \(pairing.name) by \(route.rawValue)"
    }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        try run.requireSetUp(pairing)
        for (side, signing) in signings {
            let setup = PairingSetup(pairing.specification)
            let message = try ScenarioError.running(nil) { try setup.rerouting(to: route, on: side, in: run.network) }
            try signing.submit([message], in: run)
        }
    }
}

extension ScenarioNode {
    /// Takes the value as the way of rewards.
    func rewardsRoute() throws(ScenarioError) -> RewardRoute {
        let word = try word("the way of rewards", of: RewardRoute.allCases.map(\.rawValue))
        guard let route = RewardRoute(rawValue: word) else { throw refusal("there is no such way: name another") }
        return route
    }
}

extension ScenarioPairing {
    /// The chain on a side, by its name in the scenario.
    func chain(on side: PairingSide) -> String { side == .provider ? provider : consumer }
}
