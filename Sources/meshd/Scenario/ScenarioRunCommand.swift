import ArgumentParser
import MeshSandbox
import ModuleKit

/// `meshd scenario run`.
struct ScenarioRunCommand: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: "Carries a scenario out, and tells which of its expectations are met.",
        discussion: """
            In the end the invariants of every chain are checked, and its log is verified and replayed. Ends with code 1 when \
            something is not as expected, naming the line; with code 3 for a file that is no scenario.

            Homes that are kept have the keys of the scenario's accounts and validators, so that their chains can go on. \
            These keys follow from the seed, and are no secrets.

            Example:
              meshd scenario run Examples/scenarios/transfer.yaml --trace
            """
    )

    @OptionGroup var options: OutputOptions
    @OptionGroup var homes: KeepOptions

    @Argument(help: "The file; - is standard input.")
    var file: String

    @Option(name: .long, help: "Another seed than the scenario's.")
    var seed: UInt64?

    @Flag(name: .long, help: "Tell what happens, line by line.")
    var trace = false

    var global: GlobalOptions { options.global }

    func execute(_ console: Console) throws(CommandError) {
        let file = try ScenarioFile(file)
        let listener = TraceListener(console, isShown: trace && options.output == .text)
        let report = try homes.use { (folder) throws(CommandError) in
            do throws(ScenarioError) {
                return try ScenarioRun.run(
                    file.scenario,
                    in: folder,
                    seed: seed,
                    auditor: SandboxAudit.auditor,
                    listener: listener.show
                )
            } catch {
                throw CommandError(error, in: file, else: .badInput)
            }
        }
        if let keep = homes.keep { try KeptKeys(file.scenario, seed: report.seed).write(in: keep) }
        console.print(ScenarioVerdict(report, file: file, showsTrace: trace).report)
        if let failure = report.failure { throw CommandError(failure, in: file, else: .checkFailed) }
        let unmet = report.checks.filter { !$0.isMet }
        guard let first = unmet.first else { return }
        let more = unmet.count > 1 ? " (and \((unmet.count - 1).counting("expectation")) more)" : ""
        let message = "\(first.what): expected \(first.expected), found \(first.found)\(more)"
        throw CommandError(.checkFailed, file.located(message, first.place))
    }
}

/// Shows the trace of a scenario as it comes.
private struct TraceListener: Sendable {
    private let format: OutputFormat
    private let isShown: Bool

    init(_ console: Console, isShown: Bool) {
        format = console.format
        self.isShown = isShown
    }

    func show(_ line: ScenarioTrace.Line) {
        guard isShown else { return }
        Console(format: format).print(line.report)
    }
}
