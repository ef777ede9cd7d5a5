import Crypto
import Foundation
import MeshAudit
import MeshHost
import MeshSandbox
import ModuleKit
import Storage
import Testing

@Suite("Scenarios: the examples")
struct ExampleScenarioTests {
    /// The examples of the checkout that these tests were built from.
    private static let folder = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appendingPathComponent("Examples/scenarios")

    /// Every file of the folder: one that is added is tested.
    private static let names =
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { $0.hasSuffix(".yaml") }
        .sorted()

    @Test("There are those that the documents speak of")
    func complete() {
        let needed = [
            "cap-lowered", "closing", "cross-slash", "double-sign", "downtime", "from-zero", "full-mesh",
            "hostile-deployer", "one-to-many", "over-cap", "price-swing", "revoke", "rewards", "rewards-held",
            "rewards-refused", "rewards-stranded", "sibling-chains", "transfer", "validator-leaving", "veto",
            "zero-cap",
        ]
        #expect(Set(needed.map { "\($0).yaml" }).isSubset(of: Self.names))
    }

    @Test("Each is met, audited, and the same twice over, line by line and byte for byte", arguments: names)
    func isMet(_ name: String) throws {
        let scenario = try Scenario(
            parsing: try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
        )
        let (first, second) = (try ScenarioFolder(), try ScenarioFolder())
        let report = try ScenarioRun.run(scenario, in: first.path, auditor: Self.auditor)
        #expect(report.isMet, "\(report.unmet) \(String(describing: report.failure))")
        #expect(report.checks.count { $0.place != nil } >= 10)
        #expect(report.checks.count { $0.what.hasPrefix("audit of") } == scenario.chains.count)
        let again = try ScenarioRun.run(scenario, in: second.path, auditor: Self.auditor)
        #expect(report.trace == again.trace)
        #expect(report.checks == again.checks)
        #expect(report.chains == again.chains)
    }

    /// Verifies a chain's log, and says what it is by the digest of all its records.
    private static var auditor: ScenarioAuditor {
        ScenarioAuditor { chain in
            let audit = try Verification(home: chain.path, chainID: chain.chainID).run { _ in }
            try chain.reopen()
            var digest = SHA256()
            let host = try chain.host()
            try host.store.log.forEachRecord(in: 0..<host.lastHeader.eventCount) { (_, record) throws(StorageError) in
                record.withUnsafeBytes { digest.update(bufferPointer: $0) }
                return true
            }
            try chain.close()
            return .init(isSound: audit.isSound, "\(audit.blockCount) blocks, \(digest.finalize())")
        }
    }
}
