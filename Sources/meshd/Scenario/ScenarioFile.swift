import MeshHost
import MeshSandbox

/// A scenario and the file that it came from.
struct ScenarioFile {
    let path: String
    let scenario: Scenario

    /// Reads a file; `-` is standard input.
    ///
    /// - Throws: `badInput` with file, line and column, and what is allowed there.
    init(_ path: String) throws(CommandError) {
        self.path = path == "-" ? "standard input" : path
        let bytes = try InputFile.bytes(path)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandError(.badInput, "\(self.path) is not UTF-8: save it as UTF-8")
        }
        do throws(ScenarioError) {
            scenario = try Scenario(parsing: text)
        } catch {
            throw CommandError(.badInput, Self.located(error.message, error.place, in: self.path), cause: error)
        }
    }

    /// A message with where it is about: `FILE:3:7: …`.
    func located(_ message: String, _ place: ScenarioPlace?) -> String { Self.located(message, place, in: path) }

    private static func located(_ message: String, _ place: ScenarioPlace?, in path: String) -> String {
        "\(path)\(place.map { ":\($0.line):\($0.column)" } ?? ""): \(message)"
    }
}

extension CommandError {
    /// Why the chains of a scenario can't be made or run: a storage that fails, or what the scenario says of them.
    init(_ error: ScenarioError, in file: ScenarioFile, else code: Code) {
        let cause = error.cause.map { CommandError($0) }
        let isStorage = cause?.code == .storage && error.cause is SandboxError
        self.init(isStorage ? .storage : code, file.located(error.message, error.place), cause: error)
    }
}
