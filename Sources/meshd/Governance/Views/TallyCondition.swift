import GovernanceEvents
import ModuleKit

/// What the votes on a proposal have to satisfy, and whether they do.
struct TallyCondition {
    /// `quorum`, `threshold` or `veto`.
    let name: String
    /// What the bound is about, for people.
    let meaning: String
    /// The bound, as the rules have it.
    let bound: String
    /// Hundredths of a percent, rounded down; nil where there is nothing to take a part of.
    let shareBasisPoints: UInt64?
    let holds: Bool

    /// The conditions of a proposal, by the rules that decide on it.
    ///
    /// What was recorded is rounded down to whole units, so in the very last digits only governance's own count is exact: where
    /// its outcome says whether a condition holds, that counts.
    ///
    /// - Throws: `invalidAmount`, `invalidDecimal` for an answer that governance never gives.
    static func all(_ sums: TallySums, _ rules: GovernanceParameters, _ outcome: GovernanceTallyOutcome)
        throws(ModuleError) -> [TallyCondition]
    {
        let deciding = sums.total.saturatingSubtracting(sums.abstain)
        let needed = try sums.bonded.multiplied(by: try Decimal18(rules.quorum), rounding: .ceiling)
        let half = try deciding.multiplied(by: try Decimal18(rules.threshold), rounding: .floor)
        let tolerated = try sums.total.multiplied(by: try Decimal18(rules.vetoThreshold), rounding: .floor)
        return [
            TallyCondition(
                name: "quorum",
                meaning: "at least \(rules.quorum.percentage) of the bonded stake vote",
                bound: rules.quorum,
                shareBasisPoints: sums.total.basisPoints(of: sums.bonded),
                holds: outcome.decides(.quorumMissed) ?? (!sums.bonded.isZero && sums.total >= needed)
            ),
            TallyCondition(
                name: "threshold",
                meaning: "more than \(rules.threshold.percentage) of these are for it, without those that abstain",
                bound: rules.threshold,
                shareBasisPoints: sums.yes.basisPoints(of: deciding),
                holds: outcome.decides(.thresholdMissed) ?? (sums.yes > half)
            ),
            TallyCondition(
                name: "veto",
                meaning: "at most \(rules.vetoThreshold.percentage) of these veto it",
                bound: rules.vetoThreshold,
                shareBasisPoints: sums.noWithVeto.basisPoints(of: sums.total),
                holds: outcome.decides(.vetoed) ?? (sums.noWithVeto <= tolerated)
            ),
        ]
    }

    /// The condition as programs read it.
    var document: JSONValue {
        [
            "condition": .string(name), "holds": .bool(holds), "bound": .string(bound),
            "share_basis_points": shareBasisPoints.map { .whole($0) } ?? .null,
        ]
    }

    var row: [Table.Cell] {
        [
            .init(name, .bold), holds ? .init("yes", .green) : .init("no", .red),
            .init(shareBasisPoints?.basisPointsText ?? "–"), .init(meaning, .dim),
        ]
    }
}

extension GovernanceTallyOutcome {
    /// Whether the condition holds that is missed with another outcome; nil where this outcome does not say.
    ///
    /// Governance looks at the quorum first, then at vetoes, then at the threshold, and stops at what is missed.
    fileprivate func decides(_ missed: GovernanceTallyOutcome) -> Bool? {
        if self == missed { return false }
        let order: [GovernanceTallyOutcome] = [.quorumMissed, .allAbstained, .vetoed, .thresholdMissed, .accepted]
        guard let place = order.firstIndex(of: self), let other = order.firstIndex(of: missed) else { return nil }
        return place > other ? true : nil
    }
}
