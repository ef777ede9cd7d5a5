import ModuleKit
import StakingEvents

/// `delegate`: coins back a validator of their own chain, and vote with it.
struct DelegateStep: ScenarioStep {
    static let kind = ScenarioKind(
        "delegate",
        "Stakes coins of an account on a validator of its chain, by native staking: not collateral of a vault.",
        example: "- delegate: { from: juno/bob, amount: 5_000_000ujuno, at: juno/validator }"
    )

    private let stake: ValidatorStake

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        stake = try ValidatorStake(node, of: Self.kind, &reader)
    }

    var description: String { "\(stake.signing.account) delegates \(stake.token) to \(stake.validator)" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let (coin, validator) = try stake.read(in: run)
        let message = StakingMessage.with {
            $0.delegate.validator = validator
            $0.delegate.amount = coin
        }
        try stake.signing.submit([message], to: "staking", in: run)
    }
}
