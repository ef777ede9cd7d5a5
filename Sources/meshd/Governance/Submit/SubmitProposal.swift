import ArgumentParser

/// `meshd gov submit`.
struct SubmitProposal: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "submit",
        abstract: "Submits a proposal: one of the usual ones, any message, or a file.",
        discussion: """
            All messages are tried out with the submission, and undone: what would fail as things are now is refused, unless \
            --may-fail-now is given. What is sent is printed first; with --dry-run, that is all.

            A file holds {"title": …, "summary": …, "deposit": "10000000umesh", "may_fail_now": false, "messages": \
            [{"instance": LABEL, "message": {…}}]}. Only the title has to be there; a dry run prints this form.

            Example:
              meshd gov submit authorise main-virtual-staking --cap 500000ujuno --deposit 10000000ujuno --from alice
              meshd gov submit --file proposal.json --from alice
            """,
        groupedSubcommands: [
            CommandGroup(
                name: "Privileges",
                subcommands: [ProposeGrant.self, ProposeCap.self, ProposeRevocation.self, ProposeTotalCap.self]
            ),
            CommandGroup(
                name: "Pairings",
                subcommands: [ProposeRecommendation.self, ProposeWithdrawal.self, ProposeClosing.self]
            ),
            CommandGroup(name: "Instances", subcommands: [ProposeConfiguration.self, ProposeMigration.self]),
            CommandGroup(name: "Any", subcommands: [ProposeText.self, ProposeMessages.self, ProposeFile.self]),
        ],
        defaultSubcommand: ProposeFile.self
    )
}
