import ArgumentParser

/// `meshd pairing`.
struct PairingCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pairing",
        abstract: "Looks at both ends of a pairing of two chains.",
        discussion: """
            A pairing lets collateral of one chain, the provider, secure another one, the consumer.

            Example:
              meshd pairing status --provider ./provider --consumer ./consumer
            """,
        subcommands: [PairingStatusCommand.self]
    )
}
