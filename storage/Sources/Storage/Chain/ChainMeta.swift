import LMDB

/// What a store says of itself, in the table `meta`.
struct ChainMeta: Equatable {
    /// The newest format this program writes and reads.
    static let formatVersion: UInt32 = 1

    let chainID: String
    /// The height of the first block.
    let firstHeight: UInt64
    /// The identifier of the state commitment.
    let commitment: String

    private enum Key {
        static let format = Array("format".utf8)
        static let chainID = Array("chain-id".utf8)
        static let firstHeight = Array("first-height".utf8)
        static let commitment = Array("commitment".utf8)
        static let lastCommit = Array("last-commit".utf8)
    }

    /// Writes the description of a new store.
    ///
    /// - Throws: `alreadyExists` when there is one.
    func write(in transaction: inout WriteTransaction, _ tables: Tables) throws(StorageError) {
        try Self.checkAbsent(in: transaction, tables)
        var format: [UInt8] = []
        format.append(bigEndian: Self.formatVersion)
        var height: [UInt8] = []
        height.append(bigEndian: firstHeight)
        let entries = [
            (Key.format, format), (Key.chainID, Array(chainID.utf8)), (Key.firstHeight, height),
            (Key.commitment, Array(commitment.utf8)),
        ]
        for (key, value) in entries {
            try storing { () throws(LMDBError) in try transaction.put(value, for: key, in: tables.meta) }
        }
    }

    /// Makes sure that there is no store yet.
    ///
    /// - Throws: `alreadyExists`.
    static func checkAbsent(
        in transaction: borrowing some Transaction & ~Copyable,
        _ tables: Tables
    ) throws(StorageError) {
        guard try transaction.unsafeValue(of: Key.format, in: tables.meta) == nil else {
            throw StorageError(
                .alreadyExists,
                "There is a chain in this folder already. Open it, or choose another folder."
            )
        }
    }

    /// Reads the description of a store.
    ///
    /// - Throws: `newerFormat`, `notFound` when the creation was never finished, `damaged`.
    static func read(
        in transaction: borrowing some Transaction & ~Copyable,
        _ tables: Tables
    ) throws(StorageError) -> ChainMeta {
        guard let format = try transaction.unsafeValue(of: Key.format, in: tables.meta) else {
            throw StorageError(.notFound, "The chain in this folder was never completely created. Create it again.")
        }
        var formatReader = ByteReader(format)
        guard let version = formatReader.number(UInt32.self), formatReader.remainingCount == 0, version >= 1 else {
            throw damaged("format")
        }
        guard version <= formatVersion else {
            throw StorageError(
                .newerFormat,
                """
                The store has format \(version); this program knows formats up to \(formatVersion). \
                Use a newer version of this program.
                """
            )
        }
        guard
            let chainID = try transaction.unsafeValue(of: Key.chainID, in: tables.meta),
            let height = try transaction.unsafeValue(of: Key.firstHeight, in: tables.meta),
            let commitment = try transaction.unsafeValue(of: Key.commitment, in: tables.meta)
        else {
            throw damaged("description")
        }
        var heightReader = ByteReader(height)
        guard let firstHeight = heightReader.number(UInt64.self), heightReader.remainingCount == 0 else {
            throw damaged("first height")
        }
        return ChainMeta(
            chainID: String(decoding: chainID, as: UTF8.self),
            firstHeight: firstHeight,
            commitment: String(decoding: commitment, as: UTF8.self)
        )
    }

    /// Notes which block was the first of the transaction.
    static func writeLastCommit(
        firstHeight: UInt64,
        in transaction: inout WriteTransaction,
        _ tables: Tables
    ) throws(StorageError) {
        var value: [UInt8] = []
        value.append(bigEndian: firstHeight)
        try storing { () throws(LMDBError) in try transaction.put(value, for: Key.lastCommit, in: tables.meta) }
    }

    /// The first block of the last transaction, nil when there was none.
    static func lastCommit(
        in transaction: borrowing some Transaction & ~Copyable,
        _ tables: Tables
    ) throws(StorageError) -> UInt64? {
        guard let bytes = try transaction.unsafeValue(of: Key.lastCommit, in: tables.meta) else { return nil }
        var reader = ByteReader(bytes)
        guard let height = reader.number(UInt64.self), reader.remainingCount == 0 else {
            throw damaged("last commit")
        }
        return height
    }

    private static func damaged(_ what: String) -> StorageError {
        StorageError(.damaged, "The store's \(what) cannot be read. Restore the store from a backup.")
    }
}
