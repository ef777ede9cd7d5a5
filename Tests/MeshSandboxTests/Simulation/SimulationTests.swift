import MeshSandbox
import ModuleKit
import Storage
import Testing

@Suite("Simulations")
struct SimulationTests {
    @Test("A short simulation of three chains holds, and something happens in it")
    func holds() throws {
        let folder = try ScenarioFolder()
        let options = Simulation.Options(seed: 5, stepCount: 30, chainCount: 3)
        var steps: [Int] = []
        let report = try Simulation(options, auditor: TestAuditor.auditor).run(in: folder.path) { progress in
            if case .running(let step) = progress { steps.append(step) }
        }
        #expect(report.violation == nil, "seed 5: \(String(describing: report.violation))")
        #expect(steps == Array(1...30))
        #expect(report.transactionCount > 10)
        #expect(report.packets.first { $0.fate == .acknowledged }?.count ?? 0 > 3)
        #expect(report.packets.filter { !$0.fate.isFinal }.allSatisfy { $0.count == 0 })
        #expect(report.chains.count == 3)
    }

    @Test("The same seed gives the same logs, and a longer run begins like a shorter one")
    func determinism() throws {
        func appHashes(_ seed: UInt64) throws -> [String] {
            let folder = try ScenarioFolder()
            let options = Simulation.Options(seed: seed, stepCount: 6, chainCount: 2)
            return try Simulation(options).run(in: folder.path).chains.map(\.appHash.hexadecimal)
        }
        #expect(try appHashes(3) == appHashes(3))
        #expect(try appHashes(3) != appHashes(4))
    }

    @Test("What does not hold after a step is led back to the first step after which it does not")
    func shortestPrefix() throws {
        let folder = try ScenarioFolder()
        let options = Simulation.Options(seed: 8, stepCount: 24, chainCount: 2, checkInterval: 8)
        let vocabulary = SimulationVocabulary.standard.adding(invariants: [FewPackets()])
        let report = try Simulation(options, vocabulary: vocabulary).run(in: folder.path)
        let violation = try #require(report.violation, "seed 8")
        #expect(violation.invariant == "few packets")
        #expect(violation.moment == .step)
        #expect(violation.isReproduced)
        #expect(report.stepCount.isMultiple(of: 8))
        #expect(violation.stepCount <= report.stepCount)
        #expect(violation.trace.contains { $0.contains("transfers") })

        // A run as long fails, one that is a step shorter does not.
        for (length, isFailing) in [(violation.stepCount, true), (violation.stepCount - 1, false)] {
            let folder = try ScenarioFolder()
            let options = Simulation.Options(seed: 8, stepCount: length, chainCount: 2)
            let run = Simulation(
                options,
                vocabulary: .init(operations: vocabulary.operations, invariants: [FewPackets()])
            )
            #expect((try run.run(in: folder.path).violation != nil) == isFailing, "\(length) steps")
        }
    }

    @Test("What does not hold in the end is led back by shorter runs")
    func shortestEnd() throws {
        let folder = try ScenarioFolder()
        let options = Simulation.Options(seed: 9, stepCount: 12, chainCount: 2)
        let vocabulary = SimulationVocabulary(
            operations: SimulationVocabulary.standard.operations,
            invariants: [FewPackets(moment: .settled)]
        )
        let report = try Simulation(options, vocabulary: vocabulary).run(in: folder.path)
        let violation = try #require(report.violation, "seed 9")
        #expect(violation.moment == .settled)
        #expect(violation.isReproduced)
        #expect(violation.stepCount < 12)
    }

    @Test("Tokens that move behind the counting's back are missed by it")
    func conservation() throws {
        let folder = try ScenarioFolder()
        let options = Simulation.Options(seed: 2, stepCount: 10, chainCount: 2)
        let vocabulary = SimulationVocabulary(
            operations: [HiddenTransfer()],
            invariants: SimulationVocabulary.standard.invariants
        )
        let report = try Simulation(options, vocabulary: vocabulary).run(in: folder.path)
        let violation = try #require(report.violation, "seed 2")
        #expect(violation.invariant == "escrow")
        #expect(violation.stepCount == 1)
        #expect(violation.lines.first?.contains("the escrow has") == true)
    }
}

/// Holds until the fourth packet is sent.
private struct FewPackets: SimulationInvariant {
    static let name = "few packets"
    var moment = SimulationMoment.always

    func violations(in world: SimulationWorld) -> [String] {
        let count = world.packets.packets.count
        return count > 3 ? ["there are \(count) packets"] : []
    }
}

/// Sends tokens in a step that the world does not see.
private struct HiddenTransfer: SimulationOperation {
    static let name = "hidden transfer"
    let weight: UInt32 = 1

    func perform(in world: SimulationWorld) throws(SandboxError) -> String? {
        let transfer = SimulationVocabulary.standard.operations.first { type(of: $0).name == "native transfer" }
        let text = try transfer?.perform(in: world)
        try world.network.step()
        return text
    }
}
