/// `observe`: somebody tells a chain what validators of another one have done.
struct ObserveStep: ScenarioStep {
    static let kind = ScenarioKind(
        "observe",
        "Has an account look at a chain, with what its node has heard, and prove to another one what validators did there. "
            + "`finds` says what becomes of all that is found: proven (unless given), known, or nothing (nothing is found).",
        example: """
            - observe: { consumer: juno, provider: osmosis, by: osmosis/alice }
            - observe: { consumer: juno, provider: osmosis, by: osmosis/alice, finds: known }
            """
    )
    private static let words = ["proven", "known", "nothing"]

    private let consumer: String
    private let account: AccountReference
    private let expected: String

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "observe", allowing: ["consumer", "provider", "by", "finds"])
        consumer = try reader.chain(try members.required("consumer"))
        let place = try members.required("provider")
        let provider = try reader.chain(place)
        guard provider != consumer else {
            throw place.refusal("\(consumer) needs nobody to tell it of its own validators: name another chain")
        }
        account = try reader.account(try members.required("by"), on: provider)
        expected = try members.optional("finds")?.word("what is found", of: Self.words) ?? "proven"
    }

    var description: String { "\(account) tells \(account.chain) of \(consumer)'s validators" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let outcomes = try run.observe(consumer, as: account)
        guard !outcomes.isEmpty else {
            run.check(
                "what \(account) finds",
                expected: expected,
                ScenarioFinding("nothing", isMet: expected == "nothing")
            )
            return
        }
        for outcome in outcomes {
            let fault = outcome.report.fault
            run.check(
                "\(fault.kind.rawValue) at \(consumer) \(fault.height), for \(outcome.report.place)",
                expected: expected,
                ScenarioFinding(outcome.text, isMet: outcome.text.hasPrefix(expected))
            )
        }
    }
}
