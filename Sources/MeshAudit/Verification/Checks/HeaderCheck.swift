import LMDB
import Storage

/// Follows the chain of headers from the first to the last.
struct HeaderCheck {
    private(set) var findings: FindingLog
    /// The sound blocks, in order.
    private(set) var blocks: [StoredBlock] = []
    /// The last sound header.
    private(set) var last: BlockHeader?
    /// Whether there is a block for every height, each of them sound.
    private(set) var isComplete = true

    private let meta: StoredMeta
    // Nil where nobody knows: after a block that cannot be read.
    private var previousHash: Hash?
    private var nextHeight: UInt64
    private var nextSequence: UInt64?

    init(meta: StoredMeta, findings: FindingLog) {
        self.meta = meta
        self.findings = findings
        previousHash = .zero
        nextHeight = meta.firstHeight ?? 0
        nextSequence = 0
    }

    /// Checks every entry of the table `blocks`.
    mutating func run(
        _ tables: StoredTables,
        in transaction: borrowing ReadTransaction,
        _ progress: AuditProgress.Handler
    ) throws(AuditError) {
        let total = try storing { () throws(StorageError) in try tables.entryCount(of: .blocks, in: transaction) }
        var index: UInt64 = 0
        try tables.forEachEntry(of: .blocks, in: transaction) { (key, row) throws(AuditError) in
            check(key: key, row: row)
            index += 1
            if index % 4_096 == 0 { progress(AuditProgress(.headers, completed: index, total: total)) }
        }
        progress(AuditProgress(.headers, completed: index, total: total))
    }

    private mutating func check(key: UnsafeRawBufferPointer, row: UnsafeRawBufferPointer) {
        guard let height = ByteReader.only(UInt64.self, in: key) else {
            isComplete = false
            findings.add(.headerInvalid, at: .init(table: "blocks", key: [UInt8](key)), "The key is no height.")
            return
        }
        let place = Finding.Place(height: height, table: "blocks", key: [UInt8](key))
        if height != nextHeight {
            isComplete = false
            previousHash = nil
            nextSequence = nil
            findings.add(.blockMissing, at: .init(height: nextHeight), "The next stored block is \(height).")
        }
        nextHeight = height &+ 1
        switch StoredBlock.decode(row) {
        case .failure(let error):
            isComplete = false
            previousHash = nil
            nextSequence = nil
            findings.add(.headerInvalid, at: place, error.message)
        case .success(let (block, header)):
            guard header.height == height else {
                isComplete = false
                findings.add(.headerInvalid, at: place, "Its header is that of height \(header.height).")
                return
            }
            check(block, header, at: place)
            blocks.append(block)
            previousHash = header.hash
            nextSequence = header.eventCount
            last = header
        }
    }

    private mutating func check(_ block: StoredBlock, _ header: BlockHeader, at place: Finding.Place) {
        if let chainID = meta.chainID, header.chainID != chainID {
            findings.add(.wrongChain, at: place, "The block is of the chain \(header.chainID), not \(chainID).")
        }
        if let previousHash, header.previousHeaderHash != previousHash {
            let what = "The header names \(header.previousHeaderHash) as the one before it, which is \(previousHash)."
            findings.add(.headerLinkBroken, at: place, what)
        }
        if let last, header.timeNanoseconds < last.timeNanoseconds {
            findings.add(.timeBackwards, at: place, "The block is dated before block \(last.height).")
        }
        if let nextSequence, block.sequences.lowerBound != nextSequence {
            let what = "Its records begin at \(block.sequences.lowerBound), the block before ended at \(nextSequence)."
            findings.add(.sequenceRange, at: place, what)
        }
    }
}
