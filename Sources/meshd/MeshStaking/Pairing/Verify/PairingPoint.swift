import ModuleKit

/// One point of due diligence: whether it holds, and why.
struct PairingPoint: Sendable, Hashable {
    /// What was found.
    enum Verdict: String, Sendable, Hashable {
        case yes
        case no
        /// Neither chain says it: somebody has to judge.
        case unknown
    }

    /// What it is about, for programs: snake case, and always the same.
    let name: String
    /// What should hold.
    let title: String
    let verdict: Verdict
    /// What was found, and, where it does not hold, what to do.
    let reason: String

    init(_ name: String, _ title: String, _ verdict: Verdict, _ reason: String) {
        self.name = name
        self.title = title
        self.verdict = verdict
        self.reason = reason
    }

    /// A point that holds unless there are troubles.
    ///
    /// - Parameters:
    ///   - troubles: what is wrong, one sentence each.
    ///   - proof: what was found where nothing is.
    init(_ name: String, _ title: String, troubles: [String], else proof: String) {
        self.init(
            name,
            title,
            troubles.isEmpty ? .yes : .no,
            troubles.isEmpty ? proof : troubles.joined(separator: "; ")
        )
    }
}

extension TimeSpan {
    /// The span as people say it, where it is whole days or hours: `14 days`.
    var inWords: String {
        for (unit, seconds) in [("day", 86_400 as UInt64), ("hour", 3_600)]
        where nanoseconds > 0 && nanoseconds % (seconds * 1_000_000_000) == 0 {
            return (wholeSeconds / seconds).counting(unit)
        }
        return description
    }
}
