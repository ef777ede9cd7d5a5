import ModuleKit
import VaultEvents

/// `bond`: coins go into the vault.
struct BondStep: ScenarioStep {
    static let kind = ScenarioKind(
        "bond",
        "Brings coins into the vault of their chain, as collateral.",
        example: "- bond: { from: osmosis/alice, amount: 5_000_000uosmo }"
    )

    private let signing: MessageSigning
    private let token: ScenarioToken

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "bond", allowing: ["from", "amount"] + MessageSigning.members)
        signing = try MessageSigning(try members.user(reader), members, &reader)
        token = try ScenarioToken(try members.required("amount"), on: signing.account.chain, reader)
    }

    var description: String { "\(signing.account) bonds \(token)" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let coin = try run.coin(token)
        try signing.submit([VaultMessage.with { $0.bond.amount = coin }], to: ChainSpecification.vault, in: run)
    }
}
