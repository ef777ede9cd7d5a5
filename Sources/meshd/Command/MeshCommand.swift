import ArgumentParser
import Foundation
import ModuleKit

/// What every command takes.
struct GlobalOptions: ParsableArguments {
    @Option(name: .long, help: "The folder of the chain and its keys. (default: $MESHD_HOME, or ./.mesh)")
    var home: String?

    @Option(name: .long, help: "For people or for programs: text or json.")
    var output: OutputFormat = .text

    /// The home that is meant.
    var location: Home {
        Home(path: home ?? ProcessInfo.processInfo.environment["MESHD_HOME"] ?? "./.mesh")
    }
}

/// For whom a command prints.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable, Sendable {
    /// Tables for people.
    case text
    /// One JSON document, or one document a line where a command streams.
    case json
}

/// A command that throws only errors that say what to do next.
protocol MeshCommand: ParsableCommand {
    var global: GlobalOptions { get }

    /// Does the work.
    func execute(_ console: Console) throws(CommandError)
}

extension MeshCommand {
    /// The home that is meant.
    var home: Home { global.location }

    /// Does the work; tells of a failure in the chosen format, and ends with its code.
    func run() throws {
        let console = Console(format: global.output)
        do {
            try execute(console)
        } catch {
            console.report(error)
            throw ExitCode(error.code.exitCode)
        }
    }
}
