/// A single stored value.
public struct StateItem<Value: StateValue>: StateCollection {
    /// The collection's number, unique in its module and never reused.
    public let number: UInt8
    /// The collection's name, as people see it.
    public let name: String

    /// Declares an item.
    public init(_ number: UInt8, _ name: String) {
        self.number = number
        self.name = name
    }

    /// The value, or nil when there is none.
    @inlinable
    public func value(in state: some StateReading) throws(ModuleError) -> Value? {
        try state.instanceState.cells(number, TypedCells<EmptyKey, Value>.self).value(EmptyKey())
    }

    /// Stores a value.
    @inlinable
    public func set(_ value: Value, in state: StateWriter) throws(ModuleError) {
        try state.instanceState.cells(number, TypedCells<EmptyKey, Value>.self).write(EmptyKey(), value)
    }

    /// Removes the value.
    @inlinable
    public func remove(in state: StateWriter) throws(ModuleError) {
        try state.instanceState.cells(number, TypedCells<EmptyKey, Value>.self).write(EmptyKey(), nil)
    }
}

/// The key of a collection with one entry.
public struct EmptyKey: StateKey {
    /// The only such key.
    @inlinable
    public init() {}

    /// Appends nothing.
    @inlinable
    public func encode(into bytes: inout [UInt8]) {}

    /// Reads nothing.
    @inlinable
    public init(decoding reader: inout KeyReader) {}

    /// There is only one.
    @inlinable
    public func isSameKey(as other: EmptyKey) -> Bool { true }
}
