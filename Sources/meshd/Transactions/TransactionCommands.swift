import ArgumentParser

/// `meshd tx`.
struct TransactionCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tx",
        abstract: "Builds, signs and executes transactions.",
        discussion: """
            A command such as `tx send` builds a transaction, signs it with the key --from, and executes it on this home in \
            a block of its own. With --sign-only it prints the signed line that `meshd run` reads, with --generate-only a \
            transaction to be signed elsewhere.

            Example:
              meshd tx send bob 5umesh --from alice
            """,
        groupedSubcommands: [
            CommandGroup(name: "Bank", subcommands: [SendCommand.self]),
            CommandGroup(name: "Other chains", subcommands: [TransferCommand.self]),
            CommandGroup(
                name: "Staking",
                subcommands: [
                    DelegateCommand.self, UndelegateCommand.self, RedelegateCommand.self, CancelUnbondingCommand.self,
                    CreateValidatorCommand.self, EditValidatorCommand.self, UnjailCommand.self,
                    SlashingCommands.self,
                ]
            ),
            CommandGroup(
                name: "Instances",
                subcommands: [
                    DeployCommand.self, ReconfigureCommand.self, SetAdminCommand.self, ClearAdminCommand.self,
                    MigrateCommand.self, GrantCommand.self, RevokeCommand.self,
                ]
            ),
            CommandGroup(
                name: "Any",
                subcommands: [
                    MessageCommand.self, BuildCommand.self, SignCommand.self, MultisignCommand.self, SubmitCommand.self,
                    ShowCommand.self,
                ]
            ),
        ]
    )
}
