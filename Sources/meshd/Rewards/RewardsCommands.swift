import ArgumentParser

/// `meshd rewards`.
struct RewardsCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rewards",
        abstract: "Shows what stake has earned, and withdraws it.",
        discussion: """
            Stake earns in three ways: delegated to a validator of this chain, staked from a vault on this chain, and \
            cross-staked on another chain. What it has earned waits until it is withdrawn.

            Accounts and validators are named by address, or by the name of a key of the home.

            Example:
              meshd rewards show alice && meshd rewards withdraw --from alice
            """,
        subcommands: [RewardsShow.self, RewardsWithdraw.self, RewardsCommission.self]
    )
}
