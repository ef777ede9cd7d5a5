/// `pair`: a pairing is set up, as the source document says.
struct PairStep: ScenarioStep {
    static let kind = ScenarioKind(
        "pair",
        "Sets a pairing up, message by message: both sides are deployed and name each other, the channel is opened, the "
            + "deployer gives up its power, and governance grants the cap, if there is one.",
        example: "- pair: main"
    )

    private let pairing: ScenarioPairing

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        pairing = try reader.pairing(node)
    }

    var description: String { "pair \(pairing.name): \(pairing.provider) secures \(pairing.consumer)" }

    func perform(in run: ScenarioRun) throws(ScenarioError) { try run.setUp(pairing) }
}
