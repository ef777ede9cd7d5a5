import ModuleKit
import VirtualStakingEvents

/// `bonded`: the virtual stake of a validator.
struct BondedExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "bonded",
        "The virtual stake that a validator has from a pairing, in the tokens of its chain.",
        example: "- expect: { bonded: juno/validator, over: main, is: 900_000 }"
    )
    static let allowed = ["bonded", "over"] + ExpectedAmount.members

    private let validator: AccountReference
    private let pairing: ScenarioPairing
    private let amount: ExpectedAmount

    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError) {
        pairing = try reader.pairing(try members.required("over"))
        validator = try reader.validator(try members.required("bonded"), on: pairing.consumer)
        amount = try ExpectedAmount(members)
    }

    var description: String { "virtual stake of \(validator) from \(pairing.name)" }
    var expected: String { "\(amount)" }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        try run.requireSetUp(pairing)
        let operatorText = try run.operatorText(of: validator)
        let query = VirtualStakingQuery.with { $0.stake.validator = operatorText }
        return try run.ask(query, of: pairing.specification.virtualStaking, on: pairing.consumer) { answer in
            amount.finding(try Amount(answer.stake.minted))
        }
    }
}
