import Dispatch
import LMDB
import Storage

/// Compares every block's inputs with its header, with the records of how its transactions went, and with the receipts.
struct TransactionCheck {
    /// What the host recorded of one transaction.
    struct Executed {
        let sequence: UInt64
        let hash: Hash
        let transaction: UInt32
    }

    var findings: FindingLog
    /// How many transactions there are.
    private(set) var transactionCount: UInt64 = 0

    private let blocks: [StoredBlock]
    private let tables: StoredTables
    private var nextBlock = 0
    private var inputCount: UInt64 = 0
    private var executed: [Executed] = []
    private var executedCount: UInt64 = 0
    private var isMoveDue = true
    private var isOnEntry = true
    private var receiptKey: [UInt8] = []

    /// How many inputs are hashed together.
    private static let groupCount = 8_192

    init(blocks: [StoredBlock], tables: StoredTables, findings: FindingLog) {
        self.blocks = blocks
        self.tables = tables
        self.findings = findings
    }

    /// Takes in what the host recorded, in order of sequences.
    mutating func append(_ record: Executed) {
        executed.append(record)
        executedCount += 1
    }

    /// Checks the blocks whose records end at most at `size`.
    ///
    /// - Parameter cursor: over the table `inputs`, the same for all calls.
    mutating func check(
        upTo size: UInt64,
        inputs cursor: inout Cursor,
        in transaction: borrowing ReadTransaction
    ) throws(AuditError) {
        var group = InputGroup()
        while nextBlock < blocks.count, blocks[nextBlock].sequences.upperBound <= size {
            try collect(blocks[nextBlock], into: &group, from: &cursor)
            nextBlock += 1
            if group.inputs.count >= Self.groupCount { try check(&group, in: transaction) }
        }
        try check(&group, in: transaction)
    }

    /// Looks for what no block speaks of.
    mutating func finish(isComplete: Bool, in transaction: borrowing ReadTransaction) throws(AuditError) {
        // Next to a lost block nobody can tell what belongs to it.
        guard isComplete else { return }
        for record in executed {
            let place = Finding.Place(sequence: record.sequence)
            findings.add(.executionMismatch, at: place, "The record lies in no block.")
        }
        let stored = try storing { () throws(StorageError) in try tables.entryCount(of: .inputs, in: transaction) }
        if stored != inputCount {
            let what = "There are \(stored) inputs; the blocks have \(inputCount)."
            findings.add(.inputUnexpected, at: .init(table: "inputs"), what)
        }
        try checkReceiptCount(in: transaction)
    }

    private mutating func collect(
        _ block: StoredBlock,
        into group: inout InputGroup,
        from cursor: inout Cursor
    ) throws(AuditError) {
        let start = group.inputs.count
        for index in 0..<block.inputCount {
            var key: [UInt8] = []
            key.append(bigEndian: block.height)
            key.append(bigEndian: index)
            guard try seek(key, cursor: &cursor) else {
                let place = Finding.Place(height: block.height, table: "inputs", key: key)
                findings.add(.inputMissing, at: place, "Input \(index) of \(block.inputCount) is missing.")
                group.inputs.removeSubrange(start...)
                return
            }
            group.inputs.append(cursor.unsafeValue)
        }
        inputCount += UInt64(block.inputCount)
        group.blocks.append((nextBlock, start..<group.inputs.count))
    }

    private mutating func seek(_ key: [UInt8], cursor: inout Cursor) throws(AuditError) -> Bool {
        while isOnEntry {
            if isMoveDue { isOnEntry = try cursor.advance() }
            isMoveDue = false
            guard isOnEntry, key.withUnsafeBytes({ cursor.unsafeKey.precedes($0) }) else { break }
            isMoveDue = true
        }
        guard isOnEntry, key.withUnsafeBytes({ cursor.unsafeKey.isEqual(to: $0) }) else { return false }
        isMoveDue = true
        return true
    }

    private mutating func check(_ group: inout InputGroup, in transaction: borrowing ReadTransaction) throws(AuditError)
    {
        let hashes = group.hashes()
        var next = 0
        for (index, range) in group.blocks {
            let block = blocks[index]
            let root = MerkleTree.root(ofLeafHashes: range.map { hashes[$0].leaf })
            if root != block.transactionsRoot {
                let what = "The inputs have the root \(root); the header names \(block.transactionsRoot)."
                findings.add(.transactionsRootMismatch, at: .init(height: block.height, table: "inputs"), what)
            }
            while next < executed.count, executed[next].sequence < block.sequences.lowerBound { next += 1 }
            let first = next
            while next < executed.count, executed[next].sequence < block.sequences.upperBound { next += 1 }
            // The first input is the report of the consensus engine, or the genesis document.
            let transactions = range.dropFirst().map { hashes[$0].plain }
            try check(transactions, executed[first..<next], of: block, in: transaction)
            transactionCount += UInt64(transactions.count)
        }
        executed.removeSubrange(..<next)
        group = InputGroup()
    }

