import ModuleKit
import VaultEvents

/// `unbond`: coins leave the vault.
struct UnbondStep: ScenarioStep {
    static let kind = ScenarioKind(
        "unbond",
        "Takes collateral out of the vault that no lien is on.",
        example: "- unbond: { from: osmosis/alice, amount: 1_000_000uosmo, fails: vault/3 }"
    )

    private let signing: MessageSigning
    private let token: ScenarioToken

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "unbond", allowing: ["from", "amount"] + MessageSigning.members)
        signing = try MessageSigning(try members.user(reader), members, &reader)
        token = try ScenarioToken(try members.required("amount"), on: signing.account.chain, reader)
    }

    var description: String { "\(signing.account) unbonds \(token)" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let coin = try run.coin(token)
        try signing.submit([VaultMessage.with { $0.unbond.amount = coin }], to: ChainSpecification.vault, in: run)
    }
}
