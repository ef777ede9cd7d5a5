import LMDB

/// The append-only log of a chain, as it is on the disk: records by sequence, blocks by height.
///
/// Records are numbered from 0 without gaps: the one writer numbers them inside the transaction that stores them. Every
/// call is a transaction of its own; nothing here keeps one open.
public struct EventLog: Sendable {
    let environment: Environment
    let tables: Tables

    /// How many records there are: the sequence the next one gets.
    ///
    /// - Throws: `closed`, or what LMDB throws.
    public func count() throws(StorageError) -> UInt64 {
        try read { (transaction) throws(StorageError) in try transaction.entryCount(of: tables.events) }
    }

    /// Hands a record to `body`, in place.
    ///
    /// - Returns: what `body` returns, or nil when there is no such record.
    /// - Throws: what LMDB or `body` throws.
    /// - Complexity: O(log n), without copying.
    public func withRecord<Value>(
        at sequence: UInt64,
        _ body: (RawSpan) throws(StorageError) -> Value
    ) throws(StorageError) -> Value? {
        try read { (transaction) throws(StorageError) in
            guard let record = try transaction.unsafeValue(of: sequence, in: tables.events) else { return nil }
            return try body(record.bytes)
        }
    }

    /// A copy of a record, or nil.
    public func record(at sequence: UInt64) throws(StorageError) -> [UInt8]? {
        try withRecord(at: sequence) { (record) throws(StorageError) in record.withUnsafeBytes { [UInt8]($0) } }
    }

    /// The last header, nil before the first block.
    public func latestHeader() throws(StorageError) -> BlockHeader? {
        try read { (transaction) throws(StorageError) in try BlockTable.lastRow(in: transaction, tables)?.header }
    }

    /// The header of a height, or nil.
    public func header(at height: UInt64) throws(StorageError) -> BlockHeader? {
        try row(at: height)?.header
    }

    /// The sequences of the records of a block, or nil when there is no such block.
    public func sequences(at height: UInt64) throws(StorageError) -> Range<UInt64>? {
        try row(at: height)?.sequences
    }

    /// What came from outside in a block: first the report of the consensus engine, then the raw transactions.
    ///
    /// - Returns: a copy, or nil when there is no such block.
    /// - Throws: `damaged` when one is not there.
    public func inputs(at height: UInt64) throws(StorageError) -> ByteArena? {
        try read { (transaction) throws(StorageError) in
            guard let row = try BlockTable.row(height: height, in: transaction, tables) else { return nil }
            var inputs = ByteArena()
            for index in 0..<row.inputCount {
                let key = Self.inputKey(height: height, index: index)
                guard let input = try transaction.unsafeValue(of: key, in: tables.inputs) else {
                    throw StorageError(
                        .damaged,
                        "Input \(index) of block \(height) is not there. Restore the store from a backup."
                    )
                }
                inputs.append(input)
            }
            return inputs
        }
    }

    /// The sequences of the records that say how a transaction went, oldest first. There is more than one when the same
    /// bytes were included more than once.
    public func receipts(of transactionHash: Hash) throws(StorageError) -> [UInt64] {
        let prefix = transactionHash.bytes
        return try read { (transaction) throws(StorageError) in
            var sequences: [UInt64] = []
            try StateTable(transaction, tables.receipts).scan(StateScan(prefix: prefix)) {
                (key, _) throws(StorageError) in
                let sequence = key.withUnsafeBytes { bytes -> UInt64? in
                    var reader = ByteReader(bytes)
                    guard reader.hash() != nil, let sequence = reader.number(UInt64.self) else { return nil }
                    return reader.remainingCount == 0 ? sequence : nil
                }
                guard let sequence else {
                    throw StorageError(.damaged, "A receipt has a malformed key. Restore the store from a backup.")
                }
                sequences.append(sequence)
                return true
            }
            return sequences
        }
    }

    /// The dictionary entry of an identifier, or nil.
    public func schema(_ identifier: UInt32) throws(StorageError) -> [UInt8]? {
        try read { (transaction) throws(StorageError) in
            try transaction.unsafeValue(of: Self.schemaKey(identifier), in: tables.schemas).map { [UInt8]($0) }
        }
    }

    /// All dictionary entries, in order of identifiers.
    public func schemas() throws(StorageError) -> [BlockContent.Schema] {
        try read { (transaction) throws(StorageError) in
            var schemas: [BlockContent.Schema] = []
            try StateTable(transaction, tables.schemas).scan(StateScan()) { (key, value) throws(StorageError) in
                let identifier = key.withUnsafeBytes { bytes -> UInt32? in
                    var reader = ByteReader(bytes)
                    return reader.number(UInt32.self)
                }
                guard let identifier else {
                    throw StorageError(.damaged, "A schema has a malformed key. Restore the store from a backup.")
                }
                schemas.append(
                    BlockContent.Schema(identifier: identifier, bytes: value.withUnsafeBytes { [UInt8]($0) })
                )
                return true
            }
            return schemas
        }
    }

    static func inputKey(height: UInt64, index: UInt32) -> [UInt8] {
        var key: [UInt8] = []
        key.append(bigEndian: height)
        key.append(bigEndian: index)
        return key
    }

    static func schemaKey(_ identifier: UInt32) -> [UInt8] {
        var key: [UInt8] = []
        key.append(bigEndian: identifier)
        return key
    }

    func row(at height: UInt64) throws(StorageError) -> BlockRow? {
        try read { (transaction) throws(StorageError) in
            try BlockTable.row(height: height, in: transaction, tables)
        }
    }

    func read<Value>(
        _ body: (borrowing ReadTransaction) throws(StorageError) -> Value
    ) throws(StorageError) -> Value {
        try environment.read(body)
    }
}
