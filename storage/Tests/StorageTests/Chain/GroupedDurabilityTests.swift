import LMDB
import StorageTestSupport
import Testing

@testable import Storage

@Suite("Grouped blocks")
struct GroupedDurabilityTests {
    let folder: TemporaryFolder
    /// Never due within a test: groups land when they are told to, or are full.
    private static let never = ChainOptions.Durability.grouped(interval: .seconds(86_400))

    init() throws {
        folder = try TemporaryFolder()
    }

    private func create(_ change: (inout ChainOptions) -> Void = { _ in }) throws -> ChainStore {
        var options = ChainOptions(durability: Self.never)
        change(&options)
        return try ChainStore.create(at: folder.path, chainID: "group", options: options)
    }

    private func writes(_ value: UInt8) throws -> WriteSet {
        try WriteSet([(key: [1], change: .value([value])), (key: [2, value], change: .value([value]))])
    }

    @Test("are seen in the state at once, in the log after the sync, and acknowledged then")
    func areSeen() throws {
        let chain = try create()
        var tickets: [CommitTicket] = []
        for height in UInt8(0)..<5 {
            let content = BlockContent(
                height: UInt64(height),
                timeNanoseconds: 0,
                records: ByteArena([[height]]),
                writes: try writes(height)
            )
            tickets.append(try chain.append(content))
            #expect(try chain.state.value(of: [1]) == [height])
        }
        #expect(tickets.allSatisfy { !$0.isFulfilled })
        #expect(chain.headHeader?.height == 4)
        #expect(try chain.log.count() == 0)
        var keys: [UInt8] = []
        try chain.state.scan(StateScan(prefix: [2], direction: .backward)) { (key, _) throws(StorageError) in
            keys.append(key.withUnsafeBytes { $0[1] })
            return true
        }
        #expect(keys == [4, 3, 2, 1, 0])
        try chain.flush()
        for ticket in tickets { try ticket.wait() }
        #expect(try chain.log.count() == 5)
        #expect(try chain.state.value(of: [1]) == [4])
        #expect(chain.head.pending.isEmpty)
        try checkLog(chain)
    }

    @Test("land by themselves when their time has come")
    func landInTime() throws {
        let chain = try create { $0.durability = .grouped(interval: .milliseconds(1)) }
        for round in UInt64(0)..<3 {
            let tickets = try Sample.append(4, to: chain, seed: round)
            for ticket in tickets { try ticket.wait() }
            #expect(try chain.log.latestHeader() == chain.headHeader)
        }
        try checkLog(chain)
    }

    @Test("land at once when there are as many as may be")
    func landWhenFull() throws {
        let chain = try create { $0.maximumGroupCount = 4 }
        let tickets = try Sample.append(6, to: chain, seed: 1)
        #expect(tickets.map(\.isFulfilled) == [true, true, true, true, false, false])
        #expect(try chain.log.latestHeader()?.height == 3)
        try chain.close()
        #expect(tickets.allSatisfy { $0.isFulfilled })
        let again = try ChainStore.open(at: folder.path, expectedChainID: "group")
        #expect(again.headHeader?.height == 5)
        try checkLog(again)
    }

    @Test("that were not acknowledged are not half there after a crash")
    func areWholeAfterCrash() throws {
        let chain = try create()
        try Sample.append(3, to: chain, seed: 1)
        try chain.flush()
        try Sample.append(3, to: chain, seed: 2)
        // What a crash leaves is what is in the files now.
        let copy = try TemporaryFolder()
        try Files.copyStore(from: folder.path, to: copy.path)
        let recovered = try ChainStore.open(at: copy.path, expectedChainID: "group")
        #expect(recovered.headHeader?.height == 2)
        try checkLog(recovered)
        try recovered.close()
        // The process may also die between the log and its anchor: a whole group is ahead then, and that is legal.
        let anchor = try Files.read("\(folder.path)/anchor")
        try chain.close()
        try Files.copyStore(from: folder.path, to: copy.path)
        try Files.write(anchor, to: "\(copy.path)/anchor")
        let ahead = try ChainStore.open(at: copy.path, expectedChainID: "group")
        #expect(ahead.headHeader?.height == 5)
        try checkLog(ahead)
        try ahead.close()
        #expect(try AnchorFile.read(in: copy.path).anchor.block?.height == 5)
    }

    @Test("of a store that is let go without closing are refused, not left waiting")
    func areRefusedWhenLetGo() throws {
        var chain: ChainStore? = try create()
        let ticket = try chain?.append(BlockContent(height: 0, timeNanoseconds: 0))
        chain = nil
        #expect(code { try ticket?.wait() } == .closed)
        let again = try ChainStore.open(at: folder.path, expectedChainID: "group")
        #expect(again.headHeader == nil)
        try checkLog(again)
    }

    @Test("that cannot be stored fail together, and the head is back where it was")
    func failTogether() throws {
        let chain = try create {
            $0.initialMapSizeBytes = 1 << 18
            $0.maximumMapSizeBytes = 1 << 20
        }
        try Sample.append(1, to: chain, seed: 1)
        try chain.flush()
        let head = chain.headHeader
        let big = ByteArena((0..<3).map { _ in [UInt8](repeating: 1, count: 1 << 19) })
        let tickets = [
            try chain.append(BlockContent(height: 1, timeNanoseconds: .max, writes: try writes(1))),
            try chain.append(BlockContent(height: 2, timeNanoseconds: .max, records: big)),
        ]
        #expect(try chain.state.value(of: [1]) == [1])
        #expect(code { try chain.flush() } == .mapFull)
        for ticket in tickets {
            #expect(code { try ticket.wait() } == .mapFull)
        }
        #expect(chain.headHeader == head)
        #expect(try chain.state.value(of: [1]) == nil)
        try checkLog(chain)
        try chain.append(BlockContent(height: 1, timeNanoseconds: .max))
        try chain.flush()
        try checkLog(chain)
    }

    @Test("may land and make the map grow under a reader, which goes on seeing the same state")
    func keepReadersView() throws {
        let chain = try create { $0.initialMapSizeBytes = 1 << 18 }
        try chain.append(BlockContent(height: 0, timeNanoseconds: 0, writes: try writes(0)))
        let big = ByteArena((0..<3).map { _ in [UInt8](repeating: 1, count: 1 << 19) })
        try chain.append(BlockContent(height: 1, timeNanoseconds: 0, records: big, writes: try writes(1)))
        let reader = try chain.state.makeReader()
        #expect(try reader.value(of: [1]) == [1])
        try chain.flush()
        #expect(chain.environment.mapSizeBytes > 1 << 18)
        #expect(try reader.value(of: [1]) == [1])
        // A block beyond the reader's head, and growth again: now it has to be renewed.
        let bigger = ByteArena((0..<9).map { _ in [UInt8](repeating: 1, count: 1 << 19) })
        try chain.append(BlockContent(height: 2, timeNanoseconds: 0, records: bigger, writes: try writes(2)))
        try chain.flush()
        #expect(code { _ = try reader.value(of: [1]) } == .snapshotExpired)
        try reader.renew()
        #expect(try reader.value(of: [1]) == [2])
    }
}
