import Dispatch
import LMDB
import ModuleKit
import Storage

/// The records of a log in order, read and decoded on a second core while the first applies those before.
///
/// One thread uses it. It looks one chunk ahead, whatever block that belongs to, so memory is bounded by three chunks:
/// one at hand, one on its way, and one used up.
final class RecordPrefetch {
    /// Consecutive records from a sequence on.
    private struct Chunk: Sendable {
        let first: UInt64
        var records: [PreparedRecord] = []

        var end: UInt64 { first + UInt64(records.count) }
    }

    /// How many records are a chunk, mostly: enough that waking a thread costs nothing against decoding them.
    static let chunkCount: UInt64 = 4_096

    private let log: EventLog
    private let chunkCount: UInt64
    private let queue = DispatchQueue(label: "replay-record-prefetch", qos: .userInitiated)
    /// The records at hand.
    private var chunk = Chunk(first: 0)
    /// The chunk on its way, and where it starts; the monitor holds it when it is there.
    private var ahead: (first: UInt64, chunk: Monitor<Chunk?>)?

    /// Reads a log.
    ///
    /// - Parameter chunkCount: how many records are read at a time, at least one.
    init(_ log: EventLog, chunkCount: UInt64 = RecordPrefetch.chunkCount) {
        self.log = log
        self.chunkCount = max(chunkCount, 1)
    }

    /// Visits records in order, until `visit` returns false.
    ///
    /// - Parameters:
    ///   - sequences: which records; what lies beyond the end of the log is left out.
    ///   - vocabularies: what is known of the instances' vocabularies whenever it goes on to decode the next chunk.
    /// - Throws: `damaged` when a sequence is missing, after the records before it were visited; what LMDB throws.
    func forEachRecord(
        in sequences: Range<UInt64>,
        vocabularies: () -> [any EventVocabulary.Type],
        _ visit: (_ sequence: UInt64, _ record: borrowing PreparedRecord) -> Bool
    ) throws(StorageError) {
        var next = sequences.lowerBound
        while next < sequences.upperBound {
            if !(chunk.first..<chunk.end).contains(next) {
                try advance(to: next, vocabularies())
            }
            let records = chunk.records
            let start = Int(next - chunk.first)
            let end = start + Int(min(chunk.end, sequences.upperBound) - next)
            guard start < end else { return }
            let span = records.span
            for index in start..<end {
                guard visit(next, span[index]) else { return }
                next += 1
            }
        }
    }

    /// Waits until nothing is read any more.
    func finish() {
        queue.sync {}
    }

    /// Makes the chunk from a sequence on the one at hand, and sends for the one after it.
    private func advance(to sequence: UInt64, _ vocabularies: [any EventVocabulary.Type]) throws(StorageError) {
        let used = chunk
        chunk = Chunk(first: sequence)
        if let ahead, ahead.first == sequence {
            chunk = ahead.chunk.wait { $0.take() }
        }
        ahead = nil
        if chunk.records.isEmpty {
            // The first chunk, or the log has grown since, or it cannot be read on: then the error comes from here.
            chunk = try Self.read(log, from: sequence, chunkCount, vocabularies)
        }
        look(from: chunk.end, vocabularies, releasing: used)
    }

    /// Sends for the chunk from a sequence on, and has the used one freed over there too: that is a good part of the work.
    private func look(
        from sequence: UInt64,
        _ vocabularies: [any EventVocabulary.Type],
        releasing used: consuming Chunk
    ) {
        let monitor = Monitor<Chunk?>(nil)
        ahead = (sequence, monitor)
        queue.async { [log, chunkCount, used] in
            let chunk = (try? Self.read(log, from: sequence, chunkCount, vocabularies)) ?? Chunk(first: sequence)
            monitor.update { $0 = chunk }
            _ = used
        }
    }

    /// Reads and decodes a chunk.
    ///
    /// - Throws: why there is not even the first record. What is wrong behind that ends the chunk, and is thrown when the
    ///   next one is read from there.
    private static func read(
        _ log: EventLog,
        from sequence: UInt64,
        _ count: UInt64,
        _ vocabularies: [any EventVocabulary.Type]
    ) throws(StorageError) -> Chunk {
        var chunk = Chunk(first: sequence)
        let (end, isOver) = sequence.addingReportingOverflow(count)
        do throws(StorageError) {
            try log.forEachRecord(in: sequence..<(isOver ? .max : end)) { (_, record) in
                chunk.records.append(PreparedRecord(record, vocabularies: vocabularies))
                return true
            }
        } catch {
            guard !chunk.records.isEmpty else { throw error }
        }
        return chunk
    }
}
