import ArgumentParser

/// `meshd vault`.
struct VaultCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "vault",
        abstract: "Collateral: brings coins in, stakes them on this chain, and takes them out.",
        discussion: """
            Collateral secures several chains at once: `meshd vault stake` puts it behind validators of this chain, \
            `meshd cross-stake` behind those of another. Each holder of stake has a lien on it. What no lien is on is free.

            Example:
              meshd vault bond 5000000umesh --from alice
            """,
        groupedSubcommands: [
            CommandGroup(
                name: "Collateral",
                subcommands: [VaultBond.self, VaultUnbond.self, VaultAccountCommand.self]
            ),
            CommandGroup(
                name: "Stake on this chain",
                subcommands: [VaultStake.self, VaultRestake.self, VaultUnstake.self, VaultRelease.self]
            ),
        ]
    )
}
