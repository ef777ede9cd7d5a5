/// `stop`: a chain makes no more blocks.
struct StopStep: ScenarioStep {
    static let kind = ScenarioKind(
        "stop",
        "Stops a chain in good order. It makes no blocks until it is reopened; the others go on.",
        example: "- stop: consumer"
    )

    private let chain: String

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) { chain = try reader.chain(node) }

    var description: String { "\(chain) stops" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let chain = try run.chain(chain)
        guard chain.isUp else { throw ScenarioError(.outOfTurn, "\(self.chain) is down already: leave the step out") }
        try ScenarioError.running(nil) { try chain.close() }
    }
}
