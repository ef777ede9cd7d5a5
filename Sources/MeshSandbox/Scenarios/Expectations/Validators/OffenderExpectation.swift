import ExternalStakingEvents
import ModuleKit

/// `offender`: what a validator was proven guilty of, on the chain whose stake backs it.
struct OffenderExpectation: ScenarioExpectation {
    static let kind = ScenarioKind(
        "offender",
        "What was proven of a validator to the provider of a pairing: is innocent, settling (tombstoned, and not everybody has "
            + "paid) or settled (tombstoned, and everybody has); infractions (how many), and taken (from all its stakers).",
        example: "- expect: { offender: juno/validator-2, over: main, is: settled, infractions: 1, taken: 500_000 }"
    )
    private static let figures = ["infractions", "taken"]
    private static let words = ["innocent", "settling", "settled"]
    static let allowed = ["offender", "over", "is"] + figures

    private let validator: AccountReference
    private let pairing: ScenarioPairing
    private let standing: String?
    private let figures: ExpectedFigures?

    init(_ members: ScenarioMembers, _ reader: ScenarioReader) throws(ScenarioError) {
        pairing = try reader.pairing(try members.required("over"))
        validator = try reader.validator(try members.required("offender"), on: pairing.consumer)
        standing = try members.optional("is")?.word("how it stands", of: Self.words)
        let hasFigures = Self.figures.contains { members.has($0) }
        figures = standing != nil && !hasFigures ? nil : try ExpectedFigures(members, named: Self.figures)
    }

    var description: String { "guilt of \(validator) over \(pairing.name)" }
    var expected: String { Self.text(standing, figures?.description) }

    func finding(in run: ScenarioRun) throws(ScenarioError) -> ScenarioFinding {
        try run.requireSetUp(pairing)
        let validator = try run.operatorText(of: validator)
        // A question for one that was never proven guilty would be an error; a page that begins at it has another, or none.
        let query = ExternalStakingQuery.with {
            $0.offenders.startValidator = validator
            $0.offenders.limit = 1
        }
        return try run.ask(query, of: pairing.specification.externalStaking, on: pairing.provider) { answer in
            let offender = answer.offenders.offenders.first { $0.validator == validator }
            let found = offender.map { $0.settled ? "settled" : "settling" } ?? "innocent"
            let rest = figures?.finding([
                ("infractions", Amount(UInt128(offender?.infractions.count ?? 0))),
                ("taken", try offender.map { try Amount($0.taken) } ?? .zero),
            ])
            return ScenarioFinding(
                Self.text(standing == nil ? nil : found, rest?.text),
                isMet: standing.map { $0 == found } != false && rest?.isMet != false
            )
        }
    }

    private static func text(_ standing: String?, _ rest: String?) -> String {
        [standing, rest].compactMap { $0 }.joined(separator: ", ")
    }
}
