import ArgumentParser
import GovernanceEvents
import ModuleKit

/// `meshd gov tally`.
struct ProposalTally: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "tally",
        abstract: "Shows what the votes on a proposal come to: in the end, or as they stand.",
        discussion: """
            Validators vote for those of their delegators who don't vote themselves. As long as a proposal is voted on, the \
            votes are counted by the stake as it is now.

            Example:
              meshd gov tally 1
            """
    )

    @OptionGroup var global: GlobalOptions
    @OptionGroup var proposal: ProposalArgument

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let proposal = try chain.proposal(try proposal.number())
        guard let tally = try TallyView(proposal, chain) else {
            throw CommandError(
                .badInput,
                "proposal \(proposal.number) is not voted on (\(proposal.status.name)): `meshd gov show \(proposal.number)` "
                    + "says what it waits for"
            )
        }
        var object = JSONObject()
        object["proposal"] = .whole(proposal.number)
        object["status"] = .string(proposal.status.name)
        for member in tally.object.members { object[member.name] = member.value }
        return Report(.object(object)) { style in
            let title = Facts(("proposal \(proposal.number)", .init(proposal.title, .bold)))
            return title.text(style) + "\n" + tally.text(style)
        }
    }
}
