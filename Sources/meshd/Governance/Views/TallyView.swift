import GovernanceEvents
import ModuleKit

/// What the votes on a proposal come to, as it is shown.
struct TallyView {
    private static let barWidth = 24

    private let sums: TallySums
    private let outcome: GovernanceTallyOutcome
    private let conditions: [TallyCondition]
    private let isFinal: Bool
    private let denom: String

    /// Counts the votes of a proposal; nil where it was never voted on.
    init?(_ proposal: GovernanceProposal, _ chain: ChainView) throws(CommandError) {
        guard proposal.status == .votingPeriod || proposal.hasResult else { return nil }
        let answer = try chain.tally(of: proposal.number)
        isFinal = answer.isFinal
        outcome = answer.result.outcome
        denom = try chain.governance { $0.parameters = .init() }.parameters.minDeposit.denom
        do throws(ModuleError) {
            sums = try TallySums(answer.result)
            conditions = proposal.hasRules ? try TallyCondition.all(sums, proposal.rules, outcome) : []
        } catch {
            throw CommandError(error)
        }
    }

    /// The members as programs read them.
    var object: JSONObject {
        var object = JSONObject()
        object["is_final"] = .bool(isFinal)
        object["outcome"] = .string(outcome.name)
        object["denom"] = .string(denom)
        object["bonded"] = .string(sums.bonded.description)
        object["voted"] = .string(sums.total.description)
        object["options"] = .array(
            sums.options.map { option, amount in
                [
                    "option": .string(option.name), "amount": .string(amount.description),
                    "share_basis_points": amount.share(of: sums.total).basisPoints.map { .whole($0) } ?? .null,
                ]
            }
        )
        object["conditions"] = .array(conditions.map(\.document))
        return object
    }

    /// What was voted, what it takes, and what comes of it. Where somebody looks on, with bars.
    func text(_ style: Style) -> String {
        var options = Table(.init("vote"), .init(denom, .right), .init("share", .right))
        if style.isColoured { options = Table(.init("vote"), .init(denom, .right), .init("share", .right), .init("")) }
        for (option, amount) in sums.options {
            let share = amount.share(of: sums.total)
            options.add(.init(option.name, .bold), .amount(amount.description), .init(share.text))
            if style.isColoured {
                options.rows[options.rows.count - 1].append(Self.bar(share.basisPoints ?? 0, option))
            }
        }
        var needs = Table(.init("condition"), .init("holds"), .init("is", .right), .init("needed"))
        for condition in conditions { needs.rows.append(condition.row) }
        let title = isFinal ? "outcome" : "as it stands"
        return options.text(style) + (conditions.isEmpty ? "" : "\n" + needs.text(style))
            + "\n" + Facts((title, outcome.cell)).text(style)
    }

    private static func bar(_ basisPoints: UInt64, _ option: GovernanceVoteOption) -> Table.Cell {
        let filled = Int(min(basisPoints, 10_000)) * barWidth / 10_000
        let paint: Style.Paint =
            switch option {
            case .yes: .green
            case .no, .noWithVeto: .red
            default: .yellow
            }
        return .init(String(repeating: "█", count: filled) + String(repeating: "░", count: barWidth - filled), paint)
    }
}
