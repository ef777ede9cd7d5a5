import ArgumentParser
import GovernanceEvents
import MeshHost
import ModuleKit

/// `meshd gov list`.
struct ProposalsList: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the proposals by number, or those of a status.",
        discussion: """
            Example:
              meshd gov list --status voting
            """
    )

    @OptionGroup var global: GlobalOptions

    @Option(name: .long, help: "Only those that are this far.")
    var status: ProposalStatusArgument?

    @Option(name: .long, help: "How many to list: the last ones.")
    var limit = 100

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let proposals = try chain.proposals(status?.status ?? .unspecified, limit: max(0, limit))
        let denom = try chain.governance { $0.parameters = .init() }.parameters.minDeposit.denom
        let (now, chainID) = (chain.lastBlockTime, chain.host.chainID)
        let json: JSONValue = [
            "time": .string(now.description),
            "proposals": .array(proposals.map { .object($0.object(denom: denom)) }),
        ]
        return Report(json) { style in
            guard !proposals.isEmpty else {
                let kind = status.map { " of status \($0.status.name)" } ?? ""
                return style.dim("\(chainID) has no proposals\(kind)") + "\n"
            }
            var table = Table(
                .init("#", .right),
                .init("status"),
                .init("messages", .right),
                .init("deposit", .right),
                .init("title"),
                .init("until")
            )
            for proposal in proposals {
                table.add(
                    .init(proposal.number.description),
                    proposal.status.cell,
                    proposal.messages.isEmpty ? .init("–", .dim) : .init(proposal.messages.count.grouped),
                    .amount(proposal.deposit),
                    .init(proposal.title, .bold),
                    .init(proposal.nextTime?.text(asOf: now) ?? "", .dim)
                )
            }
            return table.text(style)
        }
    }
}

extension GovernanceProposal {
    /// When what is under way ends: the deposit period or the voting; nil where nothing is.
    var nextTime: Timestamp? {
        switch status {
        case .depositPeriod: Timestamp(nanoseconds: depositEndTimeNanoseconds)
        case .votingPeriod: Timestamp(nanoseconds: votingEndTimeNanoseconds)
        default: nil
        }
    }

    /// The proposal as programs read it, without its messages.
    func object(denom: String) -> JSONObject {
        func time(_ nanoseconds: UInt64) -> JSONValue {
            nanoseconds == 0 ? .null : .string(Timestamp(nanoseconds: nanoseconds).description)
        }
        var object = JSONObject()
        object["number"] = .whole(number)
        object["title"] = .string(title)
        object["status"] = .string(status.name)
        object["proposer"] = proposer.isEmpty ? .null : .string(proposer)
        object["message_count"] = .whole(messages.count)
        object["deposit"] = ["denom": .string(denom), "amount": .string(deposit.isEmpty ? "0" : deposit)]
        object["burned_part"] = burnedPart.isEmpty ? .null : .string(burnedPart)
        object["submit_time"] = time(submitTimeNanoseconds)
        object["deposit_end_time"] = time(depositEndTimeNanoseconds)
        object["voting_start_time"] = time(votingStartTimeNanoseconds)
        object["voting_end_time"] = time(votingEndTimeNanoseconds)
        object["failure"] =
            hasFailure
            ? [
                "codespace": .string(failure.codespace), "code": .whole(failure.code),
                "reason": .string(failure.reason),
            ] : .null
        return object
    }
}
