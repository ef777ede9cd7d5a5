/// The findings of one audit, in the order of their discovery, up to a limit.
///
/// A damaged log can give a finding for each of its records. What is over the limit is counted, not kept.
struct FindingLog: Sendable {
    /// How many findings are kept.
    static let limit = 100

    private(set) var findings: [Finding] = []
    private(set) var omittedCount: UInt64 = 0

    /// How many there were, kept or not.
    var count: UInt64 { UInt64(findings.count) + omittedCount }

    /// Whether nothing was found.
    var isEmpty: Bool { findings.isEmpty }

    /// Whether further findings are only counted.
    var isFull: Bool { findings.count >= Self.limit }

    mutating func add(_ finding: Finding) {
        if isFull {
            omittedCount += 1
        } else {
            findings.append(finding)
        }
    }

    mutating func add(_ code: Finding.Code, at place: Finding.Place, _ what: String) {
        add(Finding(code, at: place, what))
    }

    /// Takes over another list.
    mutating func add(contentsOf other: FindingLog) {
        for finding in other.findings { add(finding) }
        omittedCount += other.omittedCount
    }
}