    private mutating func check(
        _ transactions: [Hash],
        _ records: ArraySlice<Executed>,
        of block: StoredBlock,
        in transaction: borrowing ReadTransaction
    ) throws(AuditError) {
        if transactions.count != records.count {
            let what = "The block has \(transactions.count) transactions and \(records.count) records of how they went."
            findings.add(.executionMismatch, at: .init(height: block.height), what)
        }
        for (index, (hash, record)) in zip(transactions, records).enumerated() {
            let place = Finding.Place(height: block.height, sequence: record.sequence)
            if record.hash != hash || record.transaction != UInt32(clamping: index + 1) {
                let what = "The record speaks of transaction \(record.hash) at place \(record.transaction); "
                findings.add(.executionMismatch, at: place, what + "at place \(index + 1) stands \(hash).")
            }
        }
        for record in records {
            receiptKey.removeAll(keepingCapacity: true)
            record.hash.withUnsafeBytes { receiptKey.append(contentsOf: $0) }
            receiptKey.append(bigEndian: record.sequence)
            let value = try tables.value(of: receiptKey, of: .receipts, in: transaction)
            guard let value, value.isEmpty else {
                let place = Finding.Place(
                    height: block.height,
                    sequence: record.sequence,
                    table: "receipts",
                    key: receiptKey
                )
                let what =
                    value == nil ? "The transaction has no receipt." : "The receipt has a value; it must be empty."
                findings.add(.receiptMissing, at: place, what)
                continue
            }
        }
    }

    /// Every record of a transaction has its receipt; if there are as many, no receipt is left over.
    private mutating func checkReceiptCount(in transaction: borrowing ReadTransaction) throws(AuditError) {
        let stored = try storing { () throws(StorageError) in try tables.entryCount(of: .receipts, in: transaction) }
        guard stored != executedCount else { return }
        var log = findings
        try tables.forEachEntry(of: .receipts, in: transaction) { (key, _) throws(AuditError) in
            guard try !isReceipt(key, in: transaction) else { return }
            let place = Finding.Place(table: "receipts", key: [UInt8](key))
            log.add(.receiptUnexpected, at: place, "No record says how such a transaction went.")
        }
        findings = log
    }

    private func isReceipt(
        _ key: UnsafeRawBufferPointer,
        in transaction: borrowing ReadTransaction
    ) throws(AuditError) -> Bool {
        guard key.count == Hash.byteCount + 8 else { return false }
        let sequence = [UInt8](key[Hash.byteCount...])
        guard
            let bytes = try tables.value(of: sequence, of: .events, in: transaction),
            let record = RecordView(bytes),
            record.instance == 0, record.kind == HostRecord.transactionExecutedKind,
            let hash = HostRecord.transactionHash(in: record.payload)
        else { return false }
        return hash.withUnsafeBytes { $0.isEqual(to: UnsafeRawBufferPointer(rebasing: key[..<Hash.byteCount])) }
    }
}

/// The inputs of some blocks, in the mapped file, to be hashed together.
private struct InputGroup {
    var inputs: [UnsafeRawBufferPointer] = []
    /// Blocks by their place in the list of blocks, with their inputs here.
    var blocks: [(block: Int, inputs: Range<Int>)] = []

    /// Of every input the leaf hash and the plain hash, which is a transaction's name.
    func hashes() -> [(leaf: Hash, plain: Hash)] {
        var hashes = [(leaf: Hash, plain: Hash)](repeating: (.zero, .zero), count: inputs.count)
        let strideLength = 256
        let strideCount = (inputs.count + strideLength - 1) / strideLength
        inputs.withUnsafeBufferPointer { inputs in
            hashes.withUnsafeMutableBufferPointer { hashes in
                // Every stride writes elements of its own, and `concurrentPerform` returns when all are done.
                nonisolated(unsafe) let (inputs, hashes) = (inputs, hashes)
                DispatchQueue.concurrentPerform(iterations: strideCount) { stride in
                    let start = stride * strideLength
                    for index in start..<min(start + strideLength, inputs.count) {
                        hashes[index] = (MerkleTree.leafHash(inputs[index]), Hash.sha256(inputs[index]))
                    }
                }
            }
        }
        return hashes
    }
}
