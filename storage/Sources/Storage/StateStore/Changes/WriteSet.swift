/// The state changes of a block, in strictly increasing order of full keys.
public struct WriteSet: Sendable, Equatable {
    private var keys = ByteArena()
    private var values = ByteArena()
    private var isRemoval: [Bool] = []

    /// No changes.
    public init() {}

    /// The changes of a sequence, which must be in order.
    ///
    /// - Throws: `unsortedWriteSet`, `keySize`.
    public init(_ changes: some Sequence<(key: [UInt8], change: StateChange)>) throws(StorageError) {
        for (key, change) in changes {
            try append(key, change)
        }
    }

    /// The changes of several sets, each of which comes after the one before.
    ///
    /// - Throws: `unsortedWriteSet`.
    /// - Complexity: O(bytes); copies each set whole.
    init(joining parts: [WriteSet]) throws(StorageError) {
        self.init(
            reservingCount: parts.reduce(0) { $0 + $1.count },
            keyByteCount: parts.reduce(0) { $0 + $1.keys.byteCount },
            valueByteCount: parts.reduce(0) { $0 + $1.values.byteCount }
        )
        for part in parts where !part.isEmpty {
            try part.keys.withUnsafeBytes(at: 0) { (key) throws(StorageError) in try checkOrder(of: key) }
            keys.append(contentsOf: part.keys)
            values.append(contentsOf: part.values)
            isRemoval.append(contentsOf: part.isRemoval)
        }
    }

    /// No changes, and room for some.
    init(reservingCount count: Int, keyByteCount: Int, valueByteCount: Int) {
        keys = ByteArena(reservingCount: count, byteCount: keyByteCount)
        values = ByteArena(reservingCount: count, byteCount: valueByteCount)
        isRemoval.reserveCapacity(count)
    }

    /// Adds a change after all others.
    ///
    /// - Throws: `unsortedWriteSet` when the key is not greater than the last one; `keySize`.
    public mutating func append(_ key: [UInt8], _ change: StateChange) throws(StorageError) {
        switch change {
        case .value(let value):
            try key.span.withUnsafeBytes { (key) throws(StorageError) in
                try value.span.withUnsafeBytes { (value) throws(StorageError) in try append(key: key, value: value) }
            }
        case .removal:
            try key.span.withUnsafeBytes { (key) throws(StorageError) in try append(key: key, value: nil) }
        }
    }

    /// Adds a change after all others, without an allocation of its own; no value removes the entry.
    ///
    /// - Throws: `unsortedWriteSet` when the key is not greater than the last one; `keySize`.
    public mutating func append(key: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer?) throws(StorageError) {
        try StateKey.check(byteCount: key.count)
        try checkOrder(of: key)
        keys.append(key)
        values.append(value ?? UnsafeRawBufferPointer(start: nil, count: 0))
        isRemoval.append(value == nil)
    }

    private func checkOrder(of key: UnsafeRawBufferPointer) throws(StorageError) {
        guard count > 0, !keys.withUnsafeBytes(at: count - 1, { $0.precedes(key) }) else { return }
        throw StorageError(
            .unsortedWriteSet,
            "The state changes of a block are out of order or name a key twice. Sort them by full key."
        )
    }

    /// How many changes there are.
    public var count: Int { isRemoval.count }

    /// Whether there are none.
    public var isEmpty: Bool { isRemoval.isEmpty }

    /// A change. `index` must be below ``count``.
    public subscript(index: Int) -> (key: [UInt8], change: StateChange) {
        (keys[index], isRemoval[index] ? .removal : .value(values[index]))
    }

    /// Hands every change to `body` in order and in place; a removal has no value.
    public func forEach<Failure: Error>(
        _ body: (_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer?) throws(Failure) -> Void
    ) throws(Failure) {
        for index in isRemoval.indices {
            try withUnsafeChange(at: index, body)
        }
    }

    /// The hash of the changes: SHA-256 over the domain byte, the number of changes (8 bytes), and for each one the length
    /// of its key (4 bytes), the key, 1 for a value or 0 for a removal (1 byte), the length of the value (4 bytes) and the
    /// value. Numbers stand most significant byte first.
    public var hash: Hash {
        var hasher = DomainHasher(.writeSet)
        hasher.add(UInt64(count))
        forEach { key, value in
            hasher.add(UInt32(truncatingIfNeeded: key.count))
            hasher.add(key)
            hasher.add(UInt8(value == nil ? 0 : 1))
            hasher.add(UInt32(truncatingIfNeeded: value?.count ?? 0))
            if let value { hasher.add(value) }
        }
        return hasher.finalize()
    }

    /// Makes sure that there can be entries of the state with these keys.
    ///
    /// - Throws: what ``StateKey/full(instance:collection:key:)`` throws.
    /// - Complexity: O(k) for k changes; looks at six bytes of each.
    func checkStateKeys() throws(StorageError) {
        try keys.withUnsafeStorage { (bytes, ends) throws(StorageError) in
            var start = 0
            for end in ends {
                try StateKey.check(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
                start = end
            }
        }
    }

    /// Hands a change to `body` in place; a removal has no value. `index` must be below ``count``.
    func withUnsafeChange<Value, Failure: Error>(
        at index: Int,
        _ body: (_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer?) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try keys.withUnsafeBytes(at: index) { (key) throws(Failure) in
            guard !isRemoval[index] else { return try body(key, nil) }
            return try values.withUnsafeBytes(at: index) { (value) throws(Failure) in try body(key, value) }
        }
    }

    /// Hands over a way to the keys in place, for loops that must not pay per key. Indices must be below ``count``.
    func withUnsafeKeys<Value>(_ body: ((Int) -> UnsafeRawBufferPointer) -> Value) -> Value {
        keys.withUnsafeStorage { bytes, ends in
            body { index in
                UnsafeRawBufferPointer(rebasing: bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]])
            }
        }
    }

    /// The position of the first key not smaller than `key`.
    private func lowerBound(_ key: [UInt8]) -> Int {
        key.withUnsafeBytes { key in
            var (low, high) = (0, count)
            while low < high {
                let middle = (low + high) / 2
                if keys.withUnsafeBytes(at: middle, { $0.precedes(key) }) {
                    low = middle + 1
                } else {
                    high = middle
                }
            }
            return low
        }
    }
}

extension WriteSet: StateLayer {
    func change(of key: [UInt8]) -> StateChange? {
        let index = lowerBound(key)
        guard index < count, keys.withUnsafeBytes(at: index, { $0.elementsEqual(key) }) else { return nil }
        return isRemoval[index] ? .removal : .value(values[index])
    }

    func nextChange(
        from bound: StateScan.Bound,
        _ direction: StateScan.Direction
    ) -> (key: [UInt8], change: StateChange)? {
        let index: Int
        switch (direction, bound) {
        case (.forward, .unbounded): index = 0
        case (.forward, .inclusive(let key)): index = lowerBound(key)
        case (.forward, .exclusive(let key)): index = lowerBound(key) + (change(of: key) == nil ? 0 : 1)
        case (.backward, .unbounded): index = count - 1
        case (.backward, .inclusive(let key)): index = lowerBound(key) - (change(of: key) == nil ? 1 : 0)
        case (.backward, .exclusive(let key)): index = lowerBound(key) - 1
        }
        return isRemoval.indices.contains(index) ? self[index] : nil
    }
}
