import Foundation
import LMDB
import StorageTestSupport
import Testing

@testable import Storage

@Suite("A golden store")
struct GoldenTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func golden(_ store: GoldenStore) throws -> (folder: String, headerHash: Hash) {
        let resources = try #require(Bundle.module.resourceURL)
        let source = resources.appendingPathComponent("Golden/\(store.rawValue)").path
        let text = String(decoding: try Files.read("\(source)/header-hash.txt"), as: UTF8.self)
        return (source, try #require(Hash(hexadecimal: String(text.prefix(64)))))
    }

    @Test("of every format and commitment can be opened, read whole and appended to", arguments: GoldenStore.allCases)
    func opens(store: GoldenStore) throws {
        let (source, headerHash) = try golden(store)
        try Files.copyStore(from: source, to: folder.path)
        let chain = try ChainStore.open(
            at: folder.path,
            expectedChainID: GoldenContent.chainID,
            options: store.options
        )
        try checkLog(chain)
        #expect(chain.headHeader?.hash == headerHash)
        #expect(chain.firstHeight == GoldenContent.firstHeight)
        var sequence: UInt64 = 0
        let blocks = try store.blocks()
        for content in blocks {
            let header = try #require(try chain.log.header(at: content.height))
            #expect(header.timeNanoseconds == content.timeNanoseconds)
            #expect(header.moduleSetHash == content.moduleSetHash)
            let inputs = try chain.log.inputs(at: content.height)
            #expect(inputs == content.inputs)
            for index in content.records.indices {
                #expect(try chain.log.record(at: sequence) == content.records[index])
                sequence += 1
            }
            for receipt in content.receipts {
                #expect(try chain.log.receipts(of: receipt.transactionHash) == [receipt.sequence])
            }
        }
        #expect(try chain.log.count() == sequence)
        #expect(try chain.log.schemas() == blocks.flatMap(\.schemas))
        #expect(try chain.state.value(of: GoldenContent.removedKey) == nil)
        #expect(try chain.state.value(of: GoldenContent.keptKey) == [])
        try chain.append(
            BlockContent(height: 10 + UInt64(blocks.count), timeNanoseconds: .max, records: ByteArena([[1]]))
        )
        try checkLog(chain)
    }

    @Test("with a state tree proves what it holds at the heights that it keeps")
    func proves() throws {
        let store = GoldenStore.stateTree
        try Files.copyStore(from: try golden(store).folder, to: folder.path)
        let chain = try ChainStore.open(
            at: folder.path,
            expectedChainID: nil,
            access: .readOnly,
            options: store.options
        )
        #expect(try chain.provableHeights() == 12...14)
        #expect(
            try chain.checkStateTree()
                == StateTreeReport(entryCount: 86, nodeCount: 27, historyHeightCount: 2, historyRecordCount: 50)
        )
        var state: [[UInt8]: [UInt8]] = [:]
        for content in try store.blocks() {
            content.writes.forEach { key, value in state[[UInt8](key)] = value.map { [UInt8]($0) } }
            guard content.height >= 12 else { continue }
            let header = try #require(try chain.log.header(at: content.height))
            for number in UInt8(0)..<110 {
                let proof = try chain.proof(of: [0, 0, 0, 2, 1, number], at: content.height)
                #expect(proof.value == state[proof.key])
                try proof.verify(appHash: header.appHash)
            }
        }
    }

    @Test("holds what the same blocks come to today", arguments: GoldenStore.allCases)
    func isReproduced(store: GoldenStore) throws {
        let (source, headerHash) = try golden(store)
        let chain = try ChainStore.create(
            at: folder.path,
            chainID: GoldenContent.chainID,
            firstHeight: GoldenContent.firstHeight,
            options: store.options
        )
        for content in try store.blocks() {
            try chain.append(content)
            try checkLog(chain)
        }
        #expect(chain.headHeader?.hash == headerHash)
        let copy = try TemporaryFolder()
        try Files.copyStore(from: source, to: copy.path)
        let stored = try ChainStore.open(
            at: copy.path,
            expectedChainID: GoldenContent.chainID,
            options: store.options
        )
        #expect(stored.headHeader == chain.headHeader)
        // The same records too, byte for byte.
        for table in [\Tables.state, \.commitment, \.blocks, \.tree] {
            #expect(try Self.digest(of: table, in: stored) == (try Self.digest(of: table, in: chain)))
        }
    }

    private static func digest(of table: KeyPath<Tables, Database>, in chain: ChainStore) throws -> Hash {
        var hasher = DomainHasher(.leaf)
        try chain.environment.read { (transaction: borrowing ReadTransaction) throws(StorageError) in
            try StateTable(transaction, chain.tables[keyPath: table]).scan(StateScan()) { key, value in
                hasher.add(UInt32(truncatingIfNeeded: key.byteCount))
                key.withUnsafeBytes { hasher.add($0) }
                hasher.add(UInt32(truncatingIfNeeded: value.byteCount))
                value.withUnsafeBytes { hasher.add($0) }
                return true
            }
        }
        return hasher.finalize()
    }
}
