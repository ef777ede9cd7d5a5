import ICS23
import StorageTestSupport
import Testing

@testable import Storage

@Suite("An entry of a published collection")
struct PublishedStateTests {
    private static let collection = StateKey.publishedCollections.lowerBound

    private func full(_ local: [UInt8], instance: UInt32 = 7, collection: UInt8 = Self.collection) -> [UInt8] {
        StateKey.prefix(instance: instance, collection: collection) + local
    }

    @Test("is proven under its key alone, as a verifier of IBC spells the path")
    func isProvenUnderPath() throws {
        var tree = try TreeChain()
        try tree.append([full(TestKeys.path(1)): .value([1])])
        // SHA-256(0x00 ‖ SHA-256(path) ‖ SHA-256(0x01)), computed elsewhere.
        #expect(
            tree.chain.headHeader?.stateRoot.hexadecimal
                == "2200267787ea7146957941db9cbbb696ca5072f4c903ab0704c14a84931f0827"
        )
        try tree.append(Dictionary(uniqueKeysWithValues: (2..<30).map { (TestKeys.mixed($0), .value([1])) }))
        let header = try #require(tree.chain.headHeader)
        for sequence in [1, 5, 29, 31] {
            let key = sequence == 1 ? full(TestKeys.path(1)) : TestKeys.mixed(sequence)
            let path = MerklePath(keys: [
                Array("state".utf8),
                Array("commitments/ports/transfer/channels/channel-0/sequences/\(sequence)".utf8),
            ])
            let proof = try tree.chain.proof(of: key)
            #expect(proof.key == key)
            #expect(proof.path == path)
            if sequence < 30 {
                try proof.proof.verifyMembership(
                    specs: [.smt, .tendermint],
                    root: header.appHash.bytes,
                    path: path,
                    value: [1]
                )
            } else {
                try proof.proof.verifyNonMembership(
                    specs: [.smt, .tendermint],
                    root: header.appHash.bytes,
                    path: path
                )
            }
            // The full key is nowhere in the tree.
            #expect(throws: ICS23Error.self) {
                try proof.proof.verifyMembership(
                    specs: StateProof.specs,
                    root: header.appHash.bytes,
                    path: MerklePath(keys: [Array("state".utf8), key]),
                    value: [1]
                )
            }
        }
    }

    @Test("that is absent is so between published and unpublished neighbours, as they are in the tree")
    func isAbsentBetween() throws {
        var tree = try TreeChain()
        try tree.append(Dictionary(uniqueKeysWithValues: (0..<24).map { (TestKeys.mixed($0), .value([1])) }))
        let header = try #require(tree.chain.headHeader)
        var sides: Set<[Bool]> = []
        for number in 24..<90 {
            let proof = try tree.chain.proof(of: TestKeys.mixed(number))
            try proof.verify(appHash: header.appHash)
            guard case .nonExistence(let absence) = try #require(proof.proof.proofs.first) else {
                Issue.record("\(number) is there")
                continue
            }
            #expect(absence.key == SparseTreeModel.committed(TestKeys.mixed(number)))
            let neighbours = [absence.left, absence.right].compactMap { $0?.key }
            #expect(
                neighbours.allSatisfy { key in
                    tree.model.keys.contains { SparseTreeModel.committed($0) == key }
                }
            )
            sides.insert(neighbours.map { $0.starts(with: Array("commitments".utf8)) })
        }
        #expect(sides.isSuperset(of: [[true, true], [true, false], [false, true], [false, false]]))
    }

    @Test("changes no root of a state without any")
    func changesNoOther() throws {
        // The largest collection that is not published, and roots that were computed elsewhere.
        let changes = (0..<40).map { number in
            let key = StateKey.prefix(instance: UInt32(1 + number % 3), collection: number % 2 == 1 ? 223 : 1)
            let value = [UInt8](repeating: UInt8(number), count: number % 5)
            return (key + [0, 0, 0, UInt8(number)], StateChange.value(value))
        }
        var tree = try TreeChain()
        try tree.append(Dictionary(uniqueKeysWithValues: changes))
        #expect(
            tree.chain.headHeader?.stateRoot.hexadecimal
                == "346ed0dc105f13131cd857914380a340ffd533f77d570c1a56ba382bde44a361"
        )
        try tree.append(
            Dictionary(uniqueKeysWithValues: (1...8).map { (full(TestKeys.path($0)), .value([UInt8($0)])) })
        )
        #expect(
            tree.chain.headHeader?.stateRoot.hexadecimal
                == "90b734ce7a467fa15d5a1a2669b8c563f3ef6f75ebda24ec56d9b116104644ec"
        )
        try expectSound(tree)
    }

    @Test("is refused with an empty key, one led by a zero byte, and of an instance beyond the last")
    func refusesKeys() throws {
        let tree = try TreeChain()
        let cases: [(key: [UInt8], code: StorageError.Code)] = [
            (full([]), .keySize), (full([0]), .ambiguousKey),
            (full([0, 0, 0, 1, 1, 9], collection: 255), .ambiguousKey),
            (full([1], instance: StateKey.maximumInstance + 1), .outOfRange),
            (full([1], instance: .max, collection: 1), .outOfRange),
        ]
        for (key, expected) in cases {
            for change in [StateChange.value([1]), .removal] {
                let writes = try WriteSet([(key: key, change: change)])
                let content = BlockContent(height: 0, timeNanoseconds: 0, writes: writes)
                #expect(code { _ = try tree.chain.prepare(content) } == expected)
            }
            var overlay = StateOverlay(over: EmptyState())
            #expect(code { try overlay.set(key, to: [1]) } == expected)
            #expect(code { try overlay.remove(key) } == expected)
            #expect(code { _ = try tree.chain.proof(of: key) } == expected)
            let instance = key.prefix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
            #expect(
                code { _ = try StateKey.full(instance: instance, collection: key[4], key: Array(key[5...])) }
                    == expected
            )
            // Even so, nothing stands in for the full key of another entry.
            if expected != .outOfRange { #expect(Array(StateKey.committedKey(of: key)) == key) }
        }
        for collection in [0, 1, 223] as [UInt8] {
            #expect(try StateKey.full(instance: StateKey.maximumInstance, collection: collection, key: []).count == 5)
            #expect(try StateKey.full(instance: 0, collection: collection, key: [0]).count == 6)
        }
        for short in [[], [255], [0, 0, 0, 7], [0, 0, 0, 7, 255]] as [[UInt8]] {
            #expect(Array(StateKey.committedKey(of: short)) == short)
            #expect(!StateKey.isPublished(short))
        }
        #expect(Array(StateKey.committedKey(of: [9] + full([1, 2])[...].dropFirst())) == [1, 2])
        #expect(Array(StateKey.committedKey(of: full([1, 2], collection: 223))) == full([1, 2], collection: 223))
    }

    @Test(
        "is refused beside another one with its key, in the same block and in a later one",
        arguments: [[0, 0, 0, 7, 255], [0, 0, 0, 8, 224]] as [[UInt8]]
    )
    func refusesCollision(otherPrefix: [UInt8]) throws {
        let local = TestKeys.path(1)
        let (first, second) = (full(local), otherPrefix + local)
        var tree = try TreeChain()
        try tree.append(Dictionary(uniqueKeysWithValues: (0..<40).map { (TreeChain.key($0), .value([1])) }))
        func refusal(_ changes: [(key: [UInt8], change: StateChange)]) throws -> StorageError.Code? {
            let content = BlockContent(height: tree.height + 1, timeNanoseconds: 0, writes: try WriteSet(changes))
            return code { _ = try tree.chain.prepare(content) }
        }
        #expect(try refusal([(first, .value([1])), (second, .value([2]))]) == .hashCollision)
        #expect(try refusal([(first, .value([1])), (second, .value([1]))]) == .hashCollision)
        try tree.append([first: .value([1])])
        #expect(try refusal([(second, .value([1]))]) == .hashCollision)
        #expect(try refusal([(first, .removal), (second, .value([1]))]) == .hashCollision)
        // To remove the one that is not there changes nothing.
        try tree.append([second: .removal])
        try expectSound(tree)
        #expect(try tree.chain.proof(of: first).value == [1])
        #expect(code { _ = try tree.chain.proof(of: second) } == .notProvable)
        // In two blocks the key goes from one to the other, and what was before stays known.
        try tree.append([first: .removal])
        try tree.append([second: .value([1])])
        try expectSound(tree)
        #expect(try tree.chain.proof(of: second).value == [1])
        #expect(code { _ = try tree.chain.proof(of: first) } == .notProvable)
        #expect(try tree.chain.proof(of: first, at: tree.height - 1).value == nil)
        #expect(try tree.chain.proof(of: first, at: tree.height - 2).value == [1])
        #expect(code { _ = try tree.chain.proof(of: second, at: tree.height - 2) } == .notProvable)
    }

    @Test(
        "that stands in the state beside another one with its key is found by the check and by the root of all entries"
    )
    func findsCollision() throws {
        var tree = try TreeChain()
        try tree.append([full([1]): .value([1]), full([2]): .value([2]), TreeChain.key(1): .value([3])])
        try tree.write([1], for: full([1], collection: 230), in: tree.chain.tables.state)
        #expect(code { try tree.chain.checkStateTree() } == .damaged)
        #expect(code { _ = try SparseMerkleTree.root(of: tree.chain.state) } == .hashCollision)
    }

    @Test("is kept in records with a check of its instance and collection")
    func isKeptWithCheck() throws {
        let key = full(TestKeys.path(1))
        var bundle = NodeBundle()
        bundle.slots[5] = .leaf(
            NodeBundle.Leaf(key: key.indices, keyHash: SparseMerkleTree.keyHash(key), valueHash: .sha256([1]))
        )
        var record: [UInt8] = []
        bundle.encode(into: &record, keysIn: key)
        let check = Hash.sha256([6] + key.prefix(5) + Hash.sha256(TestKeys.path(1)).bytes).bytes.prefix(4)
        #expect(record == [0, 32, 0, 0] + Hash.sha256([1]).bytes + [0, UInt8(key.count)] + key + check)
        var decoded = NodeBundle()
        let isDecoded = decoded.decode(record.indices, of: record, hashing: .sha256)
        #expect(isDecoded)
        #expect(decoded == bundle)
        for position in Array(38..<43) + record.indices.suffix(4) {
            var other = record
            other[position] ^= 1
            var mangled = NodeBundle()
            let isMangledDecoded = mangled.decode(other.indices, of: other, hashing: .sha256)
            #expect(!isMangledDecoded, "\(position)")
        }
    }
}
