/// One instance's state: the cells of its collections, by collection number.
public final class InstanceState {
    @usableFromInline let instance: UInt32
    @usableFromInline let session: StateSession
    @usableFromInline var collections: [CollectionCells?] = []

    /// The state of an instance as a session sees it.
    public init(instance: UInt32, session: StateSession) {
        self.instance = instance
        self.session = session
    }

    /// The cells of a collection, made at first use.
    ///
    /// - Throws: `invalidArgument` when two collections of different types share a number.
    @inlinable
    func cells<Key, Value>(_ number: UInt8, _: TypedCells<Key, Value>.Type) throws(ModuleError)
        -> TypedCells<Key, Value>
    {
        let slot = Int(number)
        if slot < collections.count, let cells = collections[slot], type(of: cells) == TypedCells<Key, Value>.self {
            return unsafeDowncast(cells, to: TypedCells<Key, Value>.self)
        }
        return try makeCells(number)
    }

    @inlinable
    func makeCells<Key, Value>(_ number: UInt8) throws(ModuleError) -> TypedCells<Key, Value> {
        let slot = Int(number)
        while collections.count <= slot { collections.append(nil) }
        if collections[slot] != nil {
            throw ModuleError(
                .invalidArgument,
                "two state collections of one module have the number \(number): number them apart"
            )
        }
        var prefix: [UInt8] = []
        instance.encode(into: &prefix)
        prefix.append(number)
        let cells = TypedCells<Key, Value>(prefix: prefix, session: session)
        collections[slot] = cells
        return cells
    }

    /// Appends the changes of this instance in key order, and makes them the new ground.
    func seal(into writes: inout StateWrites) throws(ModuleError) {
        for cells in collections { try cells?.seal(into: &writes) }
    }

    var cellCount: Int { collections.reduce(0) { $0 + ($1?.count ?? 0) } }

    func evict() {
        for cells in collections { cells?.evict() }
    }
}

/// Something through which state can be read: a reader, a writer or a context.
public protocol StateReading {
    /// The instance's state; of use to the collections alone.
    var instanceState: InstanceState { get }
}

/// Read access to one instance's state.
public struct StateReader: StateReading {
    /// The instance's state.
    public let instanceState: InstanceState

    /// Reads an instance's state.
    @inlinable
    public init(_ state: InstanceState) { instanceState = state }
}

/// Write access to one instance's state; only `apply` is ever given one.
public struct StateWriter: StateReading {
    /// The instance's state.
    public let instanceState: InstanceState

    @usableFromInline
    init(_ state: InstanceState) { instanceState = state }
}
