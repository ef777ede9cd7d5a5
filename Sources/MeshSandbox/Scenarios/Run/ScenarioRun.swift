import MeshHost
import ModuleKit
import Storage

/// A scenario while it is carried out: its network, and what has happened so far.
///
/// Steps and expectations get it handed, from one thread. The same scenario and seed give the same run, line by line.
public final class ScenarioRun {
    /// What is carried out.
    public let scenario: Scenario
    /// The chains and their relayers.
    public let network: Network
    /// The packets, and what became of them.
    public internal(set) var packets = PacketBook()

    let auditor: ScenarioAuditor?
    var checks: [ScenarioReport.Check] = []
    var trace: ScenarioTrace
    var current: Scenario.Step?
    // What follows is looked up by name, and never iterated.
    var labels: [[UInt8]: String] = [:]
    var outcomes: [String: TransactionReport] = [:]
    var labelledPackets: [String: PacketBook.Key] = [:]
    var packetLabels: [PacketBook.Key: String] = [:]
    var refusedForgeries: [String: UInt64] = [:]
    var proposals: [String: ProposalReference] = [:]

    /// Makes the chains.
    private init(
        _ scenario: Scenario,
        in folder: String,
        seed: UInt64,
        auditor: ScenarioAuditor?,
        listener: @escaping @Sendable (ScenarioTrace.Line) -> Void
    ) throws(ScenarioError) {
        self.scenario = scenario
        self.auditor = auditor
        trace = ScenarioTrace(listener: listener)
        let intervals = scenario.chains.map(\.specification.blockInterval)
        network = try ScenarioError.running(nil) {
            try Network(in: folder, seed: seed, stepInterval: intervals.min() ?? .seconds(5))
        }
        for chain in scenario.chains {
            _ = try ScenarioError.running(nil) { try network.addChain(chain.specification) }
            let validators = chain.specification.validatorPowers.count
            note(
                "begins as \(chain.specification.chainID), \(validators) validator\(validators == 1 ? "" : "s")",
                on: chain.name
            )
        }
    }

    /// Carries a scenario out, and audits every chain in the end.
    ///
    /// - Parameters:
    ///   - folder: where the chains' homes will be; a folder that is there, without homes of the same chains.
    ///   - seed: another seed than the scenario's.
    ///   - auditor: who audits the logs; nobody unless given.
    ///   - listener: is told each line of the trace as it comes.
    /// - Returns: what came of it; a step that could not be carried out ends the run, and stands in the report.
    /// - Throws: `network` when the chains can't be made, or not be closed.
    @available(*, noasync)
    public static func run(
        _ scenario: Scenario,
        in folder: String,
        seed: UInt64? = nil,
        auditor: ScenarioAuditor? = nil,
        listener: @escaping @Sendable (ScenarioTrace.Line) -> Void = { _ in }
    ) throws(ScenarioError) -> ScenarioReport {
        let run = try ScenarioRun(
            scenario,
            in: folder,
            seed: seed ?? scenario.seed,
            auditor: auditor,
            listener: listener
        )
        let failure = run.performSteps()
        let chains = try run.conclude()
        return ScenarioReport(
            name: scenario.name,
            seed: run.network.seed,
            checks: run.checks,
            failure: failure,
            chains: chains,
            trace: run.trace.lines
        )
    }

    private func performSteps() -> ScenarioError? {
        for step in scenario.steps {
            current = step
            note("\(step.action)", as: .step)
            do throws(ScenarioError) {
                try step.action.perform(in: self)
            } catch {
                note("stops here: \(error.message)")
                return error.placed(at: step.place)
            }
        }
        return nil
    }

    /// Looks at what must hold of every chain in the end, and closes them.
    private func conclude() throws(ScenarioError) -> [ScenarioReport.Chain] {
        current = nil
        var chains: [ScenarioReport.Chain] = []
        for description in scenario.chains {
            let chain = try chain(description.name)
            try ScenarioError.running(nil) { try chain.reopen() }
            let violations = try ScenarioError.running(nil) { try chain.invariantViolations() }
            check(
                "invariants of \(description.name)",
                expected: "hold",
                ScenarioFinding(
                    violations.isEmpty ? "hold" : violations.joined(separator: "; "),
                    isMet: violations.isEmpty
                )
            )
            let header = try ScenarioError.running(nil) { try chain.host().lastHeader }
            chains.append(
                ScenarioReport.Chain(
                    name: description.name,
                    chainID: header.chainID,
                    height: header.height,
                    eventCount: header.eventCount,
                    appHash: header.appHash
                )
            )
            try audit(description.name, reopening: false)
        }
        return chains
    }

    /// Puts down what was expected and what was found.
    ///
    /// - Parameter place: where it is expected; the step's place unless given.
    public func check(
        _ what: String,
        expected: String,
        _ finding: ScenarioFinding,
        at place: ScenarioPlace? = nil
    ) {
        checks.append(
            ScenarioReport.Check(
                at: place ?? current?.place,
                what,
                expected: expected,
                found: finding.text,
                isMet: finding.isMet
            )
        )
        let text = finding.isMet ? "\(what): \(finding.text)" : "\(what): expected \(expected), found \(finding.text)"
        note(text, as: finding.isMet ? .met : .unmet)
    }

    /// Puts down what happened.
    ///
    /// - Parameter chain: the chain on which it happened, by its name in the scenario.
    public func note(
        _ text: String,
        on chain: String? = nil,
        at height: UInt64? = nil,
        as kind: ScenarioTrace.Kind = .happening
    ) {
        trace.add(
            ScenarioTrace.Line(
                kind: kind,
                step: current?.number,
                line: current?.place.line,
                chain: chain,
                height: height,
                text: text
            )
        )
    }
}
