/// `settle`: everything that is on its way arrives.
struct SettleStep: ScenarioStep {
    static let kind = ScenarioKind(
        "settle",
        "Waits until no packet and no transaction is on its way.",
        example: "- settle"
    )

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        guard node.isEmpty else { throw node.refusal("settle stands alone: leave out what follows it") }
    }

    var description: String { "settle" }

    func perform(in run: ScenarioRun) throws(ScenarioError) { try run.settle() }
}
