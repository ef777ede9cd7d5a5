import ModuleKit
import VaultEvents

/// `stake_locally`: collateral is staked on its own chain.
struct StakeLocallyStep: ScenarioStep {
    static let kind = ScenarioKind(
        "stake_locally",
        "Stakes collateral on a validator of its own chain, beside what it backs on others.",
        example: "- stake_locally: { from: osmosis/alice, amount: 3_000_000uosmo, at: osmosis/validator }"
    )

    private let signing: MessageSigning
    private let token: ScenarioToken
    private let validator: AccountReference

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(
            of: "stake_locally",
            allowing: ["from", "amount", "at"] + MessageSigning.members
        )
        signing = try MessageSigning(try members.user(reader), members, &reader)
        token = try ScenarioToken(try members.required("amount"), on: signing.account.chain, reader)
        validator = try reader.validator(try members.required("at"), on: signing.account.chain)
    }

    var description: String { "\(signing.account) stakes \(token) at \(validator)" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let (coin, validator) = (try run.coin(token), try run.operatorText(of: validator))
        let message = VaultMessage.with {
            $0.stakeLocal.validator = validator
            $0.stakeLocal.amount = coin
        }
        try signing.submit([message], to: ChainSpecification.vault, in: run)
    }
}
