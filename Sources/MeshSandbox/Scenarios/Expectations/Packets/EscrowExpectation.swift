import ModuleKit

/// `escrow`: what waits at one end of a channel for the return of what left through it.
struct EscrowExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "escrow",
        "What the escrow of a channel holds at its end on a chain: what left through it and has not come back.",
        example: "- expect: { escrow: provider, over: main, of: uprov, is: 250 }"
    )
    static let allowed = ["escrow", "over", "of"] + ExpectedAmount.members

    private let chain: String
    private let channel: ScenarioChannel
    private let denomination: ScenarioDenomination
    private let amount: ExpectedAmount

    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError) {
        chain = try reader.chain(try members.required("escrow"))
        channel = try reader.channel(try members.required("over"), from: chain, forTokens: true)
        denomination = try reader.denomination(try members.required("of"), on: chain)
        amount = try ExpectedAmount(members)
    }

    var description: String { "escrow of \(channel.name) on \(chain), \(denomination)" }
    var expected: String { "\(amount)" }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        let denomination = try run.denomination(denomination)
        let end = try run.end(of: channel.name, on: chain)
        let chain = try run.chain(chain)
        return amount.finding(try ScenarioError.running(nil) { try chain.escrow(of: denomination, at: end) })
    }
}
