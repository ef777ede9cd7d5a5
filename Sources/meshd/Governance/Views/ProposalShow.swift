import ArgumentParser
import GovernanceEvents
import ModuleKit

/// `meshd gov show`.
struct ProposalShow: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows a proposal: what it would do, how far it is, its deposits and votes, and what came of it.",
        discussion: """
            Votes are kept until the proposal is over.

            Example:
              meshd gov show 1
            """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var proposal: ProposalArgument

    @Option(name: .long, help: "How many votes to show, 1 to 1000.")
    var votes: UInt32 = 20

    func validate() throws {
        guard (1...1_000).contains(votes) else { throw ValidationError("--votes is 1 to 1000.") }
    }

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let sheet = try ProposalSheet(try chain.proposal(try proposal.number()), chain, votes: votes)
        return Report(sheet.document) { sheet.text($0) }
    }
}

/// All about a proposal, as it is shown.
private struct ProposalSheet {
    private let proposal: GovernanceProposal
    private let messages: [(instance: String, message: JSONValue)]
    private let minimum: ProtoCoin
    private let tally: TallyView?
    private let deposits: GovernanceDepositsAnswer
    private let votes: GovernanceVotesAnswer
    private let now: Timestamp

    init(_ proposal: GovernanceProposal, _ chain: ChainView, votes limit: UInt32) throws(CommandError) {
        self.proposal = proposal
        messages = proposal.messages.map { ($0.instance, chain.shownMessage($0)) }
        minimum = try chain.governance { $0.parameters = .init() }.parameters.minDeposit
        tally = try TallyView(proposal, chain)
        deposits = try chain.governance { $0.deposits.proposal = proposal.number }.deposits
        votes =
            try chain.governance {
                $0.votes.proposal = proposal.number
                $0.votes.page.limit = limit
            }.votes
        now = chain.lastBlockTime
    }

    /// The proposal as programs read it.
    var document: JSONValue {
        var object = proposal.object(denom: minimum.denom)
        object["time"] = .string(now.description)
        object["seconds_left"] = (proposal.nextTime?.elapsed(since: now)).map { .whole($0.wholeSeconds) } ?? .null
        object["summary"] = .string(proposal.summary)
        object["may_fail_now"] = .bool(proposal.mayFailNow)
        object["messages"] = .array(messages.map { ["instance": .string($0.instance), "message": $0.message] })
        object["tally"] = tally.map { .object($0.object) } ?? .null
        object["deposits"] = .array(
            deposits.deposits.map { ["depositor": .string($0.depositor), "amount": .string($0.amount)] }
        )
        object["votes"] = .array(
            votes.votes.map { vote in
                [
                    "voter": .string(vote.voter), "owner": vote.owner.isEmpty ? .null : .string(vote.owner),
                    "options": vote.options.document,
                ]
            }
        )
        object["has_more_votes"] = .bool(!votes.next.isEmpty)
        return .object(object)
    }

    func text(_ style: Style) -> String {
        var text = facts.text(style)
        if let tally { text += "\n" + tally.text(style) }
        if !deposits.deposits.isEmpty {
            var table = Table(.init("deposit", .right), .init("by"))
            for deposit in deposits.deposits { table.add(.amount(deposit.amount), .init(deposit.depositor)) }
            text += "\n" + table.text(style) + (deposits.next.isEmpty ? "" : "… and more\n")
        }
        if !votes.votes.isEmpty {
            var table = Table(.init("vote"), .init("by"))
            for vote in votes.votes {
                let owner = vote.owner.isEmpty ? "" : " for \(vote.owner)"
                table.add(.init(vote.options.text, .bold), .init(vote.voter + owner))
            }
            text += "\n" + table.text(style) + (votes.next.isEmpty ? "" : "… and more: use --votes\n")
        }
        return text
    }

    private var facts: Facts {
        var facts = Facts(
            ("proposal \(proposal.number)", .init(proposal.title, .bold)),
            ("status", proposal.status.cell)
        )
        if !proposal.summary.isEmpty { facts.add("summary", .init(proposal.summary)) }
        if !proposal.proposer.isEmpty { facts.add("by", .init(proposal.proposer)) }
        facts.add("submitted", .init(Timestamp(nanoseconds: proposal.submitTimeNanoseconds).description))
        if proposal.status == .depositPeriod {
            let end = Timestamp(nanoseconds: proposal.depositEndTimeNanoseconds)
            facts.add("deposit", .init("\(proposal.deposit.groupingDigits) of \(minimum.text)"))
            facts.add("until", .init(end.text(asOf: now)))
        } else if proposal.votingEndTimeNanoseconds > 0 {
            let end = Timestamp(nanoseconds: proposal.votingEndTimeNanoseconds)
            let isOpen = proposal.status == .votingPeriod
            facts.add("voting since", .init(Timestamp(nanoseconds: proposal.votingStartTimeNanoseconds).description))
            facts.add("voting until", .init(isOpen ? end.text(asOf: now) : end.description))
        }
        for (instance, message) in messages { facts.add("message", .init("\(instance) \(message.text())")) }
        if messages.isEmpty { facts.add("message", .init("none", .dim)) }
        if proposal.mayFailNow { facts.add("may fail now", .init("yes")) }
        if proposal.hasFailure {
            facts.add(
                "failed",
                .init("\(proposal.failure.reason) (\(proposal.failure.codespace) \(proposal.failure.code))", .red)
            )
        }
        return facts
    }
}
