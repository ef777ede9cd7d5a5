import ModuleKit

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
    private let instance: String
    private let message: JSONValue
    private let place: ScenarioPlace
    private let label: String?
    private let failure: ExpectedFailure?

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "submit", allowing: ["from", "to", "message", "as", "fails"])
        from = try reader.account(try members.required("from"))
        instance = try members.required("to").text("an instance")
        let node = try members.required("message")
        message = try node.json()
        place = node.place
        failure = try members.optional("fails").map { (node) throws(ScenarioError) in try ExpectedFailure(node) }
        label = try members.label(&reader)
    }

    var description: String { "submit \(message.text()) to \(instance), as \(from)" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let chain = try run.chain(from.chain)
        let message = try ScenarioError.reading(place) { try chain.message(json: self.message.text(), to: instance) }
        try run.submit([message], from: from, label: label, failing: failure)
    }
}
