import Foundation
import MeshAudit
import MeshSandbox

/// A folder of a test's own; everything is removed in the end.
final class ScenarioFolder {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory.appendingPathComponent("scenario-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Scenarios of two chains with a channel between them.
enum TestScenario {
    static let head = """
        name: A test
        seed: 11
        chains:
          north: { prefix: nor, accounts: { ann: 1_000unor, cid: 5unor } }
          south: { prefix: sou, accounts: { bob: [2000usou, 7uother] } }
        channels:
          main: { between: [north/transfer, south/transfer] }
        steps:

        """
    /// The line on which the first step stands.
    static let firstLine = 9

    /// A scenario with some steps, which begin at the left margin.
    static func text(_ steps: String) -> String {
        head + steps.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)\n" }.joined()
    }

    /// Carries the steps out, and audits the chains.
    static func run(_ steps: String, seed: UInt64? = nil) throws -> ScenarioReport {
        let folder = try ScenarioFolder()
        return try ScenarioRun.run(
            try Scenario(parsing: text(steps)),
            in: folder.path,
            seed: seed,
            auditor: TestAuditor.auditor
        )
    }
}

/// Verifies a chain's log.
enum TestAuditor {
    static var auditor: ScenarioAuditor {
        ScenarioAuditor { chain in
            let report = try Verification(home: chain.path, chainID: chain.chainID).run { _ in }
            return .init(isSound: report.isSound, "\(report.blockCount) blocks")
        }
    }
}

extension ScenarioReport {
    /// What was found, by what was looked at.
    func found(_ what: String) -> String? { checks.first { $0.what == what }?.found }

    /// The expectations that are not met.
    var unmet: [Check] { checks.filter { !$0.isMet } }

    /// The texts of the trace.
    var texts: [String] { trace.map(\.text) }
}
