import ArgumentParser

/// `meshd scenario`.
struct ScenarioCommands: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "scenario",
        abstract:
            "Carries out scenarios: several chains in this process, what happens between them, and what shall come of it.",
        discussion: """
            A scenario is a YAML file; Examples/scenarios/transfer.yaml teaches how to write one. It runs without a home, on \
            chains of its own.

            Example:
              meshd scenario run Examples/scenarios/transfer.yaml --trace
            """,
        subcommands: [ScenarioRunCommand.self, ScenarioCheckCommand.self, ScenarioStepsCommand.self]
    )
}
