/// The state changes of a block, sorted by full key, in two buffers: no allocation for each.
public struct StateWrites: Sendable {
    /// One change: a new value, or none where the entry was removed.
    public struct Change: Sendable, Hashable {
        /// The full key.
        public let key: [UInt8]
        /// The encoded value; nil removes the entry.
        public let value: [UInt8]?
    }

    @usableFromInline
    struct Place: Sendable {
        @usableFromInline let keyEnd: Int
        @usableFromInline let valueEnd: Int
        @usableFromInline let isRemoval: Bool

        @inlinable
        init(keyEnd: Int, valueEnd: Int, isRemoval: Bool) {
            self.keyEnd = keyEnd
            self.valueEnd = valueEnd
            self.isRemoval = isRemoval
        }
    }

    @usableFromInline var keys: [UInt8] = []
    @usableFromInline var values: [UInt8] = []
    @usableFromInline var places: [Place] = []

    /// No changes.
    public init() {}

    /// How many changes there are.
    public var count: Int { places.count }

    /// Hands over every change in order, in place; a removal has no value.
    public func forEach<Failure: Error>(
        _ visit: (_ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer?) throws(Failure) -> Void
    ) throws(Failure) {
        try keys.span.withUnsafeBytes { (keys) throws(Failure) in
            try values.span.withUnsafeBytes { (values) throws(Failure) in
                var (keyStart, valueStart) = (0, 0)
                for place in places {
                    let key = UnsafeRawBufferPointer(rebasing: keys[keyStart..<place.keyEnd])
                    let value = UnsafeRawBufferPointer(rebasing: values[valueStart..<place.valueEnd])
                    try visit(key, place.isRemoval ? nil : value)
                    (keyStart, valueStart) = (place.keyEnd, place.valueEnd)
                }
            }
        }
    }

    /// The changes, ascending by full key, at most one a key.
    public var changes: [Change] {
        var changes: [Change] = []
        forEach { key, value in changes.append(Change(key: Array(key), value: value.map { Array($0) })) }
        return changes
    }

    @inlinable
    mutating func append<Value: StateValue>(key: [UInt8], value: Value?) throws(ModuleError) {
        keys.append(contentsOf: key)
        if let value { try value.encode(into: &values) }
        places.append(Place(keyEnd: keys.count, valueEnd: values.count, isRemoval: value == nil))
    }
}
