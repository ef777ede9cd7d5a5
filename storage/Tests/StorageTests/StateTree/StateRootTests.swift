import StorageTestSupport
import Testing

@testable import Storage

@Suite("The root of the state tree")
struct StateRootTests {
    @Test("of nothing is zeros, and of one entry its leaf")
    func isDefined() throws {
        var tree = try TreeChain()
        try tree.append([:])
        #expect(tree.chain.headHeader?.stateRoot == .zero)
        try tree.append([[7]: .value([8])])
        let leaf = [0] + Hash.sha256([7]).bytes + Hash.sha256([8]).bytes
        #expect(tree.chain.headHeader?.stateRoot == .sha256(leaf))
        try expectSound(tree)
        try tree.append([[7]: .removal])
        #expect(tree.chain.headHeader?.stateRoot == .zero)
        try expectSound(tree)
        #expect(try tree.nodes().allSatisfy { $0.key.first != 0 })
    }

    @Test("is the model's after any changes", arguments: TestHashing.allCases, [1, 2, 3] as [UInt64])
    func isTheModels(hashing: TestHashing, seed: UInt64) throws {
        for keys in TestKeys.allCases {
            try expectModel(keys, hashing, seed)
        }
    }

    private func expectModel(_ keys: TestKeys, _ hashing: TestHashing, _ seed: UInt64) throws {
        print("seed \(seed)")
        var generator = SplitMix64(seed: seed)
        var tree = try TreeChain(provableHeights: 3, hashing: hashing)
        for _ in 0..<40 {
            let count = Int.random(in: 0...30, using: &generator)
            try tree.append(tree.randomChanges(count, keysBelow: 60, keys, using: &generator))
            try expectSound(tree)
            let root = try SparseMerkleTree.root(of: tree.chain.state, hashing: hashing.keyHashing)
            #expect(root.bytes == tree.model.root)
        }
    }

    @Test("of many entries is the model's, in one block and in many", arguments: [1, 2, 16, 17, 300, 3_000])
    func ofMany(count: Int) throws {
        var whole = try TreeChain(provableHeights: 0)
        let changes = Dictionary(uniqueKeysWithValues: (0..<count).map { (TreeChain.key($0), StateChange.value([1])) })
        try whole.append(changes)
        try expectSound(whole)
        #expect(try SparseMerkleTree.root(of: whole.chain.state).bytes == whole.model.root)

        var generator = SplitMix64(seed: UInt64(count))
        var parts = try TreeChain(provableHeights: 2)
        let keys = changes.keys.sorted { $0.lexicographicallyPrecedes($1) }.shuffled(using: &generator)
        for start in stride(from: 0, to: count, by: max(count / 20, 1)) {
            let part = keys[start..<min(start + max(count / 20, 1), count)]
            try parts.append(Dictionary(uniqueKeysWithValues: part.map { ($0, .value([1])) }))
        }
        try expectSound(parts)
        #expect(parts.chain.headHeader?.stateRoot == whole.chain.headHeader?.stateRoot)
        // The records of the tree follow from the state alone too.
        let nodes = try parts.nodes().filter { $0.key.first == 0 }
        #expect(nodes.map(\.key) == (try whole.nodes().map(\.key)))
        #expect(nodes.map(\.value) == (try whole.nodes().map(\.value)))
    }

    @Test("comes back when changes are taken back", arguments: TestHashing.allCases)
    func comesBack(hashing: TestHashing) throws {
        var generator = SplitMix64(seed: 5)
        var tree = try TreeChain(hashing: hashing)
        try tree.append(tree.randomChanges(40, keysBelow: 80, using: &generator))
        for _ in 0..<20 {
            let before = tree.model.entries
            let nodes = try tree.nodes().filter { $0.key.first == 0 }
            let changes = tree.randomChanges(12, keysBelow: 80, using: &generator)
            try tree.append(changes)
            try tree.append(
                Dictionary(uniqueKeysWithValues: changes.keys.map { ($0, before[$0].map { .value($0) } ?? .removal) })
            )
            try expectSound(tree)
            let after = try tree.nodes().filter { $0.key.first == 0 }
            #expect(after.map(\.key) == nodes.map(\.key))
            #expect(after.map(\.value) == nodes.map(\.value))
        }
    }

