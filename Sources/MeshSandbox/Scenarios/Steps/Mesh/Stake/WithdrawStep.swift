import ExternalStakingEvents
import ModuleKit

/// `withdraw`: what has unbonded is free again.
struct WithdrawStep: ScenarioStep {
    static let kind = ScenarioKind(
        "withdraw",
        "Ends the lien on all stake of an account over a pairing that has unbonded, perhaps on none. The coins stay in the "
            + "vault until they are unbonded from there.",
        example: "- withdraw: { from: osmosis/alice, over: main }"
    )

    private let signing: MessageSigning
    private let pairing: ScenarioPairing

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "withdraw", allowing: ["from", "over"] + MessageSigning.members)
        pairing = try reader.pairing(try members.required("over"))
        signing = try MessageSigning(try members.user(on: pairing.provider, reader), members, &reader)
    }

    var description: String { "\(signing.account) withdraws what has unbonded over \(pairing.name)" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        try run.requireSetUp(pairing)
        let message = ExternalStakingMessage.with { $0.withdrawUnbonded = .init() }
        try signing.submit([message], to: pairing.specification.externalStaking, in: run)
    }
}
