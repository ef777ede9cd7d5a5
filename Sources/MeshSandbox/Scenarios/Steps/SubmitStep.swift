/// `submit`: any message to any instance.
struct SubmitStep: ScenarioStep {
    static let kind = ScenarioKind(
        "submit",
        "Sends any message to any instance, written as its module writes it in JSON.",
        example: """
            - submit:
                from: provider/alice
                to: staking
                message: { delegate: { validator: provvaloper1…, amount: { denom: uprov, amount: "5" } } }
            """
    )

    private let from: AccountReference
    private let message: ScenarioMessage
    private let label: String?
    private let failure: ExpectedFailure?

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "submit", allowing: ["from"] + ScenarioMessage.members + ["as", "fails"])
        from = try reader.account(try members.required("from"))
        message = try ScenarioMessage(members)
        failure = try members.optional("fails").map { (node) throws(ScenarioError) in try ExpectedFailure(node) }
        label = try members.label(&reader)
    }

    var description: String { "submit \(message), as \(from)" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let message = try message.encoded(on: try run.chain(from.chain))
        try run.submit([message], from: from, label: label, failing: failure)
    }
}
