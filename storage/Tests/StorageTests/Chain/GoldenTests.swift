import Foundation
import StorageTestSupport
import Testing

@testable import Storage

@Suite("A golden store")
struct GoldenTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func golden(_ version: Int) throws -> (folder: String, headerHash: Hash) {
        let resources = try #require(Bundle.module.resourceURL)
        let source = resources.appendingPathComponent("Golden/format-\(version)").path
        let text = String(decoding: try Files.read("\(source)/header-hash.txt"), as: UTF8.self)
        return (source, try #require(Hash(hexadecimal: String(text.prefix(64)))))
    }

    @Test("of every format can be opened, read whole and appended to", arguments: [1])
    func opens(version: Int) throws {
        let (source, headerHash) = try golden(version)
        try Files.copyStore(from: source, to: folder.path)
        let chain = try ChainStore.open(at: folder.path, expectedChainID: GoldenContent.chainID)
        try checkLog(chain)
        #expect(chain.headHeader?.hash == headerHash)
        #expect(chain.firstHeight == GoldenContent.firstHeight)
        var sequence: UInt64 = 0
        for content in try GoldenContent.blocks() {
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
        #expect(try chain.log.schemas() == GoldenContent.blocks().flatMap(\.schemas))
        #expect(try chain.state.value(of: GoldenContent.removedKey) == nil)
        #expect(try chain.state.value(of: GoldenContent.keptKey) == [])
        try chain.append(BlockContent(height: 13, timeNanoseconds: .max, records: ByteArena([[1]])))
        try checkLog(chain)
    }

    @Test("holds what the same blocks come to today")
    func isReproduced() throws {
        let (source, headerHash) = try golden(1)
        let chain = try ChainStore.create(
            at: folder.path,
            chainID: GoldenContent.chainID,
            firstHeight: GoldenContent.firstHeight
        )
        for content in try GoldenContent.blocks() {
            try chain.append(content)
            try checkLog(chain)
        }
        #expect(chain.headHeader?.hash == headerHash)
        let copy = try TemporaryFolder()
        try Files.copyStore(from: source, to: copy.path)
        let stored = try ChainStore.open(at: copy.path, expectedChainID: GoldenContent.chainID)
        #expect(stored.headHeader == chain.headHeader)
    }
}
