/// The cells of one collection of one instance, whatever their types.
///
/// A cell holds a decoded value while a block is executed, so that hot state is neither read nor decoded again. Keys
/// and values are encoded once, when the block is sealed.
@usableFromInline
class CollectionCells {
    /// Seals the cells of a collection, in code made for its types.
    @usableFromInline typealias Seal = (CollectionCells, inout StateWrites) throws(ModuleError) -> Void
    /// Empties the journal of a collection, in code made for its types.
    @usableFromInline typealias Clear = (CollectionCells) -> Void

    /// The instance's and the collection's number: the first five bytes of every full key.
    @usableFromInline let prefix: [UInt8]
    /// Outlives its cells: the instance state that owns them owns it too. Counting references at every access to say so
    /// again would cost more than the access.
    @usableFromInline unowned(unsafe) let session: StateSession
    // A virtual method of a generic class would run unspecialised; these were specialised where the types are known.
    private let sealBody: Seal
    private let clearBody: Clear
    /// The full key of each cell, encoded at its first write and kept, for hot cells are written in block after block;
    /// empty before.
    @usableFromInline final var fullKeys: [[UInt8]] = []
    /// Cells written in this block, not yet in `order`.
    @usableFromInline final var backlog: [Int] = []
    /// Cells written in this block (or written and rolled back), by ascending full key.
    @usableFromInline final var order = WrittenKeys()

    @usableFromInline
    init(prefix: [UInt8], session: StateSession, seal: @escaping Seal, clear: @escaping Clear) {
        self.prefix = prefix
        self.session = session
        sealBody = seal
        clearBody = clear
    }

    /// Brings the backlog into `order`.
    @usableFromInline
    final func orderBacklog() {
        guard !backlog.isEmpty else { return }
        order.insert(backlog, keys: fullKeys)
        backlog.removeAll(keepingCapacity: true)
    }

    /// How many values are held.
    var count: Int { 0 }

    /// Undoes every write that was journalled at `mark` or after it.
    func rollBack(to mark: UInt32) {}

    /// Forgets how to undo: what was written stays.
    final func clearJournal() { clearBody(self) }

    /// Appends the written entries in key order, and makes them the new ground.
    final func seal(into writes: inout StateWrites) throws(ModuleError) { try sealBody(self, &writes) }

    /// Drops all values. Everything written has to be sealed, and to stand in storage, before.
    func evict() {}
}

/// The undo journal's clock and the list of collections written since the last top-level commit.
///
/// One session serves all instances of one execution. A *mark* is a point in time; rolling back to it undoes every
/// write made since, in every collection, whatever was nested in between.
public final class StateSession {
    /// Where committed state is read from.
    @usableFromInline var source: any StateSource
    /// What state access costs.
    public let meter: WorkMeter
    @usableFromInline var clock: UInt32 = 0
    @usableFromInline var journalled: [CollectionCells] = []
    @usableFromInline var readBuffer: [UInt8] = []
    /// The first failure of storage: it ends the block, whatever a module does with the error that it sees.
    public internal(set) var storageFailure: (any Error)?

    /// A session over committed state.
    public init(source: any StateSource, meter: WorkMeter) {
        self.source = source
        self.meter = meter
    }

    @inlinable
    func nextMark() -> UInt32 {
        clock &+= 1
        return clock
    }

    func rollBack(to mark: UInt32) {
        for cells in journalled { cells.rollBack(to: mark) }
    }

    /// Ends a top-level unit of work: nothing before this point can be undone any more.
    func settle() {
        for cells in journalled { cells.clearJournal() }
        journalled.removeAll(keepingCapacity: true)
        clock = 0
    }

    /// Notes a failure of storage and turns it into what a module sees.
    public func fail(_ error: any Error) -> ModuleError {
        if let error = error as? ModuleError { return error }
        if storageFailure == nil { storageFailure = error }
        return ModuleError(.storageFailed, "state can't be read, the block is given up: \(error)")
    }
}
