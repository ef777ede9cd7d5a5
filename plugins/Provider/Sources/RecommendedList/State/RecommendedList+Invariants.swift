public import ModuleKit
import RecommendedListEvents

extension RecommendedList {
    /// What must always hold: entries stand under their numbers, are as many as are counted and allowed, no label or address
    /// stands twice, and every note is bounded.
    public func invariants(_ state: StateReader) throws(ModuleError) -> [InvariantViolation] {
        var violations: [InvariantViolation] = []
        var names: [String] = []
        var found: UInt32 = 0
        try recommendations.forEach(in: state) { (number, entry) throws(ModuleError) in
            found += 1
            names += [entry.label, entry.address]
            if entry.number != number {
                violations.append(InvariantViolation("entry-in-place", "\(entry.label) stands under \(number)"))
            }
            if entry.note.utf8.count > Self.noteBytesMax {
                violations.append(InvariantViolation("notes-bounded", "\(entry.label): \(entry.note.utf8.count) bytes"))
            }
            return true
        }
        let counted = try count.value(in: state)
        if counted ?? 0 != found || counted == 0 || found > Self.recommendationsMax {
            violations.append(InvariantViolation("entries-counted", "\(found) entries, \(counted ?? 0) are counted"))
        }
        names.sort()
        for (name, next) in zip(names, names.dropFirst()) where name == next {
            violations.append(InvariantViolation("entries-distinct", "\(name) stands twice"))
        }
        return violations
    }
}
