import ArgumentParser

/// `meshd gov`.
struct GovernanceCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "gov",
        abstract: "Proposes, votes, and shows how votes stand.",
        discussion: """
            A proposal is a text and a list of messages, which governance sends in its own name once the proposal has passed: \
            what the chain's authority and the admin of an instance may do, a proposal can do.

            Accounts are named by address, or by the name of a key of the home.

            Example:
              meshd gov submit text 'Raise the roof' --deposit 10000000umesh --from alice
              meshd gov vote 1 yes --from validator && meshd gov tally 1
            """,
        groupedSubcommands: [
            CommandGroup(
                name: "Taking part",
                subcommands: [SubmitProposal.self, DepositCommand.self, VoteCommand.self, CancelCommand.self]
            ),
            CommandGroup(name: "Looking", subcommands: [ProposalsList.self, ProposalShow.self, ProposalTally.self]),
        ]
    )
}

/// Which proposal is meant.
struct ProposalArgument: ParsableArguments {
    @Argument(help: "The proposal's number.")
    var proposal: String

    /// The number.
    ///
    /// - Throws: `badInput` when it is none.
    func number() throws(CommandError) -> UInt64 {
        guard let number = UInt64(proposal), number > 0 else {
            throw CommandError(
                .badInput,
                "'\(proposal.printable)' is no number of a proposal: `meshd gov list` shows all, with their numbers"
            )
        }
        return number
    }
}
