/// Which entries to visit, and in which order.
public struct StateScan: Hashable, Sendable {
    /// The order of the visit.
    public enum Direction: Hashable, Sendable {
        /// From the smallest key up.
        case forward
        /// From the greatest key down.
        case backward
    }

    /// What every visited key begins with. Empty means all.
    public var prefix: [UInt8]
    /// The full key at which to begin, inclusive. Entries before it in the direction are left out.
    public var start: [UInt8]?
    /// The order of the visit.
    public var direction: Direction

    /// Describes a visit.
    public init(prefix: [UInt8] = [], start: [UInt8]? = nil, direction: Direction = .forward) {
        self.prefix = prefix
        self.start = start
        self.direction = direction
    }

    /// Where a walk through ordered keys begins or goes on.
    enum Bound {
        /// At the first key in the direction.
        case unbounded
        /// At this key, or the next in the direction.
        case inclusive([UInt8])
        /// After this key in the direction.
        case exclusive([UInt8])
    }

    /// Where the visit begins, or nil when nothing can be visited.
    var bound: Bound? {
        if let start {
            if start.starts(with: prefix) { return .inclusive(start) }
            let isBefore = start.lexicographicallyPrecedes(prefix)
            if isBefore == (direction == .backward) { return nil }
        }
        switch direction {
        case .forward: return .inclusive(prefix)
        case .backward: return Self.successor(of: prefix).map { .exclusive($0) } ?? .unbounded
        }
    }

    /// The smallest key greater than all keys that begin with `prefix`, or nil when there is none.
    static func successor(of prefix: [UInt8]) -> [UInt8]? {
        guard let last = prefix.lastIndex(where: { $0 < 255 }) else { return nil }
        return prefix[..<last] + [prefix[last] + 1]
    }

    /// Whether `left` comes before `right` in the direction.
    func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        switch direction {
        case .forward: left.lexicographicallyPrecedes(right)
        case .backward: right.lexicographicallyPrecedes(left)
        }
    }
}
