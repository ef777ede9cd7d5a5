import ArgumentParser
import GovernanceEvents

extension GovernanceProposalStatus {
    /// All that a proposal can be, in the order of its life.
    static let all: [GovernanceProposalStatus] = [
        .depositPeriod, .waiting, .votingPeriod, .accepted, .passed, .rejected, .failed, .expired, .cancelled,
    ]

    /// The status in a word.
    var name: String {
        switch self {
        case .depositPeriod: "deposit"
        case .waiting: "waiting"
        case .votingPeriod: "voting"
        case .accepted: "accepted"
        case .passed: "passed"
        case .rejected: "rejected"
        case .failed: "failed"
        case .expired: "expired"
        case .cancelled: "cancelled"
        case .unspecified, .UNRECOGNIZED: "unknown"
        }
    }

    var cell: Table.Cell {
        switch self {
        case .accepted, .passed: .init(name, .green)
        case .rejected, .failed: .init(name, .red)
        case .depositPeriod, .waiting, .votingPeriod: .init(name, .yellow)
        default: .init(name, .dim)
        }
    }
}

/// A status on the command line.
struct ProposalStatusArgument: ExpressibleByArgument {
    let status: GovernanceProposalStatus

    init?(argument: String) {
        guard let status = GovernanceProposalStatus.all.first(where: { $0.name == argument }) else { return nil }
        self.status = status
    }

    static var allValueStrings: [String] { GovernanceProposalStatus.all.map(\.name) }
}
