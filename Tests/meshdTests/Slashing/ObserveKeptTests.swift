import Foundation
import Testing

@Suite("meshd observe, on homes that a scenario has kept")
struct ObserveKeptTests {
    @Test("finds what a node has heard, proves it, and who pays is shown as the chain goes on")
    func finds() throws {
        // The story ends before anybody tells.
        let kept = try KeptScenario("cross-slash", before: "- note: An observer proves it to Osmosis.")
        let (provider, consumer) = (kept.home("osmosis-1"), kept.home("juno-1"))
        let before = try kept.run("slash", "show", on: "osmosis-1")
        #expect(before.exitCode == 0 && before.output.contains("never proven guilty"), "\(before.errors)")
        func observe() throws -> Outcome {
            try kept.folder.meshd(
                "observe",
                "--consumer",
                consumer,
                "--provider",
                provider,
                "--key",
                "observer",
                "--output",
                "json"
            )
        }
        let outcome = try observe()
        #expect(outcome.exitCode == 0, "\(outcome.errors)")
        let findings = try outcome.json["findings"].elements
        #expect(findings.map { $0["status"].text } == ["proven"])
        #expect(findings.map { $0["told"].text } == ["main-external-staking"])
        #expect(try observe().json["findings"].elements.map { $0["status"].text } == ["known"])

        let shown = try kept.run("slash", "show", "--output", "json", on: "osmosis-1")
        let validator = try shown.json["validators"][0]
        #expect(validator["taken"].text == "1300000")
        // No relayer runs: the other chain was not told yet.
        let payments = validator["infractions"][0]["payments"].elements
        #expect(payments.count == 2 && payments.allSatisfy { $0["burns"][0]["state"].text != "acknowledged" })
        let audit = try kept.run("audit", "verify", on: "osmosis-1")
        #expect(audit.exitCode == 0, "\(audit.errors)")
    }

    @Test("says which file of a home is no evidence")
    func damaged() throws {
        let kept = try KeptScenario("double-sign")
        let folder = URL(fileURLWithPath: kept.home("juno-1")).appendingPathComponent("chain/heard")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
        #expect(names.count == 2, "\(names)")
        try Data("[".utf8).write(to: folder.appendingPathComponent("9-x.json"))
        let outcome = try kept.folder.meshd(
            "observe",
            "--consumer",
            kept.home("juno-1"),
            "--provider",
            kept.home("osmosis-1"),
            "--key",
            "alice"
        )
        #expect(outcome.exitCode == 3 && outcome.errors.contains("9-x.json is no evidence"), "\(outcome.errors)")
    }
}
