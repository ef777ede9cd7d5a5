import ArgumentParser

/// `meshd pairing`.
struct PairingCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pairing",
        abstract: "Sets up, checks and watches a pairing of two chains.",
        discussion: """
            A pairing lets collateral of one chain, the provider, secure another one, the consumer.

            Example:
              meshd pairing plan main --provider ./provider --consumer ./consumer
              meshd pairing verify --provider ./provider --consumer ./consumer
              meshd pairing status --provider ./provider --consumer ./consumer
            """,
        subcommands: [
            PairingPlanCommand.self, PairingVerifyCommand.self, PairingReportCommand.self, PairingStatusCommand.self,
        ]
    )
}
