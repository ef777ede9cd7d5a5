import LMDB
import MeshHost
import ModuleKit
import ModuleRuntime
import Storage
import Testing

@testable import MeshAudit
@testable import mesh_flip

@Suite("Record prefetch")
struct RecordPrefetchTests {
    @Test("visits every record in order, whatever the blocks", arguments: [1, 2, 3, 7, 4_096] as [UInt64])
    func order(_ chunkCount: UInt64) throws {
        let chain = try AuditedChain()
        let store = try ChainStore.open(at: chain.home, expectedChainID: nil, access: .readOnly)
        defer { try? store.close() }
        let count = try store.log.count()
        let records = RecordPrefetch(store.log, chunkCount: chunkCount)
        defer { records.finish() }
        var next: UInt64 = 0
        var decodedCount = 0
        while next < count {
            let start = next
            try records.forEachRecord(in: start..<start + 5, vocabularies: { [HostEvent.self] }) { (sequence, record) in
                #expect(sequence == next)
                #expect((try? record.envelope.get())?.sequence == sequence)
                #expect((record.event != nil) == ((try? record.envelope.get())?.instance == 0))
                if record.event != nil { decodedCount += 1 }
                next += 1
                return true
            }
            #expect(next == min(start + 5, count))
        }
        #expect(decodedCount > 0)
    }

    @Test("goes wherever it is sent, stops when it is told, and leaves out what is beyond the end")
    func ranges() throws {
        let chain = try AuditedChain()
        let store = try ChainStore.open(at: chain.home, expectedChainID: nil, access: .readOnly)
        defer { try? store.close() }
        let count = try store.log.count()
        let records = RecordPrefetch(store.log, chunkCount: 4)
        defer { records.finish() }
        for range in [9..<12, 0..<6, 2..<4, 4..<4, count - 2..<count + 9, count..<count + 1, 5..<UInt64.max] {
            var seen: [UInt64] = []
            try records.forEachRecord(in: range, vocabularies: { [] }) { (sequence, record) in
                #expect((try? record.envelope.get())?.sequence == sequence)
                seen.append(sequence)
                return seen.count < 7
            }
            #expect(seen == Array(range.clamped(to: 0..<count).prefix(7)))
        }
    }

    @Test("throws where a record is missing, after all records before it", arguments: [1, 3, 4_096] as [UInt64])
    func missing(_ chunkCount: UInt64) throws {
        let chain = try AuditedChain()
        // Opening a store counts the records, so another one stands in for the missing one, behind the end.
        let last = try chain.entries(.events).count
        try chain.remove(.events, key: key(8))
        try chain.tamper("events") { (transaction, database) throws(LMDBError) in
            try transaction.put([1], for: key(UInt64(last)), in: database)
        }
        let store = try ChainStore.open(at: chain.home, expectedChainID: nil, access: .readOnly)
        defer { try? store.close() }
        let records = RecordPrefetch(store.log, chunkCount: chunkCount)
        defer { records.finish() }
        var seen: [UInt64] = []
        let error = #expect(throws: StorageError.self) {
            try records.forEachRecord(in: 0..<12, vocabularies: { [] }) { (sequence, _) in
                seen.append(sequence)
                return true
            }
        }
        #expect(error?.code == .damaged)
        #expect(seen == Array(0..<8))
    }

    @Test("changes nothing about what a replay finds", arguments: [1, 2, 5, 16] as [UInt64])
    func findings(_ chunkCount: UInt64) throws {
        let chain = try AuditedChain()
        #expect(try chain.replay(chunkCount: chunkCount).isSound)
        let records = try chain.entries(.events)
        let places = (0..<records.count).suffix(20)
        for (turn, place) in places.enumerated() where turn % 2 == 0 {
            var envelope = try EventEnvelope(decoding: records[place].value)
            switch turn % 8 {
            case 0: envelope.instance = 77
            case 2: envelope.payload = [0xff]
            case 4: envelope.schemaVersion = 9
            default: envelope.vocabulary += 1
            }
            try chain.change(.events, key: key(UInt64(place))) { $0 = turn == 6 ? [0xff] : envelope.encoded }
        }
        let report = try chain.replay(chunkCount: chunkCount)
        let refused = report.findings.filter { $0.code == .eventNotApplicable }
        #expect(
            refused.map(\.place.sequence)
                == places.enumerated().filter { $0.offset % 2 == 0 }.map { UInt64($0.element) }
        )
        #expect(report.eventCount == UInt64(records.count - refused.count))
        // As without any look-ahead: one chunk holds the whole log, and at its start only the host is known.
        #expect(report.findings == (try chain.replay().findings))
        #expect(report.differences.map(\.fullKey) == (try chain.replay().differences.map(\.fullKey)))
    }
}
