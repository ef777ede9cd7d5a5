internal import Foundation

/// Runs a scenario in this process and in a second one, and makes sure that both come to the same bytes.
///
/// Swift seeds hashing anew in every process, so that whatever depends on the order of a `Dictionary` or a `Set` differs
/// between the two.
///
///     @Test("comes to the same in two processes")
///     func deterministic() throws {
///         try DeterminismCheck().run { random in
///             let harness = try ModuleHarness(Counter())
///             …
///             try harness.nextBlock()
///             return try harness.digest()
///         }
///     }
///
/// The second process is the same test executable, told to run only the test of this name, with an environment that tells
/// this check to write its digest to a file instead of starting yet another process. Random numbers come from the
/// generator that the scenario is given: it has the same seed in both.
public struct DeterminismCheck: Sendable {
    /// The program of the second process.
    public var executable = "/proc/self/exe"
    /// Its arguments; nil stands for those that make Swift Testing run the one test.
    public var arguments: [String]?
    /// The name by which both processes know the scenario.
    public let scenario: String

    /// Whether this is the second process of some check.
    public static var isSecondProcess: Bool { ProcessInfo.processInfo.environment[Variable.scenario] != nil }

    private let test: String

    /// A check within a test.
    ///
    /// - Parameters:
    ///   - test: the test function's name with its labels, such as `deterministic()`; the calling one's by default.
    ///   - file: its file.
    public init(test: String = #function, file: String = #fileID) {
        self.test = test
        scenario = "\(file):\(test)"
    }

    /// Runs a scenario in both processes and compares what it returns.
    ///
    /// - Returns: the digest that both came to.
    /// - Throws: `processesDiffer` with both digests; `childFailed` with the end of what the second process printed; what the
    ///   scenario throws.
    @discardableResult
    public func run(_ body: (inout SplitMix64) throws -> [UInt8]) throws -> [UInt8] {
        let environment = ProcessInfo.processInfo.environment
        if let child = environment[Variable.scenario] {
            var random = SplitMix64(seed: try TestSeed.named(in: environment) ?? 0)
            let digest = try body(&random)
            if child == scenario, let path = environment[Variable.file] {
                try digest.hexadecimalText.write(toFile: path, atomically: true, encoding: .utf8)
            }
            return digest
        }
        let seed = try TestSeed.next(for: scenario)
        var random = SplitMix64(seed: seed)
        let own = try body(&random)
        let other = try childDigest(seed: seed, environment)
        guard own.hexadecimalText == other else {
            throw HarnessError(
                .processesDiffer,
                "\(scenario) came to \(own.hexadecimalText) in one process and to \(other) in another (seed \(seed)): look "
                    + "for an iteration over a Dictionary or a Set, and for what depends on a hash value"
            )
        }
        return own
    }

    private enum Variable {
        static let scenario = "MESH_DETERMINISM_SCENARIO"
        static let file = "MESH_DETERMINISM_FILE"
        /// Set, it would take away the very difference that this check is after.
        static let deterministicHashing = "SWIFT_DETERMINISTIC_HASHING"
    }

    private func childDigest(seed: UInt64, _ environment: [String: String]) throws(HarnessError) -> String {
        let folder = try TemporaryFolder()
        let digestPath = folder.path + "/digest"
        let outputPath = folder.path + "/output"
        let (status, digest, output) = try HarnessError.wrapping(.childFailed, "\(executable) can't be run") {
            _ = FileManager.default.createFile(atPath: outputPath, contents: nil)
            let output = try FileHandle(forWritingTo: URL(fileURLWithPath: outputPath))
            defer { try? output.close() }
            let process = Process()
            process.executableURL = URL(fileURLWithPath: executable).resolvingSymlinksInPath()
            process.arguments = arguments ?? ["--testing-library", "swift-testing", "--filter", filter]
            process.environment = environment.merging([
                Variable.scenario: scenario, Variable.file: digestPath, TestSeed.variable: String(seed),
            ]) { $1 }
            process.environment?[Variable.deterministicHashing] = nil
            process.standardInput = FileHandle.nullDevice
            process.standardOutput = output
            process.standardError = output
            try process.run()
            process.waitUntilExit()
            return (
                process.terminationStatus,
                try? String(contentsOfFile: digestPath, encoding: .utf8),
                (try? String(contentsOfFile: outputPath, encoding: .utf8)) ?? ""
            )
        }
        guard status == 0, let digest else {
            throw HarnessError(
                .childFailed,
                "the second process of \(scenario) ended with status \(status) and "
                    + "\(digest == nil ? "no digest: does the test's name fit?" : "a digest.") It printed:\n\(output.suffix(2_000))"
            )
        }
        return digest
    }

    /// A regular expression for the test's identifier, such as `CounterTests.DeterminismTests/deterministic()`.
    private var filter: String {
        let module = scenario.prefix { $0 != "/" }
        return "^\(module)\\." + ".*" + NSRegularExpression.escapedPattern(for: test)
    }
}
