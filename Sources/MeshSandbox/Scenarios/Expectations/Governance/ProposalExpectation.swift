import GovernanceEvents
import ModuleKit

/// `proposal`: how a proposal stands.
struct ProposalExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "proposal",
        "How a proposal stands, by the label of the step that submitted it: unpaid (without its deposit), waiting, voting, "
            + "accepted, passed (and executed), failed, rejected, vetoed, cancelled, expired, or forgotten. And, once the votes "
            + "are counted, how much stake said yes, no, abstain and veto.",
        example: """
            - expect: { proposal: grant, is: passed, yes: 25_000_000, no: 10_000_000 }
            - expect: { proposal: thanks, is: forgotten }
            """
    )
    static let allowed = ["proposal", "is"] + options
    private static let options = ["yes", "no", "abstain", "veto"]
    private static let standings = [
        "unpaid", "waiting", "voting", "accepted", "passed", "failed", "rejected", "vetoed", "cancelled", "expired",
        "forgotten",
    ]

    private let label: String
    private let standing: String
    private let votes: ExpectedFigures?

    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError) {
        label = try reader.label(try members.required("proposal"))
        standing = try members.required("is").word("how a proposal stands", of: Self.standings)
        let isCounted = Self.options.contains { members.has($0) }
        votes = isCounted ? try ExpectedFigures(members, named: Self.options) : nil
    }

    var description: String { "proposal \(label)" }
    var expected: String { ([standing] + (votes.map { [$0.description] } ?? [])).joined(separator: ", ") }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        let proposal = try run.proposal(try run.proposal(labelled: label))
        let found = proposal?.standing ?? "forgotten"
        guard let votes else { return ScenarioFinding(found, isMet: found == standing) }
        guard let proposal, proposal.hasResult else { return ScenarioFinding("\(found), not counted", isMet: false) }
        let result = proposal.result
        let finding = try ScenarioError.running(nil) {
            votes.finding([
                ("yes", try Amount(result.yes)), ("no", try Amount(result.no)),
                ("abstain", try Amount(result.abstain)), ("veto", try Amount(result.noWithVeto)),
            ])
        }
        return ScenarioFinding("\(found), \(finding.text)", isMet: found == standing && finding.isMet)
    }
}
