import LocalStakingEvents
import ModuleKit

/// `unstake_locally`: local stake is taken back.
struct UnstakeLocallyStep: ScenarioStep {
    static let kind = ScenarioKind(
        "unstake_locally",
        "Takes back collateral that is staked on its own chain. It comes when the chain's unbonding time is over.",
        example: "- unstake_locally: { from: osmosis/alice, amount: 1_000_000uosmo, at: osmosis/validator }"
    )

    private let stake: ValidatorStake

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        stake = try ValidatorStake(node, of: Self.kind, &reader)
    }

    var description: String { "\(stake.signing.account) takes \(stake.token) from \(stake.validator)" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let (coin, validator) = try stake.read(in: run)
        let message = LocalStakingMessage.with {
            $0.unstake.validator = validator
            $0.unstake.amount = coin
        }
        try stake.signing.submit([message], to: ChainSpecification.localStaking, in: run)
    }
}
