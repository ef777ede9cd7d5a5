import LMDB

/// Puts blocks into a write transaction. FORMAT.md has the layout.
struct BlockWriter {
    let tables: Tables

    /// Writes a group of blocks that follow each other and the last stored one.
    ///
    /// - Throws: what LMDB throws; `damaged` when the store is not where the blocks begin; `schemaConflict`.
    func write(_ blocks: [PreparedBlock], in transaction: inout WriteTransaction) throws(StorageError) {
        guard let first = blocks.first else { return }
        for block in blocks {
            try write(block, in: &transaction)
        }
        try ChainMeta.writeLastCommit(firstHeight: first.header.height, in: &transaction, tables)
    }

    private func write(_ block: PreparedBlock, in transaction: inout WriteTransaction) throws(StorageError) {
        // No gaps by construction: the next sequence is the number of records there are.
        let count = try transaction.entryCount(of: tables.events)
        guard count == block.sequences.lowerBound else {
            throw StorageError(
                .damaged,
                """
                The log holds \(count) records, but block \(block.header.height) begins at \(block.sequences.lowerBound). \
                Open the store again; if it stays so, restore it from a backup.
                """
            )
        }
        try write(schemas: block.content.schemas, in: &transaction)
        try storing { () throws(LMDBError) in
            try write(records: block, in: &transaction)
            try write(inputs: block, in: &transaction)
            for tile in block.tiles {
                try write(tile, in: &transaction)
            }
            for receipt in block.content.receipts {
                var key = receipt.transactionHash.bytes
                key.append(bigEndian: receipt.sequence)
                try transaction.put([], for: key, in: tables.receipts)
            }
            try write(block.content.writes, to: tables.state, in: &transaction)
            try write(block.nodeWrites, to: tables.commitment, in: &transaction)
            var key: [UInt8] = []
            key.append(bigEndian: block.header.height)
            let row = BlockRow(
                firstSequence: block.sequences.lowerBound,
                inputCount: UInt32(clamping: block.content.inputs.count),
                header: block.header
            )
            try transaction.put(row.encoded, for: key, in: tables.blocks, placement: .last)
        }
    }

    private func write(records block: PreparedBlock, in transaction: inout WriteTransaction) throws(LMDBError) {
        try block.content.records.withUnsafeStorage { (bytes, ends) throws(LMDBError) in
            var start = 0
            var sequence = block.sequences.lowerBound
            for end in ends {
                let record = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
                try withUnsafeBytes(of: sequence.bigEndian) { (key) throws(LMDBError) in
                    try transaction.unsafePut(record, for: key, in: tables.events, placement: .last)
                }
                start = end
                sequence += 1
            }
        }
    }

    private func write(inputs block: PreparedBlock, in transaction: inout WriteTransaction) throws(LMDBError) {
        let inputs = block.content.inputs
        for index in inputs.indices {
            let key = EventLog.inputKey(height: block.header.height, index: UInt32(clamping: index))
            try inputs.withUnsafeBytes(at: index) { (input) throws(LMDBError) in
                try key.span.withUnsafeBytes { (key) throws(LMDBError) in
                    try transaction.unsafePut(input, for: key, in: tables.inputs, placement: .last)
                }
            }
        }
    }

    private func write(_ tile: Tile, in transaction: inout WriteTransaction) throws(LMDBError) {
        try tile.key.span.withUnsafeBytes { (key) throws(LMDBError) in
            // An array of hashes is an array of their bytes.
            try tile.hashes.span.withUnsafeBytes { (hashes) throws(LMDBError) in
                try transaction.unsafePut(hashes, for: key, in: tables.tree)
            }
        }
    }

    private func write(
        _ writes: WriteSet,
        to table: Database,
        in transaction: inout WriteTransaction
    ) throws(LMDBError) {
        try writes.forEach { (key, value) throws(LMDBError) in
            if let value {
                try transaction.unsafePut(value, for: key, in: table)
            } else {
                _ = try transaction.unsafeRemove(key, in: table)
            }
        }
    }

    private func write(
        schemas: [BlockContent.Schema],
        in transaction: inout WriteTransaction
    ) throws(StorageError) {
        for schema in schemas {
            let key = EventLog.schemaKey(schema.identifier)
            if let known = try transaction.unsafeValue(of: key, in: tables.schemas) {
                guard known.elementsEqual(schema.bytes) else { throw Self.conflict(schema.identifier) }
                continue
            }
            try storing { () throws(LMDBError) in try transaction.put(schema.bytes, for: key, in: tables.schemas) }
        }
    }

    static func conflict(_ identifier: UInt32) -> StorageError {
        StorageError(
            .schemaConflict,
            "Schema \(identifier) is in the log already with other bytes. Give the new one an identifier of its own."
        )
    }
}
