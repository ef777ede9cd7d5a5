public import LMDB

/// The tables of a store as they lie on the disk, entry by entry: for audits and dumps.
///
/// FORMAT.md has their keys and values. Opening looks at nothing but the LMDB file itself: no header, no anchor, no
/// chain id. So a store that ``ChainStore/open(at:expectedChainID:access:options:)`` refuses can still be examined.
public final class StoredTables: Sendable {
    /// One table.
    public enum Table: String, CaseIterable, Sendable {
        /// What the store says of itself.
        case meta
        /// Headers, by height.
        case blocks
        /// Records, by sequence.
        case events
        /// Tiles of the event tree, by level and index.
        case tree
        /// What came from outside, by height and index.
        case inputs
        /// Where it stands how a transaction went, by transaction hash and sequence.
        case receipts
        /// The dictionary, by identifier.
        case schemas
        /// The state, by full key.
        case state
        /// The nodes of the state commitment.
        case commitment
    }

    private let environment: Environment
    private let tables: Tables
    // A view of a store that is open elsewhere must not close it.
    private let isOwner: Bool

    fileprivate init(environment: Environment, tables: Tables, isOwner: Bool) {
        self.environment = environment
        self.tables = tables
        self.isOwner = isOwner
    }

    deinit {
        close()
    }

    /// Opens the tables of a folder for reading.
    ///
    /// - Throws: `notFound`, `alreadyOpen`, `inUse`, `truncated`, `invalidFile`, or what LMDB throws.
    @available(*, noasync)
    public static func open(at path: String) throws(StorageError) -> StoredTables {
        var options = EnvironmentOptions()
        options.access = .readOnly
        let environment = try storing { () throws(LMDBError) in try Environment.open(at: path, options: options) }
        do throws(LMDBError) {
            let tables = try Tables(in: environment, creatingMissing: false)
            return StoredTables(environment: environment, tables: tables, isOwner: true)
        } catch {
            environment.close()
            throw StorageError(error)
        }
    }

    /// The table for use in a transaction of ``read(_:)``.
    public subscript(table: Table) -> Database {
        switch table {
        case .meta: tables.meta
        case .blocks: tables.blocks
        case .events: tables.events
        case .tree: tables.tree
        case .inputs: tables.inputs
        case .receipts: tables.receipts
        case .schemas: tables.schemas
        case .state: tables.state
        case .commitment: tables.commitment
        }
    }

    /// Runs `body` on one consistent view of all tables. While it runs, a writer cannot use old pages again.
    ///
    /// - Throws: what `body` throws; `closed`, or what LMDB throws.
    public func read<Value, Failure: LMDBErrorConvertible>(
        _ body: (borrowing ReadTransaction) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try environment.read(body)
    }

    /// Closes what ``open(at:)`` has opened. A view of an open ``ChainStore`` closes nothing.
    public func close() {
        if isOwner { environment.close() }
    }
}

extension ChainStore {
    /// The tables of this store, as far as they are on the disk.
    public var storedTables: StoredTables {
        StoredTables(environment: environment, tables: tables, isOwner: false)
    }
}
