import StorageTestSupport
import Testing

@testable import Storage

/// An ordered dictionary in memory, as plain as it can be.
private struct StateModel {
    var entries: [[UInt8]: [UInt8]] = [:]

    func scan(_ scan: StateScan) -> [[UInt8]] {
        var keys = entries.keys.filter { $0.starts(with: scan.prefix) }
        keys.sort { $0.lexicographicallyPrecedes($1) }
        if scan.direction == .backward { keys.reverse() }
        if let start = scan.start { keys = keys.filter { $0 == start || scan.precedes(start, $0) } }
        return keys
    }
}

extension StateReading {
    fileprivate func keys(_ request: StateScan, limit: Int = .max) throws -> [[UInt8]] {
        var keys: [[UInt8]] = []
        try scan(request) { (key, value) throws(StorageError) in
            keys.append(key.withUnsafeBytes { [UInt8]($0) })
            return keys.count < limit
        }
        return keys
    }
}

@Suite("State")
struct StateOverlayTests {
    let folder: TemporaryFolder
    let chain: ChainStore

    init() throws {
        folder = try TemporaryFolder()
        chain = try ChainStore.create(at: folder.path, chainID: "state", options: ChainOptions(durability: .none))
    }

    @Test(
        "over LMDB with nested changes is what an ordered dictionary would be",
        arguments: 1...6 as ClosedRange<UInt64>
    )
    func followsModel(seed: UInt64) throws {
        print("seed \(seed)")
        var generator = SplitMix64(seed: seed)
        var models = [StateModel()]
        var overlay = StateOverlay(over: chain.state)
        for round in 0..<12 {
            for _ in 0..<60 {
                let key = [UInt8.random(in: 0...3, using: &generator)] + generator.bytes(0...2).map { $0 & 3 }
                switch Int.random(in: 0..<10, using: &generator) {
                case 0..<5:
                    let value = generator.bytes(0...4)
                    try overlay.set(key, to: value)
                    models[models.count - 1].entries[key] = value
                case 5..<8:
                    try overlay.remove(key)
                    models[models.count - 1].entries[key] = nil
                case 8:
                    overlay.begin()
                    models.append(models[models.count - 1])
                default:
                    if Bool.random(using: &generator) {
                        overlay.commit()
                        if models.count > 1 { models.remove(at: models.count - 2) }
                    } else {
                        overlay.drop()
                        if models.count > 1 { models.removeLast() }
                    }
                }
                #expect(try overlay.value(of: key) == models[models.count - 1].entries[key])
            }
            #expect(overlay.depth == models.count - 1)
            for _ in 0..<20 {
                let scan = StateScan(
                    prefix: generator.bytes(0...2).map { $0 & 3 },
                    start: Bool.random(using: &generator) ? generator.bytes(1...3).map { $0 & 3 } : nil,
                    direction: Bool.random(using: &generator) ? .forward : .backward
                )
                let expected = models[models.count - 1].scan(scan)
                #expect(try overlay.keys(scan) == expected, "\(scan)")
                #expect(try overlay.keys(scan, limit: 2) == Array(expected.prefix(2)))
            }
            while overlay.depth > 0 { overlay.commit() }
            models = [models[models.count - 1]]
            try chain.append(
                BlockContent(height: UInt64(round), timeNanoseconds: 0, writes: try overlay.writeSet())
            )
            overlay.removeAll()
            #expect(try chain.state.keys(StateScan()) == models[0].scan(StateScan()))
            try checkLog(chain)
        }
    }

    @Test("is visited up to the last possible key when a prefix ends in 255")
    func visitsLastKeys() throws {
        var overlay = StateOverlay(over: EmptyState())
        for key in [[255], [255, 255], [255, 255, 1], [254, 255], [254, 255, 7]] as [[UInt8]] {
            try overlay.set(key, to: [1])
        }
        try chain.append(BlockContent(height: 0, timeNanoseconds: 0, writes: try overlay.writeSet()))
        for state in [overlay as any StateReading, chain.state] {
            #expect(
                try state.keys(StateScan(prefix: [255, 255], direction: .backward)) == [[255, 255, 1], [255, 255]]
            )
            #expect(
                try state.keys(StateScan(prefix: [254, 255], direction: .backward)) == [[254, 255, 7], [254, 255]]
            )
            #expect(try state.keys(StateScan(prefix: [254], start: [255])) == [])
            #expect(try state.keys(StateScan(prefix: [255], start: [254])).count == 3)
            #expect(try state.keys(StateScan(prefix: [254], start: [255], direction: .backward)).count == 2)
            #expect(try state.keys(StateScan(prefix: [255], start: [254], direction: .backward)) == [])
        }
    }

    @Test("keys keep their order past the size at which they are merged")
    func keepsOrder() {
        var generator = SplitMix64(seed: 9)
        var keys = SortedKeys()
        var model: Set<[UInt8]> = []
        for _ in 0..<3_000 {
            let key = generator.bytes(1...3)
            if model.insert(key).inserted { keys.insert(key) }
        }
        let sorted = model.sorted { $0.lexicographicallyPrecedes($1) }
        #expect(keys.merged() == sorted)
        #expect(keys.next(from: .unbounded, .backward) == sorted.last)
        #expect(keys.next(from: .exclusive(sorted[1_000]), .forward) == sorted[1_001])
        #expect(keys.next(from: .exclusive(sorted[1_000]), .backward) == sorted[999])
        #expect(keys.next(from: .inclusive(sorted[1_000]), .backward) == sorted[1_000])
    }

    @Test("refuses keys that are empty or too long, and says how long they may be")
    func refusesKeys() throws {
        var overlay = StateOverlay(over: EmptyState())
        #expect(code { try overlay.set([], to: []) } == .keySize)
        #expect(code { try overlay.remove([UInt8](repeating: 0, count: 512)) } == .keySize)
        let error = #expect(throws: StorageError.self) {
            try StateKey.full(instance: 1, collection: 1, key: [UInt8](repeating: 0, count: 507))
        }
        #expect(error?.code == .keySize)
        #expect(error?.message.contains("506 are allowed") == true)
        let longest = try StateKey.full(instance: 1, collection: 2, key: [UInt8](repeating: 3, count: 506))
        #expect(longest.count == 511)
        #expect(Array(longest.prefix(6)) == [0, 0, 0, 1, 2, 3])
        try overlay.set(longest, to: [4])
        try chain.append(BlockContent(height: 0, timeNanoseconds: 0, writes: try overlay.writeSet()))
        #expect(try chain.state.value(of: longest) == [4])
    }

    @Test("changes out of order or named twice are no write set")
    func refusesUnsorted() {
        #expect(
            code { _ = try WriteSet([(key: [2], change: .removal), (key: [1], change: .removal)]) } == .unsortedWriteSet
        )
        #expect(
            code { _ = try WriteSet([(key: [2], change: .removal), (key: [2], change: .removal)]) } == .unsortedWriteSet
        )
    }

    @Test("changes that could be mistaken for each other have different hashes")
    func hashesWithoutAmbiguity() throws {
        let sets: [[(key: [UInt8], change: StateChange)]] = [
            [], [(key: [1], change: .removal)], [(key: [1], change: .value([]))], [(key: [1], change: .value([0]))],
            [(key: [1, 0], change: .value([]))], [(key: [1, 0], change: .removal)],
            [(key: [1], change: .removal), (key: [2], change: .removal)],
        ]
        let hashes = try Set(sets.map { try WriteSet($0).hash })
        #expect(hashes.count == sets.count)
    }
}
