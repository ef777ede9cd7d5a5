import GovernanceEvents
import ModuleKit

/// `deposit`: somebody helps a proposal to be voted on.
struct DepositStep: ScenarioStep {
    static let kind = ScenarioKind(
        "deposit",
        "Adds to the deposit of a proposal, by the label of the step that submitted it. With enough of it, the vote begins.",
        example: "- deposit: { on: thanks, from: juno/bob, amount: 500_000ujuno }"
    )

    private let signing: MessageSigning
    private let token: ScenarioToken
    private let proposal: String

    init(_ node: ScenarioNode, _ reader: inout ScenarioReader) throws(ScenarioError) {
        let members = try node.members(of: "deposit", allowing: ["on", "from", "amount"] + MessageSigning.members)
        proposal = try reader.label(try members.required("on"))
        signing = try MessageSigning(try members.user(reader), members, &reader)
        token = try ScenarioToken(try members.required("amount"), on: signing.account.chain, reader)
    }

    var description: String { "\(signing.account) deposits \(token) on \(proposal)" }

    func perform(in run: ScenarioRun) throws(ScenarioError) {
        let number = try run.proposal(labelled: proposal, for: signing.account).number
        let coin = try run.coin(token)
        let message = GovernanceMessage.with {
            $0.deposit.proposal = number
            $0.deposit.amount = coin
        }
        try signing.submit([message], to: ChainSpecification.governanceLabel, in: run)
    }
}
