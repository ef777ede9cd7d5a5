/// Stored values by key, iterated in key order.
public struct StateMap<Key: StateKey, Value: StateValue>: StateCollection {
    /// The collection's number, unique in its module and never reused.
    public let number: UInt8
    /// The collection's name, as people see it.
    public let name: String

    /// Declares a map.
    public init(_ number: UInt8, _ name: String) {
        self.number = number
        self.name = name
    }

    @inlinable
    func cells(_ state: some StateReading) throws(ModuleError) -> TypedCells<Key, Value> {
        try state.instanceState.cells(number, TypedCells<Key, Value>.self)
    }

    /// The value under `key`, or nil when there is none.
    @inlinable
    public func value(for key: Key, in state: some StateReading) throws(ModuleError) -> Value? {
        try cells(state).value(key)
    }

    /// Whether there is a value under `key`.
    @inlinable
    public func contains(_ key: Key, in state: some StateReading) throws(ModuleError) -> Bool {
        try cells(state).value(key) != nil
    }

    /// Stores a value.
    @inlinable
    public func set(_ value: Value, for key: Key, in state: StateWriter) throws(ModuleError) {
        try cells(state).write(key, value)
    }

    /// Removes the value under `key`; without one, nothing changes but the record of having been written.
    @inlinable
    public func remove(_ key: Key, in state: StateWriter) throws(ModuleError) {
        try cells(state).write(key, nil)
    }

    /// Changes the value under `key`; a closure that leaves nil removes it.
    @inlinable
    public func update(
        _ key: Key,
        in state: StateWriter,
        _ change: (inout Value?) throws(ModuleError) -> Void
    ) throws(ModuleError) {
        try cells(state).update(key, change)
    }

    /// Visits entries in key order, until `visit` returns false.
    ///
    /// The walk may go on while `visit` leads to writes: entries ahead of it are seen as they then are.
    ///
    /// - Parameters:
    ///   - start: the key to start at, included; nil for the first, or the last when reversed.
    ///   - reversed: from the last key to the first.
    public func forEach(
        in state: some StateReading,
        from start: Key? = nil,
        reversed: Bool = false,
        _ visit: (Key, Value) throws(ModuleError) -> Bool
    ) throws(ModuleError) {
        let cells = try cells(state)
        try walk(cells, scope: cells.prefix, start: start.map(cells.fullKey), reversed: reversed, visit)
    }

    /// Visits the entries whose composite key begins with `first`, in key order, until `visit` returns false.
    public func forEach<First, Second>(
        startingWith first: First,
        in state: some StateReading,
        reversed: Bool = false,
        _ visit: (Key, Value) throws(ModuleError) -> Bool
    ) throws(ModuleError) where Key == Pair<First, Second> {
        let cells = try cells(state)
        var scope = cells.prefix
        first.encode(into: &scope)
        try walk(cells, scope: scope, start: nil, reversed: reversed, visit)
    }

    /// The first entries in key order, `limit` at most.
    public func entries(
        in state: some StateReading,
        from start: Key? = nil,
        reversed: Bool = false,
        limit: Int
    ) throws(ModuleError) -> [(key: Key, value: Value)] {
        var found: [(key: Key, value: Value)] = []
        guard limit > 0 else { return found }
        try forEach(in: state, from: start, reversed: reversed) { (key, value) throws(ModuleError) in
            found.append((key, value))
            return found.count < limit
        }
        return found
    }

    private func walk(
        _ cells: TypedCells<Key, Value>,
        scope: [UInt8],
        start: [UInt8]?,
        reversed: Bool,
        _ visit: (Key, Value) throws(ModuleError) -> Bool
    ) throws(ModuleError) {
        var start = start
        var isStartIncluded = true
        var limit = Self.pageEntriesMin
        while true {
            let page = try cells.page(
                scope: scope,
                start: start,
                isStartIncluded: isStartIncluded,
                reversed: reversed,
                limit: limit
            )
            isStartIncluded = false
            start = page.last
            limit = min(limit * 2, Self.pageEntriesMax)
            for (key, value) in page.entries {
                let changeCount = cells.changeCount
                try cells.session.meter.charge(WorkMeter.Cost.stateRead)
                guard try visit(key, value) else { return }
                // The rest of the page may be out of date: it is read again from here.
                if cells.changeCount != changeCount {
                    start = cells.fullKey(key)
                    limit = Self.pageEntriesMin
                    break
                }
            }
            if start == nil { return }
        }
    }

    private static var pageEntriesMin: Int { 8 }
    private static var pageEntriesMax: Int { 64 }
}

/// An ordered set of keys under which primary keys are found: validators by power, entries by time.
public struct StateIndex<Indexed: StateKey, Primary: StateKey>: StateCollection {
    private let marks: StateMap<Pair<Indexed, Primary>, Unit>

    /// The collection's number, unique in its module and never reused.
    public var number: UInt8 { marks.number }
    /// The collection's name, as people see it.
    public var name: String { marks.name }

    /// Declares an index.
    public init(_ number: UInt8, _ name: String) { marks = StateMap(number, name) }

    /// Moves a primary key from one index key to another; nil stands for not indexed.
    public func move(_ primary: Primary, from old: Indexed?, to new: Indexed?, in state: StateWriter)
        throws(ModuleError)
    {
        if let old, let new, old.isSameKey(as: new) { return }
        if let old { try marks.remove(Pair(old, primary), in: state) }
        if let new { try marks.set(Unit(), for: Pair(new, primary), in: state) }
    }

    /// Whether a primary key is found under an index key.
    public func contains(_ indexed: Indexed, _ primary: Primary, in state: some StateReading) throws(ModuleError)
        -> Bool
    {
        try marks.contains(Pair(indexed, primary), in: state)
    }

    /// Visits (index key, primary key) in order, until `visit` returns false.
    public func forEach(
        in state: some StateReading,
        reversed: Bool = false,
        _ visit: (Indexed, Primary) throws(ModuleError) -> Bool
    ) throws(ModuleError) {
        try marks.forEach(in: state, reversed: reversed) { (key, _) throws(ModuleError) in
            try visit(key.first, key.second)
        }
    }

    /// Visits the primary keys under one index key in order, until `visit` returns false.
    public func forEach(
        at indexed: Indexed,
        in state: some StateReading,
        reversed: Bool = false,
        _ visit: (Primary) throws(ModuleError) -> Bool
    ) throws(ModuleError) {
        try marks.forEach(startingWith: indexed, in: state, reversed: reversed) { (key, _) throws(ModuleError) in
            try visit(key.second)
        }
    }
}
