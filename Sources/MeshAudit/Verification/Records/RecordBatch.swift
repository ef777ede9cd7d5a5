import Dispatch
import Storage

/// Consecutive records of the log, hashed and read on every core. Its buffers are used again for the next stretch.
final class RecordBatch {
    /// What one record has to say beyond its hash.
    struct Note {
        enum Content {
            case malformed
            /// It names this sequence and height.
            case misplaced(sequence: UInt64, height: UInt64)
            /// The host says how this transaction went.
            case executed(Hash, transaction: UInt32)
            /// The host says so, but not of which transaction.
            case executedUnreadably
            /// The host adds to the dictionary.
            case vocabularyAdded
        }

        let offset: Int
        let content: Content
    }

    /// How many records there can be; whole tiles, so that a tile lies in one batch.
    static let capacity = 32_768
    private static let strideLength = 1_024

    /// The sequence of the first record.
    private(set) var firstSequence: UInt64 = 0
    /// The records in the mapped file.
    private(set) var records: [UnsafeRawBufferPointer] = []
    /// Their leaf hashes.
    private(set) var leafHashes = [Hash](repeating: .zero, count: capacity)
    /// The roots over each sixteen of them.
    private(set) var tileRoots = [Hash](repeating: .zero, count: capacity / EventTree.tileWidth)
    /// What else they say, in order.
    private(set) var notes: [Note] = []

    init() {
        records.reserveCapacity(Self.capacity)
    }

    /// Empties the batch for records from a sequence on, which must be a multiple of sixteen.
    func begin(at sequence: UInt64) {
        firstSequence = sequence
        records.removeAll(keepingCapacity: true)
        notes.removeAll(keepingCapacity: true)
    }

    /// Lets `body` add records, up to the capacity.
    func fill<Value>(
        _ body: (inout [UnsafeRawBufferPointer]) throws(AuditError) -> Value
    ) throws(AuditError) -> Value {
        try body(&records)
    }

    /// Hashes and reads the records. They must not move meanwhile.
    ///
    /// - Parameter blocks: to tell the height of each record.
    func process(blocks: [StoredBlock]) {
        let strideCount = (records.count + Self.strideLength - 1) / Self.strideLength
        var found = [[Note]](repeating: [], count: strideCount)
        let firstSequence = firstSequence
        records.withUnsafeBufferPointer { records in
            leafHashes.withUnsafeMutableBufferPointer { leaves in
                tileRoots.withUnsafeMutableBufferPointer { roots in
                    found.withUnsafeMutableBufferPointer { found in
                        // Every stride writes elements of its own, and `concurrentPerform` returns when all are done.
                        nonisolated(unsafe) let (records, leaves, roots, found) = (records, leaves, roots, found)
                        DispatchQueue.concurrentPerform(iterations: strideCount) { stride in
                            let start = stride * Self.strideLength
                            let range = start..<min(start + Self.strideLength, records.count)
                            Self.hash(records, range, into: leaves, roots)
                            found[stride] = Self.read(records, range, firstSequence: firstSequence, blocks: blocks)
                        }
                    }
                }
            }
        }
        for notes in found { self.notes.append(contentsOf: notes) }
    }

    private static func hash(
        _ records: UnsafeBufferPointer<UnsafeRawBufferPointer>,
        _ range: Range<Int>,
        into leaves: UnsafeMutableBufferPointer<Hash>,
        _ roots: UnsafeMutableBufferPointer<Hash>
    ) {
        for index in range {
            leaves[index] = MerkleTree.leafHash(records[index])
        }
        let width = EventTree.tileWidth
        for tile in (range.lowerBound / width)..<(range.upperBound / width) {
            roots[tile] = EventTree.fold(UnsafeBufferPointer(rebasing: leaves[tile * width..<(tile + 1) * width]))
        }
    }

    private static func read(
        _ records: UnsafeBufferPointer<UnsafeRawBufferPointer>,
        _ range: Range<Int>,
        firstSequence: UInt64,
        blocks: [StoredBlock]
    ) -> [Note] {
        var notes: [Note] = []
        var block = blocks.indexOfBlock(holding: firstSequence + UInt64(range.lowerBound))
        for offset in range {
            let sequence = firstSequence + UInt64(offset)
            while block < blocks.count, blocks[block].sequences.upperBound <= sequence { block += 1 }
            guard let record = RecordView(records[offset]) else {
                notes.append(Note(offset: offset, content: .malformed))
                continue
            }
            // Between two sound blocks there may be a lost one, whose records nobody can place.
            let isPlaced = block < blocks.count && blocks[block].sequences.contains(sequence)
            if record.sequence != sequence || (isPlaced && record.height != blocks[block].height) {
                let content = Note.Content.misplaced(sequence: record.sequence, height: record.height)
                notes.append(Note(offset: offset, content: content))
            }
            guard record.instance == 0 else { continue }
            if record.kind == HostRecord.transactionExecutedKind {
                let hash = HostRecord.transactionHash(in: record.payload)
                let content = hash.map { Note.Content.executed($0, transaction: record.transaction) }
                notes.append(Note(offset: offset, content: content ?? .executedUnreadably))
            } else if record.kind == HostRecord.vocabularyAddedKind {
                notes.append(Note(offset: offset, content: .vocabularyAdded))
            }
        }
        return notes
    }
}

extension [StoredBlock] {
    /// The first block that ends after a sequence: the one that holds it, if there is one.
    func indexOfBlock(holding sequence: UInt64) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].sequences.upperBound <= sequence {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    /// The height of the block that holds a record, or nil.
    func height(ofRecord sequence: UInt64) -> UInt64? {
        let index = indexOfBlock(holding: sequence)
        return index < count && self[index].sequences.contains(sequence) ? self[index].height : nil
    }
}
