import ModuleKit

/// `wait`: time passes, and blocks with it.
struct WaitStep: ScenarioStep {
    static let kind = ScenarioKind(
        "wait",
        "Lets time pass on all chains. A wait of more than sixty blocks has sixty, further apart.",
        example: "- wait: 60s"
    )

    private let span: TimeSpan
    // As it is written: 200h reads better than its seconds.
    private let text: String

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        text = try node.text("a wait")
        span = try node.timeSpan("a wait")
        guard span <= .days(3650) else { throw node.refusal("a wait is ten years at most") }
    }

    var description: String { "wait \(text)" }

    func perform(in run: ScenarioRun) throws(ScenarioError) { try run.wait(span) }
}
