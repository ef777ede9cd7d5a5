import ModuleKit
import StakingEvents

/// `power`: how much a validator counts in consensus.
struct PowerExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "power",
        "The power of a validator in consensus: one for each million of the bonded coin, real and virtual; 0 when it is no "
            + "validator now.",
        example: "- expect: { power: juno/validator, is: 12 }"
    )
    static let allowed = ["power"] + ExpectedAmount.members

    private let validator: AccountReference
    private let amount: ExpectedAmount

    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError) {
        validator = try reader.validator(try members.required("power"))
        amount = try ExpectedAmount(members)
    }

    var description: String { "power of \(validator)" }
    var expected: String { "\(amount)" }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        let operatorText = try run.operatorText(of: validator)
        let query = StakingQuery.with { $0.activeSet = .init() }
        return try run.ask(query, of: "staking", on: validator.chain) { answer in
            let found = answer.activeSet.powers.first { $0.operator == operatorText }
            return amount.finding(Amount(UInt128(found?.power ?? 0)))
        }
    }
}
