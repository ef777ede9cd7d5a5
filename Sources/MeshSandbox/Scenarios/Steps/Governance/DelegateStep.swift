import ModuleKit
import StakingEvents

/// `delegate`: coins back a validator of their own chain, and vote with it.
struct DelegateStep: ScenarioStep {
    static let kind = ScenarioKind(
        "delegate",
        "Stakes coins of an account on a validator of its chain, by native staking: not collateral of a vault.",
        example: "- delegate: { from: juno/bob, amount: 5_000_000ujuno, at: juno/validator }"
    )

    private let signing: MessageSigning
    private let token: ScenarioToken
    private let validator: AccountReference

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "delegate", allowing: ["from", "amount", "at"] + MessageSigning.members)
        signing = try MessageSigning(try members.user(reader), members, &reader)
        token = try ScenarioToken(try members.required("amount"), on: signing.account.chain, reader)
        validator = try reader.validator(try members.required("at"), on: signing.account.chain)
    }

    var description: String { "\(signing.account) delegates \(token) to \(validator)" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let (coin, validator) = (try run.coin(token), try run.operatorText(of: validator))
        let message = StakingMessage.with {
            $0.delegate.validator = validator
            $0.delegate.amount = coin
        }
        try signing.submit([message], to: "staking", in: run)
    }
}
