import MeshHost
import Storage

/// One run of a simulation, from its first step to its end.
struct SimulationRun {
    private static let traceLineCount = 20

    private let simulation: Simulation
    private let stepCount: Int
    /// From which step on the invariants are looked at after every step; before, as the options say.
    private let checkedFrom: Int?
    private let folder: String

    init(_ simulation: Simulation, stepCount: Int, checkedFrom: Int? = nil, in folder: String) {
        self.simulation = simulation
        self.stepCount = stepCount
        self.checkedFrom = checkedFrom
        self.folder = folder
    }

    /// Runs up to the first violation.
    ///
    /// - Throws: when the chains can't be made or closed.
    @available(*, noasync)
    func run(_ progress: (Simulation.Progress) -> Void) throws(SandboxError) -> SimulationReport {
        let options = simulation.options
        let world = try SimulationWorld(in: folder, seed: options.seed, chainCount: options.chainCount)
        var report = SimulationReport(options: options)
        report.operations = simulation.vocabulary.operations.map { .init(name: type(of: $0).name, count: 0) }
        report.violation = steps(of: world, &report, progress)
        if report.violation == nil {
            progress(.concluding)
            report.violation = settlement(of: world, after: report.stepCount)
        }
        try conclude(world, &report)
        return report
    }

    private func steps(
        of world: SimulationWorld,
        _ report: inout SimulationReport,
        _ progress: (Simulation.Progress) -> Void
    ) -> SimulationViolation? {
        while report.stepCount < stepCount {
            report.stepCount += 1
            let violation = guarding(world, .step, report.stepCount) { () throws(SandboxError) in
                try step(of: world, &report)
                return isChecked(report.stepCount) ? try violated(.always, in: world) : nil
            }
            if let violation { return violation }
            progress(.running(report.stepCount))
        }
        return nil
    }

    /// One operation, and a step of the network after it.
    private func step(of world: SimulationWorld, _ report: inout SimulationReport) throws(SandboxError) {
        let operation = simulation.vocabulary.draw(using: &world.network.generator)
        if let operation, let text = try operation.perform(in: world) {
            world.note(text)
            let name = type(of: operation).name
            if let index = report.operations.firstIndex(where: { $0.name == name }) {
                report.operations[index].count += 1
            }
        }
        try world.advance()
    }

    private func isChecked(_ step: Int) -> Bool {
        if let checkedFrom { return step >= checkedFrom }
        return step.isMultiple(of: simulation.options.checkInterval) || step == stepCount
    }

    private func settlement(of world: SimulationWorld, after step: Int) -> SimulationViolation? {
        guarding(world, .settled, step) { () throws(SandboxError) in
            try world.settle()
            if let found = try violated(.always, in: world) { return found }
            return try violated(.settled, in: world)
        }
    }

    /// The first invariant that does not hold, and what does not.
    private func violated(_ moment: SimulationMoment, in world: SimulationWorld) throws(SandboxError)
        -> (name: String, lines: [String])?
    {
        for invariant in simulation.vocabulary.invariants where invariant.moment == moment {
            let lines = try invariant.violations(in: world)
            if !lines.isEmpty { return (type(of: invariant).name, lines) }
        }
        return nil
    }

    /// Turns what does not hold, or what the network can't do, into a violation.
    private func guarding(
        _ world: SimulationWorld,
        _ moment: SimulationViolation.Moment,
        _ step: Int,
        _ body: () throws(SandboxError) -> (name: String, lines: [String])?
    ) -> SimulationViolation? {
        let found: (name: String, lines: [String])?
        do throws(SandboxError) {
            found = try body()
        } catch {
            found = ("network", ["\(error)"])
        }
        return found.map { name, lines in
            SimulationViolation(
                invariant: name,
                lines: lines,
                moment: moment,
                stepCount: step,
                trace: world.trace.suffix(Self.traceLineCount)
            )
        }
    }

    /// Counts, closes, and audits when nothing was found before.
    private func conclude(_ world: SimulationWorld, _ report: inout SimulationReport) throws(SandboxError) {
        report.transactionCount = world.transactionCount.executed
        report.failedTransactionCount = world.transactionCount.failed
        report.refusedForgeryCount = world.refusedForgeryCount
        report.infractionCount = world.logs.infractions.reduce(0) { $0 + $1.infractionCount }
        report.slashCount = world.logs.slashCount
        report.cutCount = world.logs.cutCount
        report.packets = PacketBook.Fate.allCases.map { fate in
            (fate, world.packets.packets.count { $0.fate == fate })
        }
        for chain in world.network.chains where chain.isUp {
            let header = try chain.host().lastHeader
            report.chains.append(
                .init(
                    chainID: chain.chainID,
                    height: header.height,
                    eventCount: header.eventCount,
                    appHash: header.appHash
                )
            )
        }
        try world.network.close()
        guard report.violation == nil, let auditor = simulation.auditor else { return }
        for chain in world.network.chains where report.violation == nil {
            report.violation = guarding(world, .audit, report.stepCount) { () throws(SandboxError) in
                let verdict = try SandboxError.hosting { try auditor.audit(chain) }
                return verdict.isSound ? nil : ("audit", ["\(chain.chainID): \(verdict.text)"])
            }
        }
    }
}
