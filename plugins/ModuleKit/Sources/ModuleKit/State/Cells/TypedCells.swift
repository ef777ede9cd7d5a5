/// The cells of one collection, by typed key.
///
/// Invariant: a cell that is not `isWritten` holds exactly what storage has.
@usableFromInline
final class TypedCells<Key: StateKey, Value: StateValue>: CollectionCells {
    @usableFromInline
    struct Cell {
        @usableFromInline var value: Value?
        /// Whether `value` differs from storage, or may.
        @usableFromInline var isWritten: Bool
        /// Whether the cell stands in `order`'s backlog or `order` itself.
        @usableFromInline var isListed: Bool

        @usableFromInline
        init(value: Value?) {
            self.value = value
            isWritten = false
            isListed = false
        }

        /// Takes a written value, and tells what was before. The cell counts as listed from then on.
        @inlinable
        mutating func replace(_ value: Value?) -> (value: Value?, wasWritten: Bool, isListed: Bool) {
            let former = (self.value, isWritten, isListed)
            (self.value, isWritten, isListed) = (value, true, true)
            return former
        }
    }

    @usableFromInline
    struct Undo {
        @usableFromInline let mark: UInt32
        @usableFromInline let cell: Int
        @usableFromInline let value: Value?
        @usableFromInline let wasWritten: Bool

        @usableFromInline
        init(mark: UInt32, cell: Int, value: Value?, wasWritten: Bool) {
            self.mark = mark
            self.cell = cell
            self.value = value
            self.wasWritten = wasWritten
        }
    }

    @usableFromInline var index: [CellKey<Key>: Int] = [:]
    @usableFromInline var cells: [Cell] = []
    @usableFromInline var journal: [Undo] = []
    /// Grows with every write and every rollback: a walk tells by it that what lies ahead may have changed.
    @usableFromInline var changeCount: UInt64 = 0

    @inlinable
    init(prefix: [UInt8], session: StateSession) {
        super.init(
            prefix: prefix,
            session: session,
            seal: { (cells, writes) throws(ModuleError) in
                try unsafeDowncast(cells, to: TypedCells<Key, Value>.self).sealWritten(into: &writes)
            },
            clear: { unsafeDowncast($0, to: TypedCells<Key, Value>.self).journal.removeAll(keepingCapacity: true) }
        )
    }

    override var count: Int { cells.count }

    /// The value, from its cell or from storage.
    @inlinable
    func value(_ key: Key) throws(ModuleError) -> Value? {
        try session.meter.charge(WorkMeter.Cost.stateRead)
        return cells[try cell(key)].value
    }

    /// Writes a value, or removes the entry with nil.
    @inlinable
    func write(_ key: Key, _ value: Value?) throws(ModuleError) {
        try session.meter.charge(WorkMeter.Cost.stateWrite)
        put(value, into: try cell(key), key)
    }

    /// Changes a value in place of reading and writing it: the same charges, but the cell is looked for once.
    @inlinable
    func update(_ key: Key, _ change: (inout Value?) throws(ModuleError) -> Void) throws(ModuleError) {
        try session.meter.charge(WorkMeter.Cost.stateRead)
        let cell = try cell(key)
        var value = cells[cell].value
        try change(&value)
        try session.meter.charge(WorkMeter.Cost.stateWrite)
        put(value, into: cell, key)
    }

    @inlinable
    func put(_ value: Value?, into cell: Int, _ key: Key) {
        if journal.isEmpty { session.journalled.append(self) }
        let (former, wasWritten, isListed) = cells[cell].replace(value)
        journal.append(Undo(mark: session.clock, cell: cell, value: former, wasWritten: wasWritten))
        changeCount &+= 1
        if !isListed {
            if fullKeys[cell].isEmpty { fullKeys[cell] = fullKey(key) }
            backlog.append(cell)
        }
    }

    @inlinable
    func cell(_ key: Key) throws(ModuleError) -> Int {
        if let cell = index[CellKey(key)] { return cell }
        return try load(key)
    }

    @inlinable
    func load(_ key: Key) throws(ModuleError) -> Int {
        let value = try stored(fullKey(key))
        let cell = cells.count
        cells.append(Cell(value: value))
        fullKeys.append([])
        index[CellKey(key)] = cell
        return cell
    }

    @inlinable
    func fullKey(_ key: Key) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(64)
        bytes.append(contentsOf: prefix)
        key.encode(into: &bytes)
        return bytes
    }

    /// Makes sure that a full key, or the beginning of one, is not too long to be looked for.
    @usableFromInline
    func checkSize(_ fullKey: [UInt8]) throws(ModuleError) {
        guard fullKey.count <= StateLimits.keyBytesMax else {
            throw ModuleError(
                .invalidArgument,
                "a state key of \(fullKey.count) bytes is over the limit of \(StateLimits.keyBytesMax): use shorter names"
            )
        }
    }

    /// Makes sure that storage can take a full key. One that it refused when the block is sealed would stop the chain.
    @usableFromInline
    func checkKey(_ fullKey: [UInt8]) throws(ModuleError) {
        try checkSize(fullKey)
        guard let number = prefix.last, PublishedCollections.numbers.contains(number) else { return }
        guard fullKey.count > prefix.count, fullKey[prefix.count] != 0 else {
            throw ModuleError(
                .invalidArgument,
                "a key of a published collection is empty or begins with a zero byte: use the path that others look for"
            )
        }
    }

    @inlinable
    func stored(_ fullKey: [UInt8]) throws(ModuleError) -> Value? {
        try checkKey(fullKey)
        let isFound: Bool
        do {
            isFound = try session.source.read(fullKey, into: &session.readBuffer)
        } catch {
            throw session.fail(error)
        }
        return isFound ? try Value(stored: session.readBuffer) : nil
    }

    override func rollBack(to mark: UInt32) {
        while let undo = journal.last, undo.mark >= mark {
            cells[undo.cell].value = undo.value
            cells[undo.cell].isWritten = undo.wasWritten
            journal.removeLast()
            changeCount &+= 1
        }
    }

    @inlinable
    func sealWritten(into writes: inout StateWrites) throws(ModuleError) {
        orderBacklog()
        for entry in order.entries {
            cells[entry.cell].isListed = false
            guard cells[entry.cell].isWritten else { continue }
            cells[entry.cell].isWritten = false
            try writes.append(key: fullKeys[entry.cell], value: cells[entry.cell].value)
        }
        order.removeAll()
    }

    override func evict() {
        index = [:]
        cells = []
        fullKeys = []
        order = WrittenKeys()
        backlog = []
    }
}
