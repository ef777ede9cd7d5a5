import ModuleKit
import VirtualStakingEvents

/// `minted`: all virtual stake of a pairing.
struct MintedExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "minted",
        "All virtual stake that a pairing has on its consumer now; never above its cap.",
        example: "- expect: { minted: main, is: 900_000 }"
    )
    static let allowed = ["minted"] + ExpectedAmount.members

    private let pairing: ScenarioPairing
    private let amount: ExpectedAmount

    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError) {
        pairing = try reader.pairing(try members.required("minted"))
        amount = try ExpectedAmount(members)
    }

    var description: String { "minted for \(pairing.name)" }
    var expected: String { "\(amount)" }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        try run.requireSetUp(pairing)
        let query = VirtualStakingQuery.with { $0.totals = .init() }
        return try run.ask(query, of: pairing.specification.virtualStaking, on: pairing.consumer) { answer in
            amount.finding(try Amount(answer.totals.minted))
        }
    }
}
