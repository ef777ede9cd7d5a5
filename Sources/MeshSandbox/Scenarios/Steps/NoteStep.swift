/// `note`: a line of the trace.
struct NoteStep: ScenarioStep {
    static let kind = ScenarioKind(
        "note",
        "Says something in the trace, and does nothing.",
        example: "- note: Now the way back."
    )

    let description: String

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        description = try node.text("a note")
    }

    func perform(in run: ScenarioRun) throws(ScenarioError) {}
}
