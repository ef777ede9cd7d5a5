import ModuleKit

/// `supply`: how much there is of a token on a chain.
struct SupplyExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "supply",
        "How much of a token there is on a chain, as the chain reports it: virtual stake is part of no supply.",
        example: "- expect: { supply: consumer, of: uprov over main, is: 250 }"
    )
    static let allowed = ["supply", "of"] + ExpectedAmount.members

    private let chain: String
    private let denomination: ScenarioDenomination
    private let amount: ExpectedAmount

    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError) {
        chain = try reader.chain(try members.required("supply"))
        denomination = try reader.denomination(try members.required("of"), on: chain)
        amount = try ExpectedAmount(members)
    }

    var description: String { "supply on \(chain), \(denomination)" }
    var expected: String { "\(amount)" }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        let denomination = try run.denomination(denomination)
        let chain = try run.chain(chain)
        return amount.finding(try ScenarioError.running(nil) { try chain.reportedSupply(of: denomination) })
    }
}
