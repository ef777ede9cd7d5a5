import LocalStakingEvents
import ModuleKit

/// `unstake_locally`: local stake is taken back.
struct UnstakeLocallyStep: ScenarioStep {
    static let kind = ScenarioKind(
        "unstake_locally",
        "Takes back collateral that is staked on its own chain. It comes when the chain's unbonding time is over.",
        example: "- unstake_locally: { from: osmosis/alice, amount: 1_000_000uosmo, at: osmosis/validator }"
    )

    private let signing: MessageSigning
    private let token: ScenarioToken
    private let validator: AccountReference

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(
            of: "unstake_locally",
            allowing: ["from", "amount", "at"] + MessageSigning.members
        )
        signing = try MessageSigning(try members.user(reader), members, &reader)
        token = try ScenarioToken(try members.required("amount"), on: signing.account.chain, reader)
        validator = try reader.validator(try members.required("at"), on: signing.account.chain)
    }

    var description: String { "\(signing.account) takes \(token) from \(validator)" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let (coin, validator) = (try run.coin(token), try run.operatorText(of: validator))
        let message = LocalStakingMessage.with {
            $0.unstake.validator = validator
            $0.unstake.amount = coin
        }
        try signing.submit([message], to: ChainSpecification.localStaking, in: run)
    }
}
