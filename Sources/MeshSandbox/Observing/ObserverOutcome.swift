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
        case .prepare: return "not proven"
        case .known(let what): return "known: \(what)"
        case .tooOld(let why): return "too old: \(why)"
        case .unprovable(let why): return "not proven: \(why)"
        }
    }
}

extension Observer {
    /// Reports faults, each to every place that has to be told, one after the other.
    ///
    /// - Parameters:
    ///   - reports: what is to be done about a fault, as the other chain stands when it is asked: what one transaction has
    ///     verified, the next need not bring again.
    ///   - submit: signs messages as one transaction, and waits for its block; gives the reason where it is refused.
    public func outcomes<Failure: Error>(
        of faults: [ObservedFault],
        reporting reports: (ObservedFault) throws(Failure) -> [ObserverReport],
        submitting submit: ([SandboxMessage]) throws(Failure) -> String?
    ) throws(Failure) -> [ObserverOutcome] {
        var outcomes: [ObserverOutcome] = []
        for fault in faults {
            var place = 0
            var prepared: ObserverReport.Action?
            while true {
                let reports = try reports(fault)
                guard place < reports.count else { break }
                let report = reports[place]
                var refusal: String?
                switch report.action {
                case .submit(let messages): refusal = try submit(messages)
                case .prepare where report.action == prepared:
                    refusal = "headers on the way to that height were taken, and verified nothing"
                case .prepare(let messages):
                    refusal = try submit(messages)
                    prepared = report.action
                    if refusal == nil { continue }
                case .known, .tooOld, .unprovable: break
                }
                outcomes.append(ObserverOutcome(report: report, refusal: refusal))
                place += 1
            }
        }
        return outcomes
    }
}
