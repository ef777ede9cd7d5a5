import ArgumentParser
import MeshSandbox
import ModuleKit

/// `meshd scenario check`.
struct ScenarioCheckCommand: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Reads a scenario without carrying it out: members, forms of values, and every name.",
        discussion: """
            Example:
              meshd scenario check Examples/scenarios/transfer.yaml
            """
    )

    @OptionGroup var options: OutputOptions

    @Argument(help: "The file; - is standard input.")
    var file: String

    var global: GlobalOptions { options.global }

    func execute(_ console: Console) throws(CommandError) {
        let scenario = try ScenarioFile(file).scenario
        let json: JSONValue = [
            "scenario": .string(scenario.name),
            "about": .string(scenario.about),
            "seed": .whole(scenario.seed),
            "chains": .array(scenario.chains.map { .string($0.name) }),
            "channels": .array(scenario.channels.map { .string($0.name) }),
            "pairings": .array(scenario.pairings.map { .string($0.name) }),
            "steps": .whole(scenario.steps.count),
        ]
        console.print(
            Report(json) { style in
                let figures = [
                    scenario.chains.count.counting("chain"), scenario.channels.count.counting("channel"),
                    scenario.pairings.count.counting("pairing"), scenario.steps.count.counting("step"),
                ]
                let mark = style.paint("✓", .green)
                return "\(mark) \(style.bold(scenario.name.printable))  \(figures.joined(separator: ", "))\n"
            }
        )
    }
}
