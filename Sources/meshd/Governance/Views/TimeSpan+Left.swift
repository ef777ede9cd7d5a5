import ModuleKit

extension TimeSpan {
    /// The span in its two largest units, rounded down: `1 day 23 hours`, `4 minutes 55 seconds`.
    var roughly: String {
        let units: [(name: String, seconds: UInt64)] = [
            ("day", 86_400), ("hour", 3_600), ("minute", 60), ("second", 1),
        ]
        guard let first = units.firstIndex(where: { wholeSeconds >= $0.seconds }) else { return "less than a second" }
        var rest = wholeSeconds
        var words: [String] = []
        for unit in units[first...].prefix(2) {
            let count = rest / unit.seconds
            rest %= unit.seconds
            if count > 0 { words.append(count.counting(unit.name)) }
        }
        return words.joined(separator: " ")
    }
}

extension Timestamp {
    /// The moment, and how far off it is: `2026-01-03T00:00:05Z, 1 day 23 hours left`, or `over`.
    func text(asOf now: Timestamp) -> String {
        guard let left = elapsed(since: now), left > .zero else { return "\(self), over" }
        return "\(self), \(left.roughly) left"
    }
}
