import ModuleKit
import VaultEvents

/// `stake_locally`: collateral is staked on its own chain.
struct StakeLocallyStep: ScenarioStep {
    static let kind = ScenarioKind(
        "stake_locally",
        "Stakes collateral on a validator of its own chain, beside what it backs on others.",
        example: "- stake_locally: { from: osmosis/alice, amount: 3_000_000uosmo, at: osmosis/validator }"
    )

    private let stake: ValidatorStake

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        stake = try ValidatorStake(node, of: Self.kind, &reader)
    }

    var description: String { "\(stake.signing.account) stakes \(stake.token) at \(stake.validator)" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let (coin, validator) = try stake.read(in: run)
        let message = VaultMessage.with {
            $0.stakeLocal.validator = validator
            $0.stakeLocal.amount = coin
        }
        try stake.signing.submit([message], to: ChainSpecification.vault, in: run)
    }
}
