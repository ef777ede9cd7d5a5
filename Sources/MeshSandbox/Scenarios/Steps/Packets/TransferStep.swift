import IBC
import ModuleKit
import TransferEvents

/// `transfer`: tokens go to another chain (ICS-20).
struct TransferStep: ScenarioStep {
    static let kind = ScenarioKind(
        "transfer",
        "Sends tokens over a channel to an account of another chain. `as` names the packet for later expectations.",
        example: "- transfer: { from: provider/alice, to: consumer/bob, amount: 250uprov, over: main, as: gift }"
    )
    /// How long a packet may take unless the step says so.
    static let usualTimeout = TimeSpan.minutes(10)
    static let allowed = ["from", "to", "receiver", "amount", "over", "timeout", "memo", "as", "fails"]

    private let from: AccountReference
    private let to: AccountReference?
    private let receiver: String?
    private let token: ScenarioToken
    private let channel: ScenarioChannel
    private let timeout: TimeSpan
    private let memo: String
    private let label: String?
    private let failure: ExpectedFailure?

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "transfer", allowing: Self.allowed)
        from = try reader.account(try members.required("from"))
        channel = try reader.channel(try members.required("over"), from: from.chain, forTokens: true)
        let there = channel.opposite(of: from.chain)?.chain
        if let receiver = members.optional("receiver"), !members.has("to") {
            self.receiver = try receiver.text("a receiver")
            to = nil
        } else {
            guard !members.has("receiver") else {
                throw ScenarioError(
                    .invalidValue,
                    at: members.place,
                    "say `to`, an account, or `receiver`, any text; not both"
                )
            }
            let node = try members.required("to")
            let account = try reader.account(node)
            guard account.chain == there else {
                throw node.refusal(
                    "the channel \(channel.name) leads from \(from.chain) to \(there ?? ""), not to \(account)"
                )
            }
            to = account
            receiver = nil
        }
        token = try ScenarioToken(try members.required("amount"), on: from.chain, reader)
        timeout = try members.optional("timeout")?.timeSpan("a timeout") ?? Self.usualTimeout
        memo = try members.optional("memo")?.text("a memo") ?? ""
        failure = try members.optional("fails").map { (node) throws(ScenarioError) in try ExpectedFailure(node) }
        label = try members.label(&reader)
    }

    var description: String {
        let receiver = to?.description ?? receiver?.shownShort ?? ""
        return "transfer \(token) from \(from) to \(receiver) over \(channel.name)"
    }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let end = try run.end(of: channel.name, on: from.chain)
        let denomination = try run.denomination(token.denomination)
        let message = try ScenarioError.running(nil) {
            let address = try to.map { try run.chain($0.chain).address(of: $0.name) } ?? receiver ?? ""
            let timestamp = try run.network.now.adding(timeout)
            return try SandboxMessage(
                TransferMessage.with {
                    $0.transfer.sourceChannel = end.channel?.text ?? ""
                    $0.transfer.token = .with {
                        $0.denom = denomination
                        $0.amount = token.amount.description
                    }
                    $0.transfer.receiver = address
                    $0.transfer.timeoutTimestamp = timestamp.nanoseconds
                    $0.transfer.memo = memo
                },
                to: try run.chain(from.chain).owner(of: end.port)
            )
        }
        try run.submit([message], from: from, label: label, failing: failure)
    }
}
