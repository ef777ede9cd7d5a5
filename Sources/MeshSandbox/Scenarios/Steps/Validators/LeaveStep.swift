import ModuleKit
import StakingEvents

/// `leave`: a validator takes its own stake back, and is one no more.
struct LeaveStep: ScenarioStep {
    static let kind = ScenarioKind(
        "leave",
        "Has a validator take back all that it has staked on itself. The chain jails it for that, and its power ends.",
        example: "- leave: juno/validator-2"
    )

    private let validator: AccountReference

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        validator = try reader.validator(node)
    }

    var description: String { "\(validator) leaves" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let (delegator, operatorText) = (try run.address(of: validator), try run.operatorText(of: validator))
        let query = StakingQuery.with {
            $0.delegation.delegator = delegator
            $0.delegation.validator = operatorText
        }
        let own = try run.ask(query, of: "staking", on: validator.chain) { $0.delegation.balance }
        let message = StakingMessage.with {
            $0.undelegate.validator = operatorText
            $0.undelegate.amount = own
        }
        let messages = try ScenarioError.running(nil) { [try SandboxMessage(message, to: "staking")] }
        try run.submit(messages, from: validator)
    }
}
