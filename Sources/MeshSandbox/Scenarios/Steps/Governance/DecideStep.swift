/// `decide`: a vote comes to its end.
struct DecideStep: ScenarioStep {
    static let kind = ScenarioKind(
        "decide",
        "Lets time pass until a proposal is decided, and executed if it was accepted, up to the very block in which that happens.",
        example: "- decide: grant"
    )

    private let proposal: String

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        proposal = try reader.label(node)
    }

    var description: String { "decide on \(proposal)" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        _ = try run.awaitDecision(on: try run.proposal(labelled: proposal))
    }
}
