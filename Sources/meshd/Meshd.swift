import ArgumentParser
import Foundation

/// The command line of a mesh-host chain.
@main
struct Meshd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "meshd",
        abstract: "Runs, asks and audits a chain of protocol modules over an append-only event log.",
        discussion: """
            A home is a folder with a chain and its keys: --home, or $MESHD_HOME, or ./.mesh.

            Exit codes: 0 done; 1 a check failed; 2 wrong usage; 3 bad input; 4 storage.

            Example:
              meshd init && meshd tx send alice 5umesh --from validator && meshd query validators
            """,
        version: "0.1.0",
        subcommands: [
            InitCommand.self, RunCommand.self, TransactionCommands.self, KeyCommands.self, QueryCommands.self,
            InspectCommand.self, LogCommands.self, AuditCommands.self, ExportCommand.self, ScenarioCommands.self,
            SimulateCommand.self,
        ],
        groupedSubcommands: [
            CommandGroup(
                name: "Mesh staking",
                subcommands: [
                    VaultCommands.self, CrossStakeCommand.self, CrossUnstakeCommand.self, WithdrawCommand.self,
                    PairingCommands.self, ObserveCommand.self,
                ]
            ),
            CommandGroup(name: "Rewards", subcommands: [RewardsCommands.self]),
            CommandGroup(name: "Slashing", subcommands: [SlashCommands.self]),
            CommandGroup(name: "Governance", subcommands: [GovernanceCommands.self]),
        ]
    )

    /// Parses and runs; wrong usage ends with code 2 instead of the parser's own.
    static func main() {
        do {
            var command = try parseAsRoot()
            try command.run()
        } catch let code as ExitCode {
            Foundation.exit(code.rawValue)
        } catch {
            guard exitCode(for: error) == .success else {
                Terminal.standardError.write(fullMessage(for: error) + "\n")
                Foundation.exit(CommandError.Code.usage.exitCode)
            }
            exit(withError: error)
        }
    }
}
