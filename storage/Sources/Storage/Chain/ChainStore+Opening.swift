import Glibc
import LMDB

extension ChainStore {
    /// Makes the home folder of a new chain and opens it.
    ///
    /// - Parameters:
    ///   - path: the folder; it is made when it is missing, its parent is not.
    ///   - chainID: 1 to 64 printable ASCII characters without spaces.
    ///   - firstHeight: the height of the first block, which may be the block of genesis.
    ///   - options: durability, commitment, limits.
    /// - Throws: `alreadyExists`, `invalidChainID`, `inUse`, `permissionDenied`, or what LMDB throws.
    @available(*, noasync)
    public static func create(
        at path: String,
        chainID: String,
        firstHeight: UInt64 = 0,
        options: ChainOptions = ChainOptions()
    ) throws(StorageError) -> ChainStore {
        try ChainID.check(chainID)
        guard mkdir(path, 0o755) == 0 || errno == EEXIST else {
            throw StorageError(LMDBError(systemError: errno, while: "making the folder \(path)"))
        }
        let environment = try openEnvironment(at: path, access: .readWrite, options: options, creating: true)
        let tables = try storing { () throws(LMDBError) in try Tables(in: environment, creatingMissing: true) }
        let meta = ChainMeta(chainID: chainID, firstHeight: firstHeight, commitment: options.commitment.identifier)
        try checkNoAnchoredBlock(in: path)
        // The anchor first: a chain whose creation is finished always has one.
        let isSynced = options.durability != .none
        try environment.read { (transaction: borrowing ReadTransaction) throws(StorageError) in
            try ChainMeta.checkAbsent(in: transaction, tables)
        }
        let anchor = try AnchorFile.create(
            in: path,
            anchor: Anchor(chainID: chainID, block: nil),
            isSynced: isSynced
        )
        try environment.write { (transaction: inout WriteTransaction) throws(StorageError) in
            try meta.write(in: &transaction, tables)
        }
        try syncFolder(path)
        return ChainStore(
            path: path,
            meta: meta,
            access: .readWrite,
            options: options,
            environment: environment,
            tables: tables,
            tip: ChainHead.Tip(header: nil, headerHash: .zero, frontier: Frontier()),
            anchor: anchor
        )
    }

    /// Opens the home folder of a chain. Reads a handful of records, however long the log is.
    ///
    /// If the process died between the log and its anchor, the anchor is brought up to date.
    ///
    /// - Parameters:
    ///   - path: the folder.
    ///   - expectedChainID: the chain that must be in it; nil for any.
    ///   - access: who may do what.
    ///   - options: durability, commitment, limits.
    /// - Throws: `notFound`, `wrongChain`, `newerFormat`, `wrongCommitment`, `rolledBack`, `anchorMissing`,
    ///   `anchorDamaged`, `anchorBehind`, `truncated`, `invalidFile`, `alreadyOpen`, `inUse`, `permissionDenied`,
    ///   `damaged`, or what LMDB throws.
    @available(*, noasync)
    public static func open(
        at path: String,
        expectedChainID: String?,
        access: ChainAccess = .readWrite,
        options: ChainOptions = ChainOptions()
    ) throws(StorageError) -> ChainStore {
        let environment = try openEnvironment(at: path, access: access, options: options, creating: false)
        let tables = try storing { () throws(LMDBError) in try Tables(in: environment, creatingMissing: false) }
        let meta = try environment.read { (transaction: borrowing ReadTransaction) throws(StorageError) in
            try ChainMeta.read(in: transaction, tables)
        }
        try check(meta, expectedChainID: expectedChainID, options: options, path: path)
        let (tip, slot, outcome) = try checkAnchor(of: environment, tables, meta: meta, path: path, access: access)
        var anchor: AnchorFile?
        if access == .readWrite {
            var file = try AnchorFile.open(in: path, after: slot, isSynced: options.durability != .none)
            if outcome == .logAhead {
                try file.advance(to: Anchor(chainID: meta.chainID, block: tip.anchorBlock))
            }
            anchor = consume file
        }
        return ChainStore(
            path: path,
            meta: meta,
            access: access,
            options: options,
            environment: environment,
            tables: tables,
            tip: tip,
            anchor: anchor
        )
    }

    /// Accepts the log of a folder as it is, and writes a new anchor for its last block.
    ///
    /// This gives up what the anchor protects from: a log that was rolled back or replaced. Compare the last header with a
    /// trusted source first.
    ///
    /// - Returns: the header that is accepted, nil for an empty log.
    /// - Throws: what ``open(at:expectedChainID:access:options:)`` throws, but nothing about the anchor.
    @available(*, noasync)
    @discardableResult
    public static func acceptCurrent(
        at path: String,
        expectedChainID: String
    ) throws(StorageError) -> BlockHeader? {
        let environment = try openEnvironment(at: path, access: .readWrite, options: ChainOptions(), creating: false)
        defer { environment.close() }
        let tables = try storing { () throws(LMDBError) in try Tables(in: environment, creatingMissing: false) }
        let tip = try environment.read { (transaction: borrowing ReadTransaction) throws(StorageError) in
            let meta = try ChainMeta.read(in: transaction, tables)
            try checkChain(meta, expectedChainID: expectedChainID, path: path)
            return try readTip(in: transaction, tables, meta: meta)
        }
        let anchor = Anchor(chainID: expectedChainID, block: tip.anchorBlock)
        _ = try AnchorFile.create(in: path, anchor: anchor, isSynced: true)
        try syncFolder(path)
        return tip.header
    }

    private static func openEnvironment(
        at path: String,
        access: ChainAccess,
        options: ChainOptions,
        creating: Bool
    ) throws(StorageError) -> Environment {
        var settings = EnvironmentOptions()
        settings.access = access == .readWrite ? .readWrite : .readOnly
        settings.durability = options.durability == .none ? .unsynced : .synced
        settings.createsMissingFile = creating
        settings.initialMapSizeBytes = options.initialMapSizeBytes
        settings.maximumMapSizeBytes = options.maximumMapSizeBytes
        return try storing { () throws(LMDBError) in try Environment.open(at: path, options: settings) }
    }

    private static func syncFolder(_ path: String) throws(StorageError) {
        let descriptor = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw StorageError(LMDBError(systemError: errno, while: "opening the folder \(path)"))
        }
        defer { Glibc.close(descriptor) }
        guard fsync(descriptor) == 0 else {
            throw StorageError(LMDBError(systemError: errno, while: "syncing the folder \(path)"))
        }
    }
}