    @Test("stays when nothing changes, and then no node is written")
    func stays() throws {
        var tree = try TreeChain(provableHeights: 0)
        try tree.append([[1]: .value([1]), [2]: .value([]), [3]: .value([3])])
        let root = tree.chain.headHeader?.stateRoot
        let block = try tree.chain.prepare(
            BlockContent(
                height: 1,
                timeNanoseconds: 0,
                writes: try WriteSet([([1], .value([1])), ([2], .value([])), ([4], .removal)])
            )
        )
        #expect(block.header.stateRoot == root)
        #expect(block.nodeWrites.isEmpty)
    }

    @Test("includes blocks that are pending, and goes on after reopening")
    func goesOn() throws {
        var generator = SplitMix64(seed: 9)
        var tree = try TreeChain(durability: .grouped(interval: .seconds(86_400)))
        for _ in 0..<12 {
            try tree.append(tree.randomChanges(10, keysBelow: 40, using: &generator))
            try expectSound(tree)
            _ = try tree.chain.proof(of: TreeChain.key(1))
        }
        try tree.chain.flush()
        try tree.append(tree.randomChanges(10, keysBelow: 40, using: &generator))
        try expectSound(tree)
        try tree.reopen(provableHeights: 100)
        try expectSound(tree)
        try tree.append(tree.randomChanges(10, keysBelow: 40, using: &generator))
        try expectSound(tree)
    }

    @Test("cannot be made over two keys with one hash")
    func refusesCollision() throws {
        let folder = try TemporaryFolder()
        var options = ChainOptions(durability: .none)
        options.commitment = SparseMerkleCommitment(provableHeights: 0, hashing: KeyHashing { _ in .sha256([]) })
        let chain = try ChainStore.create(at: folder.path, chainID: "tree", options: options)
        let writes = try WriteSet([([1], .value([1])), ([2], .value([2]))])
        let block = BlockContent(height: 0, timeNanoseconds: 0, writes: writes)
        #expect(code { try chain.append(block) } == .hashCollision)
    }

    @Test("is not built on a damaged node")
    func refusesDamage() throws {
        var tree = try TreeChain(provableHeights: 0)
        try tree.append(Dictionary(uniqueKeysWithValues: (0..<100).map { (TreeChain.key($0), .value([1])) }))
        for (key, value) in try tree.nodes() {
            let leaf = try #require(tree.model.keys.first { NodeKey.node(towards: $0, level: key.count - 1) == key })
            var mangled = value
            mangled[value.count - 1] ^= 1
            try tree.write(mangled, for: key, in: tree.chain.tables.commitment)
            let writes = try WriteSet([(key: leaf, change: .value([2]))])
            let content = BlockContent(height: 1, timeNanoseconds: 0, writes: writes)
            #expect(code { _ = try tree.chain.prepare(content) } == .damaged)
            try tree.write(value, for: key, in: tree.chain.tables.commitment)
        }
    }
}

extension NodeBundle {
    fileprivate static func decoded(_ bytes: [UInt8]) -> NodeBundle? {
        decoded(bytes.indices, of: bytes)
    }

    fileprivate static func decoded(_ record: Range<Int>, of bytes: [UInt8]) -> NodeBundle? {
        var bundle = NodeBundle()
        return bundle.decode(record, of: bytes, hashing: .sha256) ? bundle : nil
    }

    fileprivate func encoded(keysIn bytes: [UInt8]) -> [UInt8] {
        var record: [UInt8] = []
        encode(into: &record, keysIn: bytes)
        return record
    }
}

extension BundleHashes {
    fileprivate init(_ bundle: NodeBundle) {
        self.init()
        update(bundle, changed: .max)
    }
}

extension NodeKey {
    fileprivate static func node(towards key: [UInt8], level: Int) -> [UInt8] {
        node(at: TreePath(level: level, towards: .sha256(key)))
    }
}

