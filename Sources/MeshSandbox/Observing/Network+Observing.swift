public import CometBFT
import MeshHost

/// What became of a report.
public struct ObserverOutcome: Sendable {
    /// What was reported, and to whom.
    public let report: ObserverReport
    /// Why it was refused; nil where it was not, or nothing was submitted.
    public let refusal: String?

    /// Describes an outcome.
    public init(report: ObserverReport, refusal: String? = nil) {
        self.report = report
        self.refusal = refusal
    }

    /// What became of it, in words.
    public var text: String {
        if let refusal { return "refused: \(refusal)" }
        switch report.action {
        case .submit: return "proven"
        case .known(let what): return "known: \(what)"
        case .unprovable(let why): return "not proven: \(why)"
        }
    }
}

extension Network {
    /// Has an account watch a chain, and tell another one what validators did there. It waits for nothing but inclusion.
    ///
    /// - Parameters:
    ///   - consumer: the chain that is watched, by its blocks.
    ///   - provider: the chain that is told.
    ///   - votes: what the observer has heard besides.
    ///   - account: who signs.
    /// - Returns: what was found, and what became of it; one for each place that had to be told.
    /// - Throws: `wrongName`, `chainDown`, and what making blocks throws.
    @available(*, noasync)
    public func observe(
        _ consumer: String,
        for provider: String,
        hearing votes: [Vote] = [],
        evidence: [Evidence] = [],
        as account: String
    ) throws(SandboxError) -> [ObserverOutcome] {
        var observed = try ObservedChain(home: chain(consumer).host().store)
        observed.add(votes)
        observed.add(evidence)
        let observer = Observer(of: observed)
        var outcomes: [ObserverOutcome] = []
        for fault in try observed.faults() {
            for index in try observer.reports(of: fault, to: chain(provider).host()).indices {
                // Each as the chain stands after the one before it.
                let reports = try observer.reports(of: fault, to: chain(provider).host())
                guard reports.indices.contains(index) else { break }
                outcomes.append(try carryOut(reports[index], on: provider, as: account))
            }
        }
        return outcomes
    }

    private func carryOut(_ report: ObserverReport, on provider: String, as account: String) throws(SandboxError)
        -> ObserverOutcome
    {
        guard case .submit(let messages) = report.action else { return ObserverOutcome(report: report) }
        do throws(SandboxError) {
            try execute(messages, on: provider, from: account)
            return ObserverOutcome(report: report)
        } catch  where error.code == .refused {
            return ObserverOutcome(report: report, refusal: error.message)
        }
    }
}
