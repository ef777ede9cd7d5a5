import Foundation
import MeshAudit
import Storage
import Testing

@Suite("A sound log")
struct CleanLogTests {
    @Test("passes verify, replay and re-execution, and all of it is looked at")
    func passes() throws {
        let chain = try AuditedChain()
        let verified = try chain.verify()
        #expect(verified.findings == [])
        #expect(verified.isSound)
        #expect(verified.blockCount == 11)
        #expect(verified.transactionCount == 30)
        #expect(verified.header?.height == 10)
        #expect(verified.eventCount == verified.header?.eventCount)

        let replayed = try chain.replay()
        #expect(replayed.findings == [])
        #expect(replayed.isSound)
        #expect(replayed.isSameModuleSet)
        #expect(replayed.eventCount == verified.eventCount)
        #expect(replayed.entryCount > 20)

        let repeated = try chain.reexecute()
        #expect(repeated.findings == [])
        #expect(repeated.blockCount == 11)
        #expect(repeated.eventCount == verified.eventCount)
    }

    @Test("is verified with more records than one batch, and with blocks that end anywhere in the tree")
    func passesWhenLong() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mesh-audit-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let store = try ChainStore.create(
            at: folder.path,
            chainID: "mesh-long-1",
            options: ChainOptions(durability: .none)
        )
        var sequence: UInt64 = 0
        for height: UInt64 in 0..<40 {
            var records = ByteArena()
            for _ in 0..<(height == 3 ? 0 : 997 + 13 * height) {
                records.append(SyntheticRecord.bytes(sequence: sequence, height: height))
                sequence += 1
            }
            try store.append(BlockContent(height: height, timeNanoseconds: height, records: records))
        }
        try store.close()
        let report = try Verification(home: folder.path).run()
        #expect(report.findings == [])
        #expect(report.eventCount == sequence)
        #expect(sequence > 40_000)
    }

    @Test("reports progress up to the end")
    func reportsProgress() throws {
        let chain = try AuditedChain(blockCount: 2)
        var seen: [AuditProgress] = []
        let report = try Verification(home: chain.home).run { seen.append($0) }
        #expect(seen.map(\.stage).contains(.pages))
        #expect(seen.last == AuditProgress(.events, completed: report.eventCount, total: report.eventCount))
    }

    @Test("without any block passes too")
    func passesWhenEmpty() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("mesh-audit-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        try ChainStore.create(at: folder.path, chainID: "mesh-empty-1").close()
        let report = try Verification(home: folder.path).run()
        #expect(report.findings == [])
        #expect(report.header == nil)
    }

    @Test("that is not there is an error, not a finding")
    func refusesMissingHome() throws {
        let error = #expect(throws: AuditError.self) { try Verification(home: "/nonexistent/home").run() }
        #expect(error?.code == .unreadableHome)
    }
}
