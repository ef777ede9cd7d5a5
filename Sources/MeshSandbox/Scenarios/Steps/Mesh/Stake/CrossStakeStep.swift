import ModuleKit
import VaultEvents

/// `cross_stake`: collateral backs a validator of another chain.
struct CrossStakeStep: ScenarioStep {
    static let kind = ScenarioKind(
        "cross_stake",
        "Stakes collateral on a validator of the chain that a pairing secures. `bonding` brings so much into the vault first, "
            + "in the same transaction.",
        example:
            "- cross_stake: { from: osmosis/alice, amount: 2_000_000uosmo, at: juno/validator, over: main, as: first }"
    )
    static let allowed = ["from", "amount", "at", "over", "bonding"] + MessageSigning.members

    private let signing: MessageSigning
    private let token: ScenarioToken
    private let bonding: ScenarioToken?
    private let validator: AccountReference
    private let pairing: ScenarioPairing

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "cross_stake", allowing: Self.allowed)
        pairing = try reader.pairing(try members.required("over"))
        signing = try MessageSigning(try members.user(on: pairing.provider, reader), members, &reader)
        token = try ScenarioToken(try members.required("amount"), on: pairing.provider, reader)
        bonding = try members.optional("bonding").map { [pairing, reader] (node) throws(ScenarioError) in
            try ScenarioToken(node, on: pairing.provider, reader)
        }
        validator = try reader.validator(try members.required("at"), on: pairing.consumer)
    }

    var description: String {
        let first = bonding.map { " bonds \($0), and" } ?? ""
        return "\(signing.account)\(first) stakes \(token) at \(validator) over \(pairing.name)"
    }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        try run.requireSetUp(pairing)
        let (coin, validator) = (try run.coin(token), try run.operatorText(of: validator))
        var messages: [VaultMessage] = []
        if let bonding {
            let bonded = try run.coin(bonding)
            messages.append(.with { $0.bond.amount = bonded })
        }
        messages.append(
            .with {
                $0.stakeRemote.holder = pairing.specification.externalStaking
                $0.stakeRemote.validator = validator
                $0.stakeRemote.amount = coin
            }
        )
        try signing.submit(messages, to: ChainSpecification.vault, in: run)
    }
}
