/// Nested changes over any state: a block's, over it a transaction's, over that a message's.
///
/// A value: copying it copies the changes. Reads look from the newest level down to the base, and a removal hides what
/// lies beneath.
public struct StateOverlay<Base: StateReading>: StateReading {
    /// What lies beneath all changes.
    public var base: Base

    // Oldest first, never empty: the first level takes what was written before any `begin`.
    private var levels = [Level()]

    /// No changes over a base.
    public init(over base: Base) {
        self.base = base
    }

    /// How many levels were begun and neither committed nor dropped.
    public var depth: Int { levels.count - 1 }

    /// Sets the value of a full key.
    ///
    /// - Throws: what ``StateKey/full(instance:collection:key:)`` throws of the key.
    public mutating func set(_ key: [UInt8], to value: [UInt8]) throws(StorageError) {
        try StateKey.check(key)
        levels[levels.count - 1].record(key, .value(value))
    }

    /// Removes a full key. Removing what is not there is recorded all the same.
    ///
    /// - Throws: what ``StateKey/full(instance:collection:key:)`` throws of the key.
    public mutating func remove(_ key: [UInt8]) throws(StorageError) {
        try StateKey.check(key)
        levels[levels.count - 1].record(key, .removal)
    }

    /// Begins a level.
    public mutating func begin() {
        levels.append(Level())
    }

    /// Lays the newest level onto the one beneath. Without a begun level it does nothing.
    public mutating func commit() {
        guard depth > 0, let level = levels.popLast() else { return }
        levels[levels.count - 1].absorb(level)
    }

    /// Forgets the newest level. Without a begun level it does nothing.
    public mutating func drop() {
        guard depth > 0 else { return }
        levels.removeLast()
    }

    /// Forgets every change and level.
    public mutating func removeAll() {
        levels = [Level()]
    }

    /// All changes, the newest of each key, in order: what a block writes.
    public func writeSet() throws(StorageError) -> WriteSet {
        var all = levels[0]
        for level in levels.dropFirst() {
            all.absorb(level)
        }
        return try WriteSet(all.changes)
    }

    /// See ``StateReading/read(_:into:)``.
    public func read(_ key: [UInt8], into buffer: inout [UInt8]) throws(StorageError) -> Bool {
        for level in levels.reversed() {
            switch level.change(of: key) {
            case .value(let value):
                buffer.removeAll(keepingCapacity: true)
                buffer.append(contentsOf: value)
                return true
            case .removal:
                buffer.removeAll(keepingCapacity: true)
                return false
            case nil:
                continue
            }
        }
        return try base.read(key, into: &buffer)
    }

    /// See ``StateReading/scan(_:_:)``. The overlay must not change during the visit.
    public func scan(
        _ scan: StateScan,
        _ visit: (_ key: RawSpan, _ value: RawSpan) throws(StorageError) -> Bool
    ) throws(StorageError) {
        try LayeredState.scan(scan, layers: levels.reversed(), base: base, visit)
    }

    /// The changes of one level.
    private struct Level: StateLayer, Sendable {
        private var table: [[UInt8]: StateChange] = [:]
        private var keys = SortedKeys()

        mutating func record(_ key: [UInt8], _ change: StateChange) {
            if table.updateValue(change, forKey: key) == nil {
                keys.insert(key)
            }
        }

        mutating func absorb(_ newer: Level) {
            for (key, change) in newer.changes {
                record(key, change)
            }
        }

        /// The changes in order of keys.
        var changes: [(key: [UInt8], change: StateChange)] {
            keys.merged().map { (key: $0, change: table[$0] ?? .removal) }
        }

        func change(of key: [UInt8]) -> StateChange? {
            table[key]
        }

        func nextChange(
            from bound: StateScan.Bound,
            _ direction: StateScan.Direction
        ) -> (key: [UInt8], change: StateChange)? {
            keys.next(from: bound, direction).map { ($0, table[$0] ?? .removal) }
        }
    }
}

extension StateOverlay: Sendable where Base: Sendable {}
