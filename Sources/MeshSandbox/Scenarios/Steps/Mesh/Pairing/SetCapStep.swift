import ModuleKit

/// `set_cap`: how much may be minted for a pairing.
struct SetCapStep: ScenarioStep {
    static let kind = ScenarioKind(
        "set_cap",
        "Says how much virtual stake a pairing may have on its consumer, by the consumer's authority unless somebody else is "
            + "named; where it has governance, by proposal, for which all validators vote. Zero ends its power, and hands all pledges back.",
        example: "- set_cap: { over: main, to: 500_000ujuno }"
    )

    private let signing: MessageSigning
    private let pairing: ScenarioPairing
    private let cap: Amount

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "set_cap", allowing: ["over", "to", "by"] + MessageSigning.members)
        let over = try members.required("over")
        pairing = try reader.pairing(over)
        signing = try MessageSigning(try members.decider(on: pairing.consumer, reader), members, &reader)
        cap = try members.required("to").cap(of: try reader.description(ofChain: pairing.consumer, at: over), reader)
    }

    var description: String { "\(signing.account) sets the cap of \(pairing.name) to \(cap)" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        try run.requireSetUp(pairing)
        let message = try ScenarioError.running(nil) { try pairing.specification.authorising(cap) }
        try signing.submit([message], in: run)
    }
}
