import GovernanceEvents

extension GovernanceTallyOutcome {
    /// The outcome for programs.
    var name: String {
        switch self {
        case .accepted: "accepted"
        case .nothingBonded: "nothing_bonded"
        case .quorumMissed: "quorum_missed"
        case .allAbstained: "all_abstained"
        case .vetoed: "vetoed"
        case .thresholdMissed: "threshold_missed"
        case .unspecified, .UNRECOGNIZED: "unknown"
        }
    }

    /// The outcome for people.
    var cell: Table.Cell {
        switch self {
        case .accepted: .init("accepted", .green)
        case .nothingBonded: .init("not accepted: nothing is bonded", .red)
        case .quorumMissed: .init("not accepted: too few vote", .red)
        case .allAbstained: .init("not accepted: all abstain", .red)
        case .vetoed: .init("not accepted: vetoed", .red)
        case .thresholdMissed: .init("not accepted: too few are for it", .red)
        case .unspecified, .UNRECOGNIZED: .init("not kept", .dim)
        }
    }
}
