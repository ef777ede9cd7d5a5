import BankEvents
import ModuleKit

/// `send`: coins go from one account to another of the same chain.
struct SendStep: ScenarioStep {
    static let kind = ScenarioKind(
        "send",
        "Sends coins from an account to another of the same chain.",
        example: "- send: { from: provider/alice, to: provider/bob, amount: 5uprov }"
    )

    private let from: AccountReference
    private let to: AccountReference
    private let token: ScenarioToken
    private let label: String?
    private let failure: ExpectedFailure?

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "send", allowing: ["from", "to", "amount", "as", "fails"])
        from = try reader.account(try members.required("from"))
        let receiver = try members.required("to")
        to = try reader.account(receiver)
        guard to.chain == from.chain else {
            throw receiver.refusal("\(to) is on another chain than \(from): use the step `transfer`")
        }
        token = try ScenarioToken(try members.required("amount"), on: from.chain, reader)
        failure = try members.optional("fails").map { (node) throws(ScenarioError) in try ExpectedFailure(node) }
        label = try members.label(&reader)
    }

    var description: String { "send \(token) from \(from) to \(to)" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let denomination = try run.denomination(token.denomination)
        let message = try ScenarioError.running(nil) {
            let receiver = try run.chain(to.chain).address(of: to.name)
            return try SandboxMessage(
                BankMessage.with {
                    $0.send.toAddress = receiver
                    $0.send.amount = [
                        .with {
                            $0.denom = denomination
                            $0.amount = token.amount.description
                        }
                    ]
                },
                to: "bank"
            )
        }
        try run.submit([message], from: from, label: label, failing: failure)
    }
}
