import Foundation
import Testing

/// What a finished process left behind.
struct Outcome {
    let exitCode: Int32
    let output: String
    let errors: String

    /// The document on standard output.
    var json: JSON {
        get throws { try JSON(output) }
    }

    /// The documents on standard output, one a line.
    var jsonLines: [JSON] {
        get throws { try output.split(separator: "\n").map { try JSON(String($0)) } }
    }
}

/// The program under test: the binary that was built beside the test bundle.
enum MeshdBinary {
    static let url: URL = {
        let bundle = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        let candidates = [bundle, Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent()]
        let binaries = candidates.map { $0.appendingPathComponent("meshd") }
        return binaries.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? binaries[0]
    }()

    /// A process of the program that is not started yet.
    static func process(_ arguments: [String], in folder: URL) -> Process {
        let process = Process()
        process.executableURL = url
        process.arguments = arguments
        process.currentDirectoryURL = folder
        var environment = ProcessInfo.processInfo.environment
        environment["MESHD_HOME"] = folder.appendingPathComponent("home").path
        process.environment = environment
        return process
    }
}

/// A folder of a test's own with a home in it; everything is removed in the end.
final class TestFolder {
    /// The seed of the first test vector of RFC 8032, section 7.1.
    static let aliceSeed = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
    static let bobSeed = String(repeating: "b0", count: 32)
    static let carolSeed = String(repeating: "ca", count: 32)

    let url: URL
    private var runs = 0

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("meshd-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    var home: URL { url.appendingPathComponent("home") }

    /// Runs the program to its end. The streams go to files, so that no pipe can fill up.
    @discardableResult
    func meshd(_ arguments: String..., input: String? = nil) throws -> Outcome {
        try run(arguments, input: input)
    }

    /// Runs the program, which has to end well.
    @discardableResult
    func succeed(_ arguments: String..., input: String? = nil, at location: SourceLocation = #_sourceLocation) throws
        -> Outcome
    {
        let outcome = try run(arguments, input: input)
        try #require(outcome.exitCode == 0, "\(arguments): \(outcome.errors)", sourceLocation: location)
        return outcome
    }

    /// A file of this folder, by its path.
    @discardableResult
    func write(_ name: String, _ text: String) throws -> String {
        let file = url.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    func path(_ name: String) -> String { url.appendingPathComponent(name).path }

    /// Runs the program to its end.
    func run(_ arguments: [String], input: String? = nil) throws -> Outcome {
        runs += 1
        let (output, errors) = (url.appendingPathComponent("out-\(runs)"), url.appendingPathComponent("err-\(runs)"))
        let source = url.appendingPathComponent("in-\(runs)")
        for file in [output, errors] { try Data().write(to: file) }
        try Data((input ?? "").utf8).write(to: source)
        let process = MeshdBinary.process(arguments, in: url)
        process.standardInput = try FileHandle(forReadingFrom: source)
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        return Outcome(
            exitCode: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
            output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self)
        )
    }
}

extension TestFolder {
    /// A folder with the small chain of `init`, and the keys alice, bob and carol; alice has 1,000,000 umesh.
    static func withChain() throws -> TestFolder {
        let folder = try TestFolder()
        for (name, seed) in [("alice", aliceSeed), ("bob", bobSeed), ("carol", carolSeed)] {
            try folder.succeed("keys", "add", name, "--recover", seed)
        }
        try folder.succeed("init", "--genesis-time", "2026-01-01T00:00:00Z")
        try folder.succeed("tx", "send", "alice", "1000000umesh", "--from", "validator")
        return folder
    }

    /// Signed lines: alice sends one umesh to bob, once for each sequence.
    func lines(_ sequences: Range<Int>) throws -> [String] {
        try sequences.map { sequence in
            let outcome = try succeed(
                "tx",
                "send",
                "bob",
                "1umesh",
                "--from",
                "alice",
                "--sign-only",
                "--sequence",
                "\(sequence)"
            )
            return outcome.output.trimmingCharacters(in: .newlines)
        }
    }

    /// What an account has of umesh.
    func balance(of account: String) throws -> Int {
        let balances = try succeed("query", "account", account, "--output", "json").json["balances"].elements
        return balances.first.flatMap { Int($0["amount"].text) } ?? 0
    }
}
