import ModuleKit

/// Coins of a user that go behind a validator of his own chain, or come back.
struct ValidatorStake: Sendable {
    let signing: MessageSigning
    let token: ScenarioToken
    let validator: AccountReference

    /// Reads `from`, `amount` and `at`.
    init(_ node: ScenarioNode, of kind: ScenarioKind, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: kind.name, allowing: ["from", "amount", "at"] + MessageSigning.members)
        signing = try MessageSigning(try members.user(reader), members, &reader)
        token = try ScenarioToken(try members.required("amount"), on: signing.account.chain, reader)
        validator = try reader.validator(try members.required("at"), on: signing.account.chain)
    }

    /// The coin and the validator as the chain writes them.
    func read(in run: ScenarioRun) throws(ScenarioError) -> (coin: ProtoCoin, validator: String) {
        (try run.coin(token), try run.operatorText(of: validator))
    }
}
