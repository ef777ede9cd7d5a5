import MeshSandbox
import ModuleKit
import Storage
import Testing

@Suite("Simulations with slashes")
struct SlashSimulationTests {
    /// Stake and punishments alone, so that much happens in few steps.
    private static var vocabulary: SimulationVocabulary {
        let names = [
            "cross-stake", "cross-unstake", "local stake", "double sign", "evidence", "downtime", "unjailing", "crash",
            "reopening", "passing time", "policy change",
        ]
        let standard = SimulationVocabulary.standard
        return SimulationVocabulary(
            operations: standard.operations.filter { names.contains(type(of: $0).name) },
            invariants: standard.invariants
        )
    }

    @Test("Validators sign twice, are proven guilty, go offline and come back, and all holds, twice in the same way")
    func slashes() throws {
        func run() throws -> SimulationReport {
            let folder = try ScenarioFolder()
            let options = Simulation.Options(seed: 18, stepCount: 60, chainCount: 2, checkInterval: 3)
            return try Simulation(options, vocabulary: Self.vocabulary, auditor: TestAuditor.auditor).run(
                in: folder.path
            )
        }
        let report = try run()
        #expect(report.violation == nil, "seed 18: \(String(describing: report.violation))")
        #expect(report.infractionCount > 0)
        #expect(report.slashCount > 0)
        #expect(report.cutCount > 0)
        for name in ["double sign", "evidence", "downtime", "crash"] {
            #expect(report.operations.first { $0.name == name }?.count ?? 0 > 0, "\(name)")
        }
        let again = try run()
        #expect(again.chains.map(\.appHash) == report.chains.map(\.appHash))
        #expect(again.slashCount == report.slashCount)
    }
}
