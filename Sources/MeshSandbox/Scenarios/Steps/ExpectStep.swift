/// `expect`: something shall hold now.
struct ExpectStep: ScenarioStep {
    static let kind = ScenarioKind(
        "expect",
        "Looks whether something holds now, or several things in a list. What does not hold fails the scenario.",
        example: """
            - expect: { balance: consumer/bob, of: uprov over main, is: 250 }
            - expect:
                - { packet: gift, is: acknowledged }
                - { supply: provider, of: uprov, at_least: 1000000 }
            """
    )

    private let expectations: [(place: ScenarioPlace, expectation: any ScenarioExpectation)]

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        guard !node.elements.isEmpty else { throw node.refusal("say what is expected") }
        expectations = try node.elements.map { [reader] (node) throws(ScenarioError) in
            (node.place, try reader.vocabulary.expectation(node, reader))
        }
    }

    var description: String { "expect" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        for (place, expectation) in expectations {
            let finding: ScenarioFinding
            do throws(ScenarioError) {
                finding = try expectation.finding(in: run)
            } catch {
                throw error.placed(at: place)
            }
            run.check("\(expectation)", expected: expectation.expected, finding, at: place)
        }
    }
}
