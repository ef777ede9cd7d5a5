import ModuleKit

/// `reward_totals`: what has become of all rewards of a pairing, by the books of one chain.
struct RewardTotalsExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "reward_totals",
        "What has become of all rewards of a pairing, by the books of the chain that `on` names. Consumer: collected is waiting, "
            + "batched, arrived, held, delivered, paid and given together. Provider: received is paid, converted, community, "
            + "in_flight, claimable and remainder together, in whole units; unattributed comes before. Any of them.",
        example: """
            - expect: { reward_totals: main, on: juno, collected: 900, delivered: 900 }
            - expect: { reward_totals: main, on: osmosis, received: 900, paid: 300, claimable: 599, remainder: 1 }
            """
    )
    private static let consumer = [
        "collected", "waiting", "batched", "arrived", "held", "delivered", "paid", "given",
    ]
    private static let provider = [
        "received", "paid", "converted", "community", "in_flight", "claimable", "remainder", "unattributed",
    ]
    static let allowed = ["reward_totals", "on"] + consumer + provider.filter { !consumer.contains($0) }

    private let pairing: ScenarioPairing
    private let side: PairingSide
    private let figures: ExpectedFigures

    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError) {
        let pairing = try reader.pairing(try members.required("reward_totals"))
        let node = try members.required("on")
        let chain = try reader.chain(node)
        guard let side = PairingSide.allCases.first(where: { pairing.chain(on: $0) == chain }) else {
            throw node.refusal(
                "\(pairing.name) is between \(pairing.chains.joined(separator: " and ")), not on \(chain)"
            )
        }
        let names = side == .consumer ? Self.consumer : Self.provider
        for name in Self.consumer + Self.provider where members.has(name) && !names.contains(name) {
            throw node.refusal("\(chain) has no figure \(name); it has \(names.joined(separator: ", "))")
        }
        (self.pairing, self.side) = (pairing, side)
        figures = try ExpectedFigures(members, named: names)
    }

    var description: String { "rewards of \(pairing.name) on \(pairing.chain(on: side))" }
    var expected: String { "\(figures)" }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        let rewards = try run.rewards(of: pairing)
        guard side == .provider else {
            let found = rewards.consumer
            return figures.finding([
                ("collected", found.collected), ("waiting", found.waiting), ("batched", found.batched),
                ("arrived", found.arrived), ("held", found.held), ("delivered", found.delivered),
                ("paid", found.paid), ("given", found.given),
            ])
        }
        let claimable = rewards.sum { (try? $0.claimable.whole(rounding: .floor)) ?? .zero }
        let sums: [(name: String, amount: Amount)] = [
            ("paid", rewards.sum(\.paid)), ("converted", rewards.sum(\.converted)),
            ("community", rewards.sum(\.community)), ("in_flight", rewards.sum(\.inFlight)), ("claimable", claimable),
        ]
        let received = rewards.sum(\.received)
        let remainder = sums.reduce(received) { $0.saturatingSubtracting($1.amount) }
        return figures.finding(
            [("received", received)] + sums + [("remainder", remainder), ("unattributed", rewards.sum(\.unattributed))]
        )
    }
}

extension ScenarioRun {
    /// What has become of a pairing's rewards.
    ///
    /// - Throws: `outOfTurn` before it is set up.
    func rewards(of pairing: ScenarioPairing) throws(ScenarioError) -> PairingRewards {
        try requireSetUp(pairing)
        let (provider, consumer) = (try chain(pairing.provider), try chain(pairing.consumer))
        return try ScenarioError.running(current?.place) { try pairing.specification.rewards(provider, consumer) }
    }
}
