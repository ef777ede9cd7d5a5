import ExternalStakingEvents
import ModuleKit

/// `cross_unstake`: stake is taken from a validator of another chain.
struct CrossUnstakeStep: ScenarioStep {
    static let kind = ScenarioKind(
        "cross_unstake",
        "Takes stake from a validator of the chain that a pairing secures. It unbonds once that chain has let go.",
        example: "- cross_unstake: { from: osmosis/alice, amount: 500_000uosmo, at: juno/validator, over: main }"
    )
    static let allowed = ["from", "amount", "at", "over"] + MessageSigning.members

    private let signing: MessageSigning
    private let token: ScenarioToken
    private let validator: AccountReference
    private let pairing: ScenarioPairing

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "cross_unstake", allowing: Self.allowed)
        pairing = try reader.pairing(try members.required("over"))
        signing = try MessageSigning(try members.user(on: pairing.provider, reader), members, &reader)
        token = try ScenarioToken(try members.required("amount"), on: pairing.provider, reader)
        validator = try reader.validator(try members.required("at"), on: pairing.consumer)
    }

    var description: String { "\(signing.account) takes \(token) from \(validator) over \(pairing.name)" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        try run.requireSetUp(pairing)
        let (coin, validator) = (try run.coin(token), try run.operatorText(of: validator))
        let message = ExternalStakingMessage.with {
            $0.unstake.validator = validator
            $0.unstake.amount = coin
        }
        try signing.submit([message], to: pairing.specification.externalStaking, in: run)
    }
}
