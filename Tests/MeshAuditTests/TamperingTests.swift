import Foundation
import LMDB
import MeshAudit
import ModuleRuntime
import Storage
import Testing

@Suite("Verify names the place of")
struct TamperingTests {
    @Test("a changed byte of a record", arguments: [0, 7, 25])
    func changedRecord(_ sequence: UInt64) throws {
        let chain = try AuditedChain()
        try chain.change(.events, key: key(sequence)) { $0[$0.count - 1] ^= 1 }
        let report = try chain.verify()
        #expect(report.findings.has(.recordChanged, sequence: sequence))
        #expect(report.findings.has(.eventRootMismatch))
        #expect(!report.findings.has(.treeNodeDamaged))
    }

    @Test("two records that changed places")
    func reorderedRecords() throws {
        let chain = try AuditedChain()
        let records = try chain.entries(.events)
        let (left, right) = (records.count - 4, records.count - 3)
        try chain.change(.events, key: key(UInt64(left))) { $0 = records[right].value }
        try chain.change(.events, key: key(UInt64(right))) { $0 = records[left].value }
        let report = try chain.verify()
        #expect(report.findings.has(.recordMisplaced, height: 10, sequence: UInt64(left)))
        #expect(report.findings.has(.recordMisplaced, height: 10, sequence: UInt64(right)))
        #expect(report.findings.has(.eventRootMismatch, height: 10))
    }

    @Test("a missing record, and a record too many")
    func recordCount() throws {
        let chain = try AuditedChain()
        let count = UInt64(try chain.entries(.events).count)
        try chain.tamper("events") { (transaction, database) throws(LMDBError) in
            try transaction.put([1, 2, 3], for: key(count), in: database)
        }
        let more = try chain.verify()
        #expect(more.findings.has(.recordUnexpected, sequence: count))
        try chain.remove(.events, key: key(count))
        #expect(try chain.verify().isSound)
        try chain.remove(.events, key: key(5))
        #expect(try chain.verify().findings.has(.recordMissing, height: 0, sequence: 5))
    }

    @Test("a record that is no envelope")
    func malformedRecord() throws {
        let chain = try AuditedChain()
        try chain.change(.events, key: key(9)) { $0.append(0) }
        let report = try chain.verify()
        #expect(report.findings.has(.recordMalformed, sequence: 9))
        #expect(report.findings.has(.recordChanged, sequence: 9))
    }

    @Test("a changed header", arguments: [0, 4, 9, 10])
    func changedHeader(_ height: UInt64) throws {
        let chain = try AuditedChain()
        // The last byte of a header belongs to the hash of the module set, which nothing else names.
        try chain.change(.blocks, key: key(height)) { $0[$0.count - 1] ^= 0x10 }
        let findings = try chain.verify().findings
        if height == 10 {
            #expect(findings.codes == [.openRefused])
            #expect(findings[0].what.contains("rolled-back"))
        } else {
            #expect(findings.has(.headerLinkBroken, height: height + 1))
        }
    }

    @Test("a header that cannot be read, and a block that is missing")
    func missingBlock() throws {
        let chain = try AuditedChain()
        try chain.change(.blocks, key: key(6)) { $0.removeLast(40) }
        #expect(try chain.verify().findings.has(.headerInvalid, height: 6))
        try chain.remove(.blocks, key: key(6))
        #expect(try chain.verify().findings.has(.blockMissing, height: 6))
    }

    @Test("blocks whose records overlap")
    func sequenceRange() throws {
        let chain = try AuditedChain()
        try chain.change(.blocks, key: key(3)) { $0[7] -= 1 }
        #expect(try chain.verify().findings.has(.sequenceRange, height: 3))
    }

    @Test("a changed, a missing and a surplus tile of the tree")
    func tiles() throws {
        let chain = try AuditedChain()
        let tiles = try chain.entries(.tree)
        #expect(tiles.count > 4)
        for tile in [tiles[0], tiles[1], tiles[tiles.count - 1]] {
            try chain.change(.tree, key: tile.key) { $0[3] ^= 4 }
            let findings = try chain.verify().findings
            #expect(findings.contains { $0.code == .treeNodeDamaged && $0.place.key == tile.key })
            #expect(!findings.has(.recordChanged))
            try chain.change(.tree, key: tile.key) { $0 = tile.value }
        }
        try chain.remove(.tree, key: tiles[1].key)
        #expect(try chain.verify().findings.contains { $0.code == .treeNodeDamaged && $0.place.key == tiles[1].key })
        try chain.tamper("tree") { (transaction, database) throws(LMDBError) in
            try transaction.put(tiles[1].value, for: tiles[1].key, in: database)
            try transaction.put([1], for: [9, 9], in: database)
        }
        #expect(try chain.verify().findings.contains { $0.code == .treeNodeUnexpected && $0.place.key == [9, 9] })
    }

    @Test("a changed, a missing and a surplus input")
    func inputs() throws {
        let chain = try AuditedChain()
        let inputs = try chain.entries(.inputs)
        let last = inputs[inputs.count - 1]
        try chain.change(.inputs, key: last.key) { $0[20] ^= 1 }
        var findings = try chain.verify().findings
        #expect(findings.has(.transactionsRootMismatch, height: 10))
        #expect(findings.has(.executionMismatch, height: 10))
        try chain.remove(.inputs, key: last.key)
        findings = try chain.verify().findings
        #expect(findings.contains { $0.code == .inputMissing && $0.place.key == last.key })
        try chain.tamper("inputs") { (transaction, database) throws(LMDBError) in
            try transaction.put(last.value, for: last.key, in: database)
            try transaction.put(last.value, for: key(11) + [0, 0, 0, 0], in: database)
        }
        #expect(try chain.verify().findings.codes == [.inputUnexpected])
    }

