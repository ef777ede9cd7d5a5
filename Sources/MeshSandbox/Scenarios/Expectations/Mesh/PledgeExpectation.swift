import ConverterEvents
import ModuleKit

/// `pledge`: what the consumer of a pairing knows of an account's stake.
struct PledgeExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "pledge",
        "What an account has pledged to a validator, by the books of the chain that the pairing secures, in the provider's "
            + "tokens.",
        example: "- expect: { pledge: osmosis/alice, at: juno/validator, over: main, is: 2_000_000 }"
    )
    static let allowed = ["pledge", "at", "over"] + ExpectedAmount.members

    private let account: AccountReference
    private let validator: AccountReference
    private let pairing: ScenarioPairing
    private let amount: ExpectedAmount

    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError) {
        pairing = try reader.pairing(try members.required("over"))
        let node = try members.required("pledge")
        account = try reader.account(node)
        guard account.chain == pairing.provider else {
            throw node.refusal("over \(pairing.name), accounts of \(pairing.provider) pledge, not \(account)")
        }
        validator = try reader.validator(try members.required("at"), on: pairing.consumer)
        amount = try ExpectedAmount(members)
    }

    var description: String { "pledge of \(account) to \(validator) over \(pairing.name)" }
    var expected: String { "\(amount)" }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        try run.requireSetUp(pairing)
        let (delegator, validator) = (try run.address(of: account), try run.operatorText(of: validator))
        let query = ConverterQuery.with {
            $0.pledge.delegator = delegator
            $0.pledge.validator = validator
        }
        return try run.ask(query, of: pairing.specification.converter, on: pairing.consumer) { answer in
            amount.finding(try Amount(answer.pledge.amount))
        }
    }
}
