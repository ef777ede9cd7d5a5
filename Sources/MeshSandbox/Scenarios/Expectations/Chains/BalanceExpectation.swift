import ModuleKit

/// `balance`: what an account has of a token.
struct BalanceExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "balance",
        "What an account has of a token.",
        example: "- expect: { balance: consumer/bob, of: uprov over main, is: 250 }"
    )
    static let allowed = ["balance", "of"] + ExpectedAmount.members

    private let account: AccountReference
    private let denomination: ScenarioDenomination
    private let amount: ExpectedAmount

    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError) {
        account = try reader.account(try members.required("balance"))
        denomination = try reader.denomination(try members.required("of"), on: account.chain)
        amount = try ExpectedAmount(members)
    }

    var description: String { "balance of \(account), \(denomination)" }
    var expected: String { "\(amount)" }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        let denomination = try run.denomination(denomination)
        let chain = try run.chain(account.chain)
        return amount.finding(try ScenarioError.running(nil) { try chain.balance(of: account.name, denomination) })
    }
}