    @Test("a missing, a changed and a surplus receipt")
    func receipts() throws {
        let chain = try AuditedChain()
        let receipts = try chain.entries(.receipts)
        #expect(receipts.count == 30)
        let receipt = receipts[11]
        try chain.change(.receipts, key: receipt.key) { $0 = [0] }
        #expect(try chain.verify().findings.contains { $0.code == .receiptMissing && $0.place.key == receipt.key })
        try chain.remove(.receipts, key: receipt.key)
        #expect(try chain.verify().findings.contains { $0.code == .receiptMissing && $0.place.key == receipt.key })
        // Of another record: the transaction is right, the place is not.
        let other = Array(receipt.key[..<32]) + key(3)
        try chain.tamper("receipts") { (transaction, database) throws(LMDBError) in
            try transaction.put([], for: receipt.key, in: database)
            try transaction.put([], for: other, in: database)
        }
        let findings = try chain.verify().findings
        #expect(findings.codes == [.receiptUnexpected])
        #expect(findings[0].place.key == other)
    }

    @Test("a changed, a missing and a surplus dictionary entry")
    func schemas() throws {
        let chain = try AuditedChain()
        let schemas = try chain.entries(.schemas)
        #expect(schemas.count == 3)
        try chain.change(.schemas, key: schemas[1].key) { $0[10] ^= 1 }
        #expect(try chain.verify().findings.codes == [.schemaChanged])
        try chain.remove(.schemas, key: schemas[1].key)
        #expect(try chain.verify().findings.codes == [.schemaMissing])
        try chain.tamper("schemas") { (transaction, database) throws(LMDBError) in
            try transaction.put(schemas[1].value, for: schemas[1].key, in: database)
            try transaction.put([7], for: [0, 0, 0, 9], in: database)
        }
        #expect(try chain.verify().findings.codes == [.schemaUnexpected])
    }

    @Test("what the store says of itself")
    func meta() throws {
        let chain = try AuditedChain()
        let firstHeight = Array("first-height".utf8)
        try chain.change(.meta, key: firstHeight) { $0[7] = 1 }
        #expect(try chain.verify().findings.has(.blockMissing))
        try chain.change(.meta, key: firstHeight) { $0[7] = 0 }
        try chain.change(.meta, key: Array("last-commit".utf8)) { $0[7] = 200 }
        #expect(try chain.verify().findings.codes == [.metaInvalid])
        try chain.change(.meta, key: Array("last-commit".utf8)) { $0[7] = 10 }
        try chain.change(.meta, key: Array("chain-id".utf8)) { $0[0] ^= 1 }
        #expect(try chain.verify().findings.has(.wrongChain, height: 0))
    }

    @Test("many things at once, and not more than a hundred of them")
    func isBounded() throws {
        let chain = try AuditedChain(transferCount: 8)
        let records = try chain.entries(.events)
        #expect(records.count > 150)
        try chain.tamper("events") { (transaction, database) throws(LMDBError) in
            for record in records { try transaction.put(record.value + [0], for: record.key, in: database) }
        }
        let report = try chain.verify()
        #expect(report.findings.count == 100)
        #expect(report.omittedFindingCount > 50)
    }
}

@Suite("A log beside its anchor")
struct AnchorTests {
    private func anchor(_ chain: AuditedChain) -> URL {
        URL(fileURLWithPath: chain.home).appendingPathComponent("anchor")
    }

    @Test("is refused with an anchor of an older block")
    func olderAnchor() throws {
        var older: Data?
        let chain = try AuditedChain { block, home in
            if block == 3 { older = try Data(contentsOf: URL(fileURLWithPath: home).appendingPathComponent("anchor")) }
        }
        try #require(older).write(to: anchor(chain))
        let findings = try chain.verify().findings
        #expect(findings.codes == [.openRefused])
        #expect(findings[0].what.contains("anchor-behind"))
    }

    @Test("is refused without an anchor, and when it was rolled back")
    func rolledBack() throws {
        var older: Data?
        let chain = try AuditedChain { block, home in
            if block == 8 {
                older = try Data(contentsOf: URL(fileURLWithPath: home).appendingPathComponent("data.mdb"))
            }
        }
        let data = URL(fileURLWithPath: chain.home).appendingPathComponent("data.mdb")
        let newest = try Data(contentsOf: data)
        try #require(older).write(to: data)
        var findings = try chain.verify().findings
        #expect(findings.codes == [.openRefused])
        #expect(findings[0].what.contains("rolled-back"))
        try newest.write(to: data)
        try FileManager.default.removeItem(at: anchor(chain))
        findings = try chain.verify().findings
        #expect(findings.codes == [.openRefused])
        #expect(findings[0].what.contains("anchor-missing"))
    }

    @Test("is refused when the data file is cut off anywhere")
    func truncated() throws {
        let chain = try AuditedChain(blockCount: 3)
        let data = URL(fileURLWithPath: chain.home).appendingPathComponent("data.mdb")
        let whole = try Data(contentsOf: data)
        for count in [0, 20, 4_096, 10_000, whole.count / 2, whole.count - 1] {
            try whole.prefix(count).write(to: data)
            let report = try chain.verify()
            #expect(report.findings.codes == [.openRefused], "\(count) bytes")
            #expect(!report.isComplete)
        }
    }
}
