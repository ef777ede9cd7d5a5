/// `reopen`: a chain that crashed or was stopped goes on from its log.
struct ReopenStep: ScenarioStep {
    static let kind = ScenarioKind(
        "reopen",
        "Runs a chain again that crashed or was stopped, from what is on disk.",
        example: "- reopen: consumer"
    )

    private let chain: String

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) { chain = try reader.chain(node) }

    var description: String { "\(chain) is reopened" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let chain = try run.chain(chain)
        guard !chain.isUp else { throw ScenarioError(.outOfTurn, "\(self.chain) is running: leave the step out") }
        try ScenarioError.running(nil) { try chain.reopen() }
    }
}
