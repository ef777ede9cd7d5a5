import LocalStakingEvents
import ModuleKit

/// `restake_locally`: local stake moves to another validator.
struct RestakeLocallyStep: ScenarioStep {
    static let kind = ScenarioKind(
        "restake_locally",
        "Moves collateral that is staked on its own chain from one validator to another.",
        example:
            "- restake_locally: { from: osmosis/alice, amount: 1uosmo, at: osmosis/validator, to: osmosis/validator-2 }"
    )
    static let allowed = ["from", "amount", "at", "to"] + MessageSigning.members

    private let signing: MessageSigning
    private let token: ScenarioToken
    private let source: AccountReference
    private let destination: AccountReference

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "restake_locally", allowing: Self.allowed)
        signing = try MessageSigning(try members.user(reader), members, &reader)
        token = try ScenarioToken(try members.required("amount"), on: signing.account.chain, reader)
        source = try reader.validator(try members.required("at"), on: signing.account.chain)
        destination = try reader.validator(try members.required("to"), on: signing.account.chain)
    }

    var description: String { "\(signing.account) moves \(token) from \(source) to \(destination)" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let coin = try run.coin(token)
        let (source, destination) = (try run.operatorText(of: source), try run.operatorText(of: destination))
        let message = LocalStakingMessage.with {
            $0.restake.source = source
            $0.restake.destination = destination
            $0.restake.amount = coin
        }
        try signing.submit([message], to: ChainSpecification.localStaking, in: run)
    }
}