@Suite("A bundle")
struct BundleTests {
    /// The keys of the sample's leaves.
    private static let keys: [UInt8] = [1, 2, 3] + [UInt8](repeating: 9, count: 511)

    private static let sample: NodeBundle = {
        func leaf(_ key: Range<Int>, value: [UInt8]) -> NodeBundle.Slot {
            .leaf(NodeBundle.Leaf(key: key, keyHash: .sha256(Array(keys[key])), valueHash: .sha256(value)))
        }
        var bundle = NodeBundle()
        bundle.slots[0] = leaf(0..<3, value: [1])
        bundle.slots[3] = .inner(.sha256([2]))
        bundle.slots[15] = leaf(3..<keys.count, value: [3])
        return bundle
    }()

    @Test("is read back as it was, and has one encoding")
    func isReadBack() throws {
        let bytes = Self.sample.encoded(keysIn: Self.keys)
        #expect(bytes.starts(with: [0x80, 0x09, 0x00, 0x08] + Hash.sha256([1]).bytes + [0, 3, 1, 2, 3]))
        #expect(NodeBundle.decoded(bytes) == Self.sample)
        for position in bytes.indices {
            for bit in 0..<8 {
                var other = bytes
                other[position] ^= 1 << UInt8(bit)
                guard let bundle = NodeBundle.decoded(other) else { continue }
                #expect(bundle.encoded(keysIn: other) == other)
                #expect(bundle != Self.sample)
            }
        }
    }

    @Test("is read from anywhere in some bytes, and its keys with it")
    func isReadFromAnywhere() throws {
        let record = Self.sample.encoded(keysIn: Self.keys)
        let bytes = [7, 7, 7] + record + [8]
        let bundle = try #require(NodeBundle.decoded(3..<3 + record.count, of: bytes))
        #expect(bundle == Self.sample)
        #expect(bundle.encoded(keysIn: bytes) == record)
        #expect(NodeBundle.decoded(2..<2 + record.count, of: bytes) == nil)
        #expect(NodeBundle.decoded(3..<bytes.count, of: bytes) == nil)
    }

    @Test("that is cut off, goes on or contradicts itself is refused")
    func refuses() {
        let bytes = Self.sample.encoded(keysIn: Self.keys)
        for count in bytes.indices {
            #expect(NodeBundle.decoded(Array(bytes.prefix(count))) == nil)
        }
        #expect(NodeBundle.decoded(bytes + [0]) == nil)
        #expect(NodeBundle.decoded([0, 0, 0, 1] + Hash.zero.bytes) == nil)
        #expect(NodeBundle.decoded([0, 1, 0, 0] + Hash.zero.bytes + [0, 0]) == nil)
        #expect(
            NodeBundle.decoded([0, 1, 0, 0] + Hash.zero.bytes + [2, 0] + [UInt8](repeating: 0, count: 512)) == nil
        )
    }

    @Test("updates its hashes to what it would have from the start", arguments: [1, 2, 3] as [UInt64])
    func updates(seed: UInt64) {
        var generator = SplitMix64(seed: seed)
        var bundle = NodeBundle()
        var hashes = BundleHashes(bundle)
        for _ in 0..<200 {
            var changed: UInt16 = 0
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                let index = Int.random(in: 0..<16, using: &generator)
                let hash = Hash.sha256(generator.bytes(8...8))
                changed |= 1 << UInt16(index)
                bundle.slots[index] =
                    switch Int.random(in: 0..<4, using: &generator) {
                    case 0: .inner(hash)
                    case 1: .leaf(NodeBundle.Leaf(key: 0..<1, keyHash: hash, valueHash: hash))
                    default: .empty
                    }
            }
            hashes.update(bundle, changed: changed)
            let fresh = BundleHashes(bundle)
            #expect(hashes.root == fresh.root)
            for slot in 0..<16 {
                #expect(hashes.siblings(of: slot).map(\.hash) == fresh.siblings(of: slot).map(\.hash))
            }
        }
    }
}
