/// `transaction`: what became of a transaction.
struct TransactionExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "transaction",
        "What became of the transaction of a labelled step: done or failed, with a code where it matters.",
        example: "- expect: { transaction: gift, is: failed, code: bank/5 }"
    )
    static let allowed = ["transaction", "is", "code"]

    private let label: String
    private let failure: ExpectedFailure?

    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError) {
        label = try reader.label(try members.required("transaction"))
        let node = try members.required("is")
        let word = try node.word("what became of it", of: ["done", "failed"])
        if let code = members.optional("code") {
            guard word == "failed" else { throw code.refusal("only what failed has a code: leave it out") }
            failure = try ExpectedFailure(code)
        } else {
            failure = word == "failed" ? .any : nil
        }
    }

    var description: String { "transaction \(label)" }
    var expected: String { failure?.description ?? "done" }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        guard let outcome = run.outcomes[label] else { return ScenarioFinding("no transaction", isMet: false) }
        if let failure { return failure.finding(outcome.error) }
        return ScenarioFinding(outcome.error.map { "failed, \($0)" } ?? "done", isMet: outcome.isSuccess)
    }
}
