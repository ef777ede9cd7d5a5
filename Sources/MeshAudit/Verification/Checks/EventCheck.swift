import LMDB
import Storage

/// One pass over all records: their tree, their envelopes, and what hangs on them.
struct EventCheck {
    let tables: StoredTables
    let blocks: [StoredBlock]
    /// Whether there is a sound block for every height.
    let isComplete: Bool
    private(set) var findings: FindingLog
    private(set) var eventCount: UInt64 = 0
    private(set) var transactionCount: UInt64 = 0

    init(tables: StoredTables, blocks: [StoredBlock], isComplete: Bool, findings: FindingLog) {
        self.tables = tables
        self.blocks = blocks
        self.isComplete = isComplete
        self.findings = findings
    }

    /// Runs the pass.
    mutating func run(
        in transaction: borrowing ReadTransaction,
        _ progress: AuditProgress.Handler
    ) throws(AuditError) {
        // Every part has its own list of findings, in the order of the log.
        var tree = EventTreeCheck(blocks: blocks, findings: FindingLog())
        var transactions = TransactionCheck(blocks: blocks, tables: tables, findings: FindingLog())
        var dictionary = DictionaryCheck(findings: FindingLog())
        let end = blocks.last?.sequences.upperBound ?? 0
        let batch = RecordBatch()
        try transaction.withCursor(in: tables[.events]) { (events: inout Cursor) throws(AuditError) in
            try transaction.withCursor(in: tables[.tree]) { (tiles: inout Cursor) throws(AuditError) in
                try transaction.withCursor(in: tables[.inputs]) { (inputs: inout Cursor) throws(AuditError) in
                    var isGoingOn = true
                    while isGoingOn {
                        batch.begin(at: eventCount)
                        isGoingOn = try fill(batch, from: &events, end: end)
                        batch.process(blocks: blocks)
                        read(batch, &transactions, &dictionary)
                        try tree.append(batch, from: &tiles, tables: tables, in: transaction)
                        eventCount += UInt64(batch.records.count)
                        try transactions.check(upTo: eventCount, inputs: &inputs, in: transaction)
                        progress(AuditProgress(.events, completed: eventCount, total: end))
                    }
                }
            }
        }
        try checkCount(end, in: transaction)
        try tree.finish(eventCount: eventCount, tables: tables, in: transaction)
        try transactions.finish(isComplete: isComplete && eventCount == end, in: transaction)
        try dictionary.finish(tables, in: transaction)
        transactionCount = transactions.transactionCount
        for log in [tree.findings, transactions.findings, dictionary.findings] {
            findings.add(contentsOf: log)
        }
    }

    /// Fills a batch.
    ///
    /// - Returns: whether there is more.
    private mutating func fill(
        _ batch: RecordBatch,
        from events: inout Cursor,
        end: UInt64
    ) throws(AuditError) -> Bool {
        let first = batch.firstSequence
        let isWhole = try batch.fill { (records) throws(AuditError) in
            var sequence = first
            while records.count < RecordBatch.capacity, sequence < end {
                guard try events.advance(), ByteReader.only(UInt64.self, in: events.unsafeKey) == sequence else {
                    return false
                }
                records.append(events.unsafeValue)
                sequence += 1
            }
            return true
        }
        let next = first + UInt64(batch.records.count)
        if !isWhole {
            // Nothing after it has its place in the tree any more.
            let place = Finding.Place(height: blocks.height(ofRecord: next), sequence: next)
            findings.add(.recordMissing, at: place, "The record is missing. What comes after it was not checked.")
        }
        return isWhole && next < end
    }

    private mutating func read(
        _ batch: RecordBatch,
        _ transactions: inout TransactionCheck,
        _ dictionary: inout DictionaryCheck
    ) {
        for note in batch.notes {
            let sequence = batch.firstSequence + UInt64(note.offset)
            let place = Finding.Place(height: blocks.height(ofRecord: sequence), sequence: sequence)
            switch note.content {
            case .malformed:
                findings.add(.recordMalformed, at: place, "The record is no canonical event envelope.")
            case .misplaced(let named, let height):
                let what = "The record names sequence \(named) and height \(height)."
                findings.add(.recordMisplaced, at: place, what)
            case .executed(let hash, let number):
                transactions.append(.init(sequence: sequence, hash: hash, transaction: number))
            case .executedUnreadably:
                findings.add(.recordMalformed, at: place, "The record says of no transaction how it went.")
            case .vocabularyAdded:
                guard let record = RecordView(batch.records[note.offset]) else { continue }
                dictionary.append(record, at: sequence, height: place.height)
            }
        }
    }

    private mutating func checkCount(_ end: UInt64, in transaction: borrowing ReadTransaction) throws(AuditError) {
        let stored = try storing { () throws(StorageError) in try tables.entryCount(of: .events, in: transaction) }
        guard stored > end else { return }
        let what = "There are \(stored) records; the last header knows \(end)."
        findings.add(.recordUnexpected, at: .init(sequence: end, table: "events"), what)
    }
}
