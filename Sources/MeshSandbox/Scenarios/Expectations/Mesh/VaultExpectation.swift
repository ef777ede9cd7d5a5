import ModuleKit
import VaultEvents

/// `vault`: what an account has in the vault of its chain.
struct VaultExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "vault",
        "What an account has in the vault: bonded, free (what it can surely take out), max_lien (the largest lien, with what "
            + "is in flight) and slashable (of all liens together). Any of them.",
        example: "- expect: { vault: osmosis/alice, bonded: 5_000_000, free: 3_000_000, max_lien: 2_000_000 }"
    )
    private static let figures = ["bonded", "free", "max_lien", "slashable"]
    static let allowed = ["vault"] + figures

    private let account: AccountReference
    private let figures: ExpectedFigures

    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError) {
        account = try reader.account(try members.required("vault"))
        figures = try ExpectedFigures(members, named: Self.figures)
    }

    var description: String { "vault of \(account)" }
    var expected: String { "\(figures)" }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        let address = try run.address(of: account)
        let query = VaultQuery.with { $0.account.address = address }
        return try run.ask(query, of: ChainSpecification.vault, on: account.chain) { answer in
            let found = answer.account
            return figures.finding([
                ("bonded", try Amount(found.bonded)), ("free", try Amount(found.free.low)),
                ("max_lien", try Amount(found.maxLien.high)), ("slashable", try Amount(found.totalSlashable.high)),
            ])
        }
    }
}
