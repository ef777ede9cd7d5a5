import ModuleKit

/// `drift`: how far the two sides of a pairing differ.
struct DriftExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "drift",
        "How far the provider's books of a pairing differ from the consumer's, over all validators. What is under way counts; "
            + "when nothing is, they agree.",
        example: "- expect: { drift: main, is: 0 }"
    )
    static let allowed = ["drift"] + ExpectedAmount.members

    private let pairing: ScenarioPairing
    private let amount: ExpectedAmount

    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError) {
        pairing = try reader.pairing(try members.required("drift"))
        amount = try ExpectedAmount(members)
    }

    var description: String { "drift of \(pairing.name)" }
    var expected: String { "\(amount)" }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        amount.finding(try run.report(on: pairing).drift)
    }
}
