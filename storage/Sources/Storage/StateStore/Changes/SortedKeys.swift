/// Distinct keys in order, cheap to add to one by one.
///
/// New keys go into a short sorted tail, which is merged into the long sorted run when it is full: an addition moves a
/// few hundred references at most, and a merge is paid for by the additions before it.
struct SortedKeys: Sendable {
    private static let tailLimit = 512

    private var run: [[UInt8]] = []
    private var tail: [[UInt8]] = []

    /// Adds a key that is not there yet.
    mutating func insert(_ key: [UInt8]) {
        tail.insert(key, at: Self.lowerBound(key, in: tail))
        if tail.count >= Self.tailLimit {
            run = merged()
            tail.removeAll(keepingCapacity: true)
        }
    }

    /// All keys in order.
    func merged() -> [[UInt8]] {
        var result: [[UInt8]] = []
        result.reserveCapacity(run.count + tail.count)
        var next = 0
        for key in run {
            while next < tail.count, tail[next].lexicographicallyPrecedes(key) {
                result.append(tail[next])
                next += 1
            }
            result.append(key)
        }
        result.append(contentsOf: tail[next...])
        return result
    }

    /// The first key at or after a bound, in a direction.
    func next(from bound: StateScan.Bound, _ direction: StateScan.Direction) -> [UInt8]? {
        let first = Self.next(from: bound, direction, in: run)
        let second = Self.next(from: bound, direction, in: tail)
        guard let first, let second else { return first ?? second }
        return first.lexicographicallyPrecedes(second) == (direction == .forward) ? first : second
    }

    private static func next(
        from bound: StateScan.Bound,
        _ direction: StateScan.Direction,
        in keys: [[UInt8]]
    ) -> [UInt8]? {
        let index: Int
        switch (direction, bound) {
        case (.forward, .unbounded): index = 0
        case (.backward, .unbounded): index = keys.count - 1
        case (_, .inclusive(let key)), (_, .exclusive(let key)):
            let lower = lowerBound(key, in: keys)
            let isThere = lower < keys.count && keys[lower] == key
            var isInclusive = false
            if case .inclusive = bound { isInclusive = true }
            switch direction {
            case .forward: index = isThere && !isInclusive ? lower + 1 : lower
            case .backward: index = isThere && isInclusive ? lower : lower - 1
            }
        }
        return keys.indices.contains(index) ? keys[index] : nil
    }

    private static func lowerBound(_ key: [UInt8], in keys: [[UInt8]]) -> Int {
        var (low, high) = (0, keys.count)
        while low < high {
            let middle = (low + high) / 2
            if keys[middle].lexicographicallyPrecedes(key) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }
}
