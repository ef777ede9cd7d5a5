import LocalStakingEvents
import ModuleKit

/// `local_stake`: what an account's collateral does on its own chain.
struct LocalStakeExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "local_stake",
        "What an account has staked of its collateral at a validator of its own chain: staked, unbonding, and returned, which "
            + "is back and can be released. Any of them.",
        example: "- expect: { local_stake: osmosis/alice, at: osmosis/validator, staked: 3_000_000 }"
    )
    private static let figures = ["staked", "unbonding", "returned"]
    static let allowed = ["local_stake", "at"] + figures

    private let account: AccountReference
    private let validator: AccountReference
    private let figures: ExpectedFigures

    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError) {
        account = try reader.account(try members.required("local_stake"))
        validator = try reader.validator(try members.required("at"), on: account.chain)
        figures = try ExpectedFigures(members, named: Self.figures)
    }

    var description: String { "local stake of \(account) at \(validator)" }
    var expected: String { "\(figures)" }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        let (address, validator) = (try run.address(of: account), try run.operatorText(of: validator))
        let query = LocalStakingQuery.with { $0.account.address = address }
        return try run.ask(query, of: ChainSpecification.localStaking, on: account.chain) { answer in
            let found = answer.account.stakes.first { $0.validator == validator }
            func amount(_ text: String?) throws -> Amount { try text.map { try Amount($0) } ?? .zero }
            return figures.finding([
                ("staked", try amount(found?.staked)), ("unbonding", try amount(found?.unbonding)),
                ("returned", try amount(found?.returned)),
            ])
        }
    }
}
