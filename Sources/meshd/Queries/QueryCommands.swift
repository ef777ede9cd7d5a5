import ArgumentParser

/// `meshd query`.
struct QueryCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query",
        abstract: "Asks the chain, also while another process executes blocks.",
        discussion: """
            Accounts and validators are named by address, or by the name of a key of the home.

            Example:
              meshd query validators
            """,
        groupedSubcommands: [
            CommandGroup(
                name: "Coins and stake",
                subcommands: [
                    QueryAccount.self, QuerySupply.self, QueryValidators.self, QueryValidator.self, QuerySlashing.self,
                ]
            ),
            CommandGroup(
                name: "Mesh staking",
                subcommands: [QueryVaultAccounts.self, QueryStakes.self, QueryValidatorsOf.self]
            ),
            CommandGroup(
                name: "Other chains",
                subcommands: [
                    QueryClients.self, QueryClient.self, QueryConnections.self, QueryChannels.self, QueryChannel.self,
                    QueryPacket.self, QueryTraces.self, QueryEscrow.self,
                ]
            ),
            CommandGroup(
                name: "Instances and state",
                subcommands: [
                    QueryInstances.self, QueryInstance.self, QueryAsk.self, QueryState.self, QueryProof.self,
                ]
            ),
            CommandGroup(
                name: "Blocks",
                subcommands: [QueryBlock.self, QueryTransaction.self, QueryCommit.self, QueryValidatorSet.self]
            ),
        ]
    )
}

/// A command that looks at the chain and prints one report.
protocol ChainQuery: MeshCommand {
    /// Looks.
    func report(_ chain: ChainView) throws(CommandError) -> Report
}

extension ChainQuery {
    /// Opens the chain for reading, looks, and prints.
    func execute(_ console: Console) throws(CommandError) {
        console.print(try report(try ChainView(try home.openForReading())))
    }

    /// Accounts and validators by address or key.
    func references(_ chain: ChainView) -> AccountReferences {
        AccountReferences(addresses: chain.addresses, keys: KeyStore(home))
    }
}
