import ModuleKit

/// `revoke`: a pairing loses its power.
struct RevokeStep: ScenarioStep {
    static let kind = ScenarioKind(
        "revoke",
        "Takes back the right to mint from a pairing, by the consumer's authority unless somebody else is named; where it has "
            + "governance, by proposal. All its virtual stake ends in that block, and all pledges are handed back.",
        example: "- revoke: { over: main }"
    )

    private let signing: MessageSigning
    private let pairing: ScenarioPairing

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "revoke", allowing: ["over", "by"] + MessageSigning.members)
        pairing = try reader.pairing(try members.required("over"))
        signing = try MessageSigning(try members.decider(on: pairing.consumer, reader), members, &reader)
    }

    var description: String { "\(signing.account) takes its right to mint from \(pairing.name)" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        try run.requireSetUp(pairing)
        let message = try ScenarioError.running(nil) { try pairing.specification.revoking() }
        try signing.submit([message], in: run)
    }
}
