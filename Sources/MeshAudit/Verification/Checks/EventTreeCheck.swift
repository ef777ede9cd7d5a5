import LMDB
import Storage

/// Compares the recomputed event tree with every header's root and with every stored tile.
struct EventTreeCheck {
    var findings: FindingLog
    private var tree = EventTree()
    private var tiles = TileCursor()
    private let blocks: [StoredBlock]
    private var nextBlock = 0
    // Leaves that differ from the stored tile: the next root tells whether the record or the tile is wrong.
    private var suspects: [UInt64] = []
    private var isMatching = true
    // Once a record is known to be changed, no later root can match.
    private var isDiverged = false

    init(blocks: [StoredBlock], findings: FindingLog) {
        self.blocks = blocks
        self.findings = findings
    }

    /// Takes the next records in: whole tiles, but for the last batch of all.
    ///
    /// - Parameter cursor: over the table `tree`, the same for all batches.
    mutating func append(
        _ batch: RecordBatch,
        from cursor: inout Cursor,
        tables: StoredTables,
        in transaction: borrowing ReadTransaction
    ) throws(AuditError) {
        let width = EventTree.tileWidth
        let count = batch.records.count
        for start in stride(from: 0, to: count, by: width) {
            let end = min(start + width, count)
            let leaves = batch.leafHashes[start..<end]
            let index = (batch.firstSequence + UInt64(start)) / UInt64(width)
            let key = EventTree.key(level: 0, index: index)
            let stored = try tiles.value(of: key, from: &cursor, findings: &findings)
            compare(leaves, with: stored, index: index, key: key)
            checkRoots(upTo: batch.firstSequence + UInt64(end) - (end - start == width ? 1 : 0), leaves: leaves)
            guard end - start == width else { continue }
            for tile in tree.append(tileRoot: batch.tileRoots[start / width]) {
                try compare(tile, tables, in: transaction)
            }
            checkRoots(upTo: batch.firstSequence + UInt64(end), leaves: batch.leafHashes[end..<end])
        }
    }

    /// Looks at what is left: blocks without records, and the right edge of the tree.
    mutating func finish(
        eventCount: UInt64,
        tables: StoredTables,
        in transaction: borrowing ReadTransaction
    ) throws(AuditError) {
        if eventCount == 0 { checkRoots(upTo: 0, leaves: []) }
        for tile in tree.edge {
            try compare(tile, tables, in: transaction)
        }
        settle(areRecordsSound: true)
        try checkTileCount(eventCount: eventCount, tables, in: transaction)
    }

    private mutating func compare(
        _ leaves: ArraySlice<Hash>,
        with stored: UnsafeRawBufferPointer?,
        index: UInt64,
        key: [UInt8]
    ) {
        let isEqual = leaves.withUnsafeBytes { leaves in stored?.isEqual(to: leaves) ?? true }
        guard !isEqual, let stored else { return }
        guard stored.count == leaves.count * Hash.byteCount else {
            let what = "The tile has \(stored.count) bytes, not \(leaves.count * Hash.byteCount)."
            findings.add(.treeNodeDamaged, at: .init(table: "tree", key: key), what)
            return
        }
        let first = index * UInt64(EventTree.tileWidth)
        for (offset, leaf) in leaves.enumerated() {
            let bytes = UnsafeRawBufferPointer(rebasing: stored[(offset * Hash.byteCount)...].prefix(Hash.byteCount))
            if leaf.withUnsafeBytes({ !$0.isEqual(to: bytes) }), suspects.count < FindingLog.limit {
                suspects.append(first + UInt64(offset))
            }
        }
        if isDiverged { settle(areRecordsSound: false) }
    }

    private mutating func compare(
        _ tile: EventTree.Tile,
        _ tables: StoredTables,
        in transaction: borrowing ReadTransaction
    ) throws(AuditError) {
        // Above a changed record every hash is another one.
        guard !isDiverged, suspects.isEmpty else { return }
        let stored = try tables.value(of: tile.key, of: .tree, in: transaction)
        let isEqual = tile.hashes.withUnsafeBytes { hashes in stored?.isEqual(to: hashes) ?? false }
        if !isEqual {
            let what =
                "A hash of level \(tile.level) is \(stored == nil ? "missing" : "not that of the nodes below it")."
            findings.add(.treeNodeDamaged, at: .init(table: "tree", key: tile.key), what)
        }
    }

    /// Checks the roots of all blocks that end at most at `size`, which lies within the tile of `leaves`.
    private mutating func checkRoots(upTo size: UInt64, leaves: ArraySlice<Hash>) {
        let start = tree.tileCount * UInt64(EventTree.tileWidth)
        while nextBlock < blocks.count, blocks[nextBlock].sequences.upperBound <= size {
            let block = blocks[nextBlock]
            nextBlock += 1
            guard block.sequences.upperBound >= start else { continue }
            let more = Int(block.sequences.upperBound - start)
            let root = tree.root(withMore: leaves.prefix(more))
            let matches = root == block.eventRoot
            settle(areRecordsSound: matches)
            if !matches, isMatching {
                let what = "The records up to this block have the root \(root); its header names \(block.eventRoot)."
                findings.add(.eventRootMismatch, at: .init(height: block.height), what)
            }
            isMatching = matches
        }
    }

    /// Decides about the leaves that differ from their tiles.
    private mutating func settle(areRecordsSound: Bool) {
        guard !suspects.isEmpty else { return }
        isDiverged = isDiverged || !areRecordsSound
        for sequence in suspects {
            let height = blocks.height(ofRecord: sequence)
            if isDiverged {
                let what = "The record's hash is not the one that was stored with it."
                findings.add(.recordChanged, at: .init(height: height, sequence: sequence), what)
            } else {
                let key = EventTree.key(level: 0, index: sequence / UInt64(EventTree.tileWidth))
                let place = Finding.Place(height: height, sequence: sequence, table: "tree", key: key)
                findings.add(
                    .treeNodeDamaged,
                    at: place,
                    "The stored hash of the record is wrong; the record is sound."
                )
            }
        }
        suspects = []
    }

    /// More tiles than the tree has would be met by later proofs.
    private mutating func checkTileCount(
        eventCount: UInt64,
        _ tables: StoredTables,
        in transaction: borrowing ReadTransaction
    ) throws(AuditError) {
        let stored = try storing { () throws(StorageError) in try tables.entryCount(of: .tree, in: transaction) }
        guard stored > EventTree.tileCount(ofLeafCount: eventCount) else { return }
        var log = findings
        try tables.forEachEntry(of: .tree, in: transaction) { (key, _) throws(AuditError) in
            var reader = ByteReader(key)
            if let level = reader.number(UInt8.self), let index = reader.number(UInt64.self),
                reader.remainingCount == 0,
                level < 16
            {
                let hashes = eventCount >> (4 * UInt64(level))
                if index < hashes / 16 + (hashes % 16 == 0 ? 0 : 1) { return }
            }
            log.add(.treeNodeUnexpected, at: .init(table: "tree", key: [UInt8](key)), "The tree has no such tile.")
        }
        findings = log
    }
}
