import StorageTestSupport
import Testing

@testable import Storage

@Suite("A chain store")
struct ChainStoreTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func create(firstHeight: UInt64 = 0) throws -> ChainStore {
        try ChainStore.create(at: folder.path, chainID: "mesh-1", firstHeight: firstHeight)
    }

    private func open(_ access: ChainAccess = .readWrite) throws -> ChainStore {
        try ChainStore.open(at: folder.path, expectedChainID: "mesh-1", access: access)
    }

    @Test("is whole after every block, and after every opening", arguments: [0, 1, 1_000_000] as [UInt64])
    func isWhole(firstHeight: UInt64) throws {
        var chain = try create(firstHeight: firstHeight)
        #expect(try checkLog(chain) == 0)
        for round in 0..<6 {
            try Sample.append(3, to: chain, seed: UInt64(round))
            try checkLog(chain)
            let header = chain.headHeader
            try chain.close()
            chain = try open()
            #expect(chain.headHeader == header)
            #expect(chain.firstHeight == firstHeight)
            try checkLog(chain)
        }
        #expect(try chain.nextHeight() == firstHeight + 18)
    }

    @Test("gives back records, inputs, receipts and schemas as they were handed in")
    func givesBack() throws {
        let chain = try create()
        var generator = SplitMix64(seed: 3)
        var contents: [BlockContent] = []
        for height in UInt64(0)..<12 {
            let first = chain.headHeader?.eventCount ?? 0
            let content = try Sample.content(height: height, firstSequence: first, using: &generator)
            try chain.append(content)
            contents.append(content)
            try checkLog(chain)
        }
        for content in contents {
            let sequences = try #require(try chain.log.sequences(at: content.height))
            #expect(Int(sequences.count) == content.records.count)
            for (index, sequence) in zip(content.records.indices, sequences) {
                #expect(try chain.log.record(at: sequence) == content.records[index])
            }
            let inputs = try chain.log.inputs(at: content.height)
            #expect(inputs == content.inputs)
            for receipt in content.receipts {
                #expect(try chain.log.receipts(of: receipt.transactionHash).contains(receipt.sequence))
            }
            for schema in content.schemas {
                #expect(try chain.log.schema(schema.identifier) == schema.bytes)
            }
        }
        #expect(try chain.log.schemas() == contents.flatMap(\.schemas))
        #expect(try chain.log.receipts(of: .zero) == [])
        #expect(try chain.log.schema(99) == nil)
        #expect(try chain.log.record(at: .max) == nil)
        #expect(try chain.log.header(at: 12) == nil)
        #expect(try chain.log.inputs(at: 12) == nil)
    }

    @Test("visits any range of records in chunks of any size")
    func visitsRanges() throws {
        let chain = try create()
        let records = ByteArena((UInt8(0)..<100).map { [$0] })
        try chain.append(BlockContent(height: 0, timeNanoseconds: 0, records: records))
        for (range, chunk) in [(0..<100, 1), (0..<100, 7), (5..<90, 30), (99..<100, 4), (50..<500, 9), (200..<300, 2)] {
            var seen: [UInt64] = []
            try chain.log.forEachRecord(
                in: UInt64(range.lowerBound)..<UInt64(range.upperBound),
                chunkCount: UInt64(chunk)
            ) {
                (sequence, record) throws(StorageError) in
                #expect(record.withUnsafeBytes { [UInt8]($0) } == [UInt8(sequence)])
                seen.append(sequence)
                return true
            }
            #expect(seen == range.clamped(to: 0..<100).map { UInt64($0) })
        }
        var count = 0
        try chain.log.forEachRecord(in: 0..<100, chunkCount: 10) { (_, _) throws(StorageError) in
            count += 1
            return count < 15
        }
        #expect(count == 15)
    }

    @Test("refuses gaps, repeats and time that goes back, and then goes on")
    func refusesDisorder() throws {
        let chain = try create(firstHeight: 5)
        func append(_ height: UInt64, time: UInt64) throws {
            try chain.append(BlockContent(height: height, timeNanoseconds: time))
        }
        #expect(code { try append(0, time: 1) } == .heightGap)
        #expect(code { try append(6, time: 1) } == .heightGap)
        try append(5, time: 10)
        #expect(code { try append(5, time: 10) } == .heightGap)
        #expect(code { try append(7, time: 10) } == .heightGap)
        #expect(code { try append(6, time: 9) } == .timeBackwards)
        try append(6, time: 10)
        let error = #expect(throws: StorageError.self) { try append(9, time: 10) }
        #expect(error?.message.contains("the next height is 7") == true)
        try checkLog(chain)
    }

    @Test("refuses receipts for records of other blocks")
    func refusesForeignReceipts() throws {
        let chain = try create()
        func append(_ height: UInt64, sequence: UInt64) throws {
            let receipt = BlockContent.Receipt(transactionHash: .sha256([1]), sequence: sequence)
            let records = ByteArena([[1], [2]])
            try chain.append(BlockContent(height: height, timeNanoseconds: 0, records: records, receipts: [receipt]))
        }
        #expect(code { try append(0, sequence: 2) } == .receiptOutOfRange)
        try append(0, sequence: 1)
        #expect(code { try append(1, sequence: 1) } == .receiptOutOfRange)
        try append(1, sequence: 2)
        #expect(try chain.log.receipts(of: .sha256([1])) == [1, 2])
        try checkLog(chain)
    }

    @Test("refuses a schema that redefines another, in the log or in the same block")
    func refusesSchemaConflicts() throws {
        let chain = try create()
        func append(_ height: UInt64, _ schemas: [BlockContent.Schema]) throws {
            try chain.append(BlockContent(height: height, timeNanoseconds: 0, schemas: schemas))
        }
        try append(0, [.init(identifier: 1, bytes: [1])])
        try append(1, [.init(identifier: 1, bytes: [1])])
        #expect(code { try append(2, [.init(identifier: 1, bytes: [2])]) } == .schemaConflict)
        let twice: [BlockContent.Schema] = [.init(identifier: 2, bytes: [1]), .init(identifier: 2, bytes: [2])]
        #expect(code { try append(2, twice) } == .schemaConflict)
        try append(2, [.init(identifier: 2, bytes: [])])
        #expect(try chain.log.schemas().map(\.identifier) == [1, 2])
    }

    @Test("stores only what was prepared on its head")
    func refusesStaleBlocks() throws {
        let chain = try create()
        let first = try chain.prepare(BlockContent(height: 0, timeNanoseconds: 0, records: ByteArena([[1]])))
        let other = try chain.prepare(BlockContent(height: 0, timeNanoseconds: 1))
        #expect(chain.headHeader == nil)
        try chain.commit(first)
        #expect(code { try chain.commit(other) } == .staleBlock)
        #expect(code { try chain.commit(first) } == .staleBlock)
        #expect(chain.headHeader == first.header)
        try checkLog(chain)
    }

    @Test("opens for reading what another one wrote, and takes no blocks then")
    func opensForReading() throws {
        var chain = try create()
        try Sample.append(4, to: chain, seed: 1)
        let header = chain.headHeader
        try chain.close()
        chain = try open(.readOnly)
        #expect(chain.headHeader == header)
        #expect(code { _ = try chain.prepare(BlockContent(height: 4, timeNanoseconds: .max)) } == .readOnly)
        try checkLog(chain)
    }

    @Test("comes to the same hashes from the same blocks, however they are stored")
    func isDeterministic() throws {
        let other = try TemporaryFolder()
        let first = try create()
        let second = try ChainStore.create(
            at: other.path,
            chainID: "mesh-1",
            options: ChainOptions(durability: .grouped(interval: .seconds(3_600)))
        )
        try Sample.append(10, to: first, seed: 8)
        try Sample.append(10, to: second, seed: 8)
        #expect(first.headHeader?.hash == second.headHeader?.hash)
        try second.flush()
        try checkLog(first)
        try checkLog(second)
        #expect(try second.log.latestHeader() == first.headHeader)
    }

    @Test("has a reader that keeps its view until it is renewed")
    func hasReader() throws {
        let chain = try create()
        let key = try StateKey.full(instance: 1, collection: 1, key: [1])
        func append(_ height: UInt64, _ value: [UInt8]) throws {
            let writes = try WriteSet([(key: key, change: .value(value))])
            try chain.append(BlockContent(height: height, timeNanoseconds: 0, writes: writes))
        }
        try append(0, [0])
        let reader = try chain.state.makeReader()
        try append(1, [1])
        #expect(try reader.value(of: key) == [0])
        #expect(try chain.state.value(of: key) == [1])
        try reader.renew()
        #expect(try reader.value(of: key) == [1])
        try reader.release()
        #expect(code { _ = try reader.value(of: key) } == .snapshotExpired)
        try reader.renew()
        #expect(try reader.value(of: key) == [1])
    }
}
