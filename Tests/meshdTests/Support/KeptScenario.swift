import Foundation
import Testing

/// The homes that a scenario has left behind.
struct KeptScenario {
    let folder: TestFolder

    /// Carries an example of the checkout out, and keeps its homes.
    ///
    /// - Parameter end: where its text is cut off; nil where all of it is carried out.
    init(_ name: String, before end: String? = nil) throws {
        folder = try TestFolder()
        let file = URL(fileURLWithPath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appendingPathComponent("Examples/scenarios/\(name).yaml")
        var text = try String(contentsOf: file, encoding: .utf8)
        if let end { text.removeSubrange(try #require(text.range(of: end)).lowerBound...) }
        try folder.succeed("scenario", "run", try folder.write("\(name).yaml", text), "--keep", folder.path("kept"))
    }

    /// The home of a chain.
    func home(_ chainID: String) -> String { folder.path("kept/\(chainID)") }

    /// Runs the program on a chain's home.
    func run(_ arguments: String..., on chainID: String) throws -> Outcome {
        try folder.run(arguments + ["--home", home(chainID)])
    }

    /// The address of an account, by the name of its key.
    func address(_ name: String, on chainID: String) throws -> String {
        try run("query", "account", name, "--output", "json", on: chainID).json["address"].text
    }
}
