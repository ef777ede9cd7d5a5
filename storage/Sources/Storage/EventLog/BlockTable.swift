import LMDB

/// One stored block: its header and where its records and inputs are.
struct BlockRow {
    /// The sequence of its first record.
    let firstSequence: UInt64
    /// How many inputs it has.
    let inputCount: UInt32
    let header: BlockHeader

    /// The sequences of its records.
    var sequences: Range<UInt64> { firstSequence..<header.eventCount }

    var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: firstSequence)
        bytes.append(bigEndian: inputCount)
        bytes.append(contentsOf: header.encoded)
        return bytes
    }
}

/// Reading the table of blocks by height.
enum BlockTable {
    /// The greatest height, nil when there is no block.
    static func lastHeight(
        in transaction: borrowing some Transaction & ~Copyable,
        _ tables: Tables
    ) throws(StorageError) -> UInt64? {
        try transaction.withCursor(in: tables.blocks) { (cursor: inout Cursor) throws(StorageError) in
            do throws(LMDBError) {
                guard try cursor.move(to: .last) else { return nil }
            } catch {
                throw StorageError(error)
            }
            var reader = ByteReader(cursor.unsafeKey)
            guard let height = reader.number(UInt64.self), reader.remainingCount == 0 else {
                throw StorageError(.damaged, "The last block has a malformed key. Restore the store from a backup.")
            }
            return height
        }
    }

    /// A block, nil when there is none of that height.
    static func row(
        height: UInt64,
        in transaction: borrowing some Transaction & ~Copyable,
        _ tables: Tables
    ) throws(StorageError) -> BlockRow? {
        guard let bytes = try transaction.unsafeValue(of: height, in: tables.blocks) else { return nil }
        var reader = ByteReader(bytes)
        guard
            let firstSequence = reader.number(UInt64.self),
            let inputCount = reader.number(UInt32.self),
            let rest = reader.take(reader.remainingCount)
        else {
            throw damaged(height)
        }
        let header: BlockHeader
        do throws(StorageError) {
            header = try BlockHeader(decoding: rest)
        } catch {
            throw damaged(height, cause: error)
        }
        guard header.height == height, header.eventCount >= firstSequence else { throw damaged(height) }
        return BlockRow(firstSequence: firstSequence, inputCount: inputCount, header: header)
    }

    /// The last block, nil when there is none.
    static func lastRow(
        in transaction: borrowing some Transaction & ~Copyable,
        _ tables: Tables
    ) throws(StorageError) -> BlockRow? {
        guard let height = try lastHeight(in: transaction, tables) else { return nil }
        return try row(height: height, in: transaction, tables)
    }

    private static func damaged(_ height: UInt64, cause: (any Error)? = nil) -> StorageError {
        StorageError(
            .damaged,
            "The stored block \(height) cannot be read. Restore the store from a backup, or rebuild it from a peer's log.",
            cause: cause
        )
    }
}
