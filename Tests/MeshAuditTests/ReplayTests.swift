import BankEvents
import Foundation
import LMDB
import MeshAudit
import MeshHost
import ModuleKit
import ModuleRuntime
import Storage
import Testing

@testable import mesh_flip

@Suite("Replay")
struct ReplayTests {
    @Test("names a changed, a missing and a surplus entry of the state, and whose it is")
    func changedState() throws {
        let chain = try AuditedChain()
        let entries = try chain.entries(.state)
        guard let balance = entries.last(where: { $0.key[3] == 1 && $0.value.count > 2 }) else {
            throw ChainFailure("the bank has no entry")
        }
        try chain.change(.state, key: balance.key) { $0[$0.count - 1] ^= 1 }
        // Bytes alone cannot tell.
        #expect(try chain.verify().isSound)
        var report = try chain.replay()
        #expect(report.findings.codes == [.stateEntryDiffers])
        #expect(report.firstDivergingHeight == nil)
        #expect(report.differences.map(\.fullKey) == [balance.key])
        #expect(report.differences[0].rebuilt == balance.value)
        #expect(report.differences[0].instance == 1)
        #expect(report.differences[0].owner?.hasPrefix("bank (1), ") == true)

        try chain.remove(.state, key: balance.key)
        report = try chain.replay()
        #expect(report.differences.map(\.fullKey) == [balance.key])
        #expect(report.differences[0].stored == nil)

        try chain.tamper("state") { (transaction, database) throws(LMDBError) in
            try transaction.put(balance.value, for: balance.key, in: database)
            try transaction.put([1], for: [0, 0, 0, 0, 1], in: database)
        }
        report = try chain.replay()
        #expect(report.differences.map(\.fullKey) == [[0, 0, 0, 0, 1]])
        #expect(report.differences[0].rebuilt == nil)
    }

    @Test("names the first height whose state root is another", arguments: [1, 7])
    func divergingRoot(_ height: UInt64) throws {
        let chain = try AuditedChain()
        // The state root stands before the last 32 bytes.
        try chain.change(.blocks, key: key(height)) { $0[$0.count - 40] ^= 1 }
        let report = try chain.replay()
        #expect(report.firstDivergingHeight == height)
        #expect(report.findings.codes == [.stateRootMismatch])
        #expect(report.findings[0].place.height == height)
        #expect(report.isComplete)
    }

    @Test("goes on after a record that cannot be applied, and says which")
    func recordNotApplicable() throws {
        let chain = try AuditedChain()
        let records = try chain.entries(.events)
        let place = try #require(records.firstIndex { (try? EventEnvelope(decoding: $0.value))?.height == 5 })
        var envelope = try EventEnvelope(decoding: records[place].value)
        envelope.instance = 77
        try chain.change(.events, key: key(UInt64(place))) { $0 = envelope.encoded }
        let report = try chain.replay()
        #expect(report.findings[0].code == .eventNotApplicable)
        #expect(report.findings[0].place == Finding.Place(height: 5, sequence: UInt64(place)))
        #expect(report.firstDivergingHeight == 5)
        #expect(report.blockCount == 11)
        #expect(report.eventCount == UInt64(records.count - 1))
    }

    @Test("proves from the log alone that a privileged event had no grant", arguments: [false, true])
    func privilege(isRevoked: Bool) throws {
        let chain = try AuditedChain()
        let store = try ChainStore.open(at: chain.home, expectedChainID: nil)
        let first = try store.log.count()
        let minted = try EventEnvelope(decoding: try #require(try store.log.record(at: first - 2)))
        let revocation = try HostEvent.with {
            $0.privilegeRevoked.number = 1
            $0.privilegeRevoked.privilege = isRevoked ? "bank/mint" : "bank/other"
        }
        .encodedBytes()
        let mint = try BankEvent.with { $0.minted = BankMinted() }.encodedBytes()
        var records = ByteArena()
        for (offset, event) in [(UInt32(0), UInt32(9), revocation), (1, 2, mint)].enumerated() {
            records.append(
                EventEnvelope(
                    sequence: first + UInt64(offset),
                    height: 11,
                    transaction: 0,
                    cause: nil,
                    instance: event.0,
                    vocabulary: event.0 == 0 ? 0 : minted.vocabulary,
                    kind: event.1,
                    schemaVersion: 1,
                    payload: event.2
                )
                .encoded
            )
        }
        let header = try #require(store.headHeader)
        try store.append(
            BlockContent(
                height: 11,
                timeNanoseconds: header.timeNanoseconds,
                records: records,
                moduleSetHash: header.moduleSetHash
            )
        )
        try store.close()
        let findings = try chain.replay().findings
        #expect(findings.has(.privilegeMissing, height: 11, sequence: first + 1) == isRevoked)
    }

    @Test("refuses a home that storage refuses, and a scratch folder with a store in it")
    func refuses() throws {
        let chain = try AuditedChain(blockCount: 1)
        let used = #expect(throws: AuditError.self) {
            try Replay(home: chain.home, scratch: chain.home, registry: SampleChain.registry()).run()
        }
        #expect(used?.code == .unusableScratch)
        try FileManager.default.removeItem(atPath: "\(chain.home)/anchor")
        let refused = #expect(throws: AuditError.self) { try chain.replay() }
        #expect(refused?.code == .unreadableHome)
    }
}

@Suite("Re-execution")
struct ReexecutionTests {
    @Test("names the first record that comes out differently")
    func changedRecord() throws {
        let chain = try AuditedChain()
        let records = try chain.entries(.events)
        let place = records.count - 5
        try chain.change(.events, key: key(UInt64(place))) { $0[$0.count - 1] ^= 1 }
        let report = try chain.reexecute()
        #expect(report.findings.codes == [.reexecutionDiffers])
        #expect(report.findings[0].place.sequence == UInt64(place))
        #expect(report.blockCount == (try EventEnvelope(decoding: records[place].value)).height)
    }

    @Test("notices a changed transaction and a changed header")
    func changedInput() throws {
        let chain = try AuditedChain()
        let input = try chain.entries(.inputs)[5]
        try chain.change(.inputs, key: input.key) { $0[$0.count - 1] ^= 1 }
        #expect(try chain.reexecute().findings.codes == [.reexecutionDiffers])
        try chain.change(.inputs, key: input.key) { $0 = input.value }
        #expect(try chain.reexecute().isSound)
        try chain.change(.blocks, key: key(4)) { $0[$0.count - 40] ^= 1 }
        let report = try chain.reexecute()
        #expect(report.findings.has(.reexecutionDiffers, height: 4))
        #expect(report.findings[0].what.contains("state root"))
    }
}
