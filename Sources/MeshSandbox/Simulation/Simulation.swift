import Foundation

/// Random transfers under faults, over chains in a row, with everything checked that must hold.
///
/// The same options give the same run, byte for byte; a run of fewer steps is the beginning of a longer one. So what does
/// not hold is led back to the shortest run in which it does not.
public struct Simulation {
    /// What to simulate.
    public struct Options: Sendable, Hashable {
        /// Where all that is left to chance comes from.
        public var seed: UInt64
        /// How many steps.
        public var stepCount: Int
        /// How many chains, two or more.
        public var chainCount: Int
        /// After how many steps the invariants are looked at.
        public var checkInterval: Int

        /// Describes a simulation.
        public init(seed: UInt64, stepCount: Int, chainCount: Int, checkInterval: Int = 1) {
            self.seed = seed
            self.stepCount = max(0, stepCount)
            self.chainCount = max(2, chainCount)
            self.checkInterval = max(1, checkInterval)
        }
    }

    /// How far a simulation is.
    public enum Progress: Sendable, Hashable {
        /// So many of its steps are done.
        case running(Int)
        /// Everything is being settled and audited.
        case concluding
        /// A failing run of so many steps is being made shorter.
        case shortening(Int)
    }

    let options: Options
    let vocabulary: SimulationVocabulary
    let auditor: ScenarioAuditor?

    /// Describes a simulation.
    ///
    /// - Parameter auditor: who audits the logs in the end; nobody unless given.
    public init(_ options: Options, vocabulary: SimulationVocabulary = .standard, auditor: ScenarioAuditor? = nil) {
        self.options = options
        self.vocabulary = vocabulary
        self.auditor = auditor
    }

    /// Runs, and looks for the shortest failing run when something does not hold.
    ///
    /// - Parameters:
    ///   - folder: a folder that is there; the homes of the chains stay in its folder `run`, and those of shorter runs are
    ///     removed again.
    ///   - progress: is told how far it is.
    /// - Throws: `host` when folders or chains can't be made. What goes wrong in a run is no error: it stands in the report.
    @available(*, noasync)
    public func run(in folder: String, progress: (Progress) -> Void = { _ in }) throws(SandboxError) -> SimulationReport
    {
        var report = try Self.inFolder("run", of: folder, isKept: true) { (home) throws(SandboxError) in
            try SimulationRun(self, stepCount: options.stepCount, in: home).run(progress)
        }
        guard let violation = report.violation else { return report }
        report.violation = try shortened(violation, in: folder, progress)
        return report
    }

    /// The same run from a fresh folder, of so many steps, checked after each from `checkedFrom` on.
    func violation(ofFirst stepCount: Int, checkedFrom: Int, in folder: String) throws(SandboxError)
        -> SimulationViolation?
    {
        try Self.inFolder("shorter", of: folder, isKept: false) { (home) throws(SandboxError) in
            try SimulationRun(self, stepCount: stepCount, checkedFrom: checkedFrom, in: home).run { _ in }.violation
        }
    }

    private static func inFolder<Result>(
        _ name: String,
        of folder: String,
        isKept: Bool,
        _ body: (String) throws(SandboxError) -> Result
    ) throws(SandboxError) -> Result {
        let url = URL(fileURLWithPath: folder).appendingPathComponent(name)
        do {
            try FileManager.default.createDirectory(at: url, withIntermediateDirectories: false)
        } catch {
            throw SandboxError(.host, "the folder \(url.path) can't be made: name one that is empty", cause: error)
        }
        defer { if !isKept { try? FileManager.default.removeItem(at: url) } }
        return try body(url.path)
    }
}
