import ICS23
import StorageTestSupport
import Testing

@testable import Storage

@Suite("A proof of the state")
struct StateProofTests {
    /// Checks the proofs of some keys at every provable height against what the state was then.
    private func checkProofs(_ tree: TreeChain, keys: [[UInt8]]) throws {
        let heights = try #require(try tree.chain.provableHeights())
        for height in heights {
            let header = try #require(try tree.chain.log.header(at: height))
            let state = tree.states[Int(height)]
            for key in keys {
                let proof = try tree.chain.proof(of: key, at: height)
                #expect(proof.height == height)
                #expect(proof.value == state.entries[key])
                #expect(throws: Never.self) { try proof.verify(appHash: header.appHash) }
            }
        }
    }

    @Test(
        "verifies for every key, there or not, at every height that is kept",
        arguments: [1, 2] as [UInt64],
        TestKeys.allCases
    )
    func verifies(seed: UInt64, keys: TestKeys) throws {
        print("seed \(seed)")
        var generator = SplitMix64(seed: seed)
        var tree = try TreeChain(provableHeights: 12)
        for height in 0..<30 {
            let count = height == 0 ? 60 : Int.random(in: 0...12, using: &generator)
            try tree.append(tree.randomChanges(count, keysBelow: 70, keys, using: &generator))
            if height % 10 == 9 {
                try checkProofs(tree, keys: (0..<90).map { keys($0) })
            }
        }
        #expect(try tree.chain.provableHeights() == 17...29)
        try expectSound(tree)
    }

    @Test("verifies in trees of one, two and three entries", arguments: [1, 2, 3])
    func verifiesInSmallTrees(count: Int) throws {
        var tree = try TreeChain()
        try tree.append(Dictionary(uniqueKeysWithValues: (0..<count).map { (TreeChain.key($0), .value([1])) }))
        for number in 0..<count {
            try tree.append([TreeChain.key(number): .value([2])])
        }
        try checkProofs(tree, keys: (0..<40).map(TreeChain.key))
    }

    @Test("verifies in a tree of three thousand entries")
    func verifiesInLargeTree() throws {
        var generator = SplitMix64(seed: 3)
        var tree = try TreeChain()
        try tree.append(Dictionary(uniqueKeysWithValues: (0..<3_000).map { (TreeChain.key($0), .value([1])) }))
        for _ in 0..<3 {
            try tree.append(tree.randomChanges(500, keysBelow: 4_000, using: &generator))
        }
        try checkProofs(tree, keys: stride(from: 0, to: 4_500, by: 31).map(TreeChain.key))
    }

    @Test("of several keys at once is that of each alone, at every height that is kept")
    func provesSeveral() throws {
        var generator = SplitMix64(seed: 5)
        var tree = try TreeChain(provableHeights: 5)
        for height in 0..<9 {
            try tree.append(tree.randomChanges(height == 0 ? 300 : 40, keysBelow: 400, using: &generator))
        }
        // Not in the tree's order, some absent, one twice.
        let keys = (stride(from: 430, to: 0, by: -7).map(TreeChain.key) + [TreeChain.key(3), TreeChain.key(3)])
        for height in try #require(try tree.chain.provableHeights()) {
            let together = try tree.chain.proofs(of: keys, at: height)
            #expect(together == (try keys.map { try tree.chain.proof(of: $0, at: height) }))
        }
        #expect(try tree.chain.proofs(of: []).isEmpty)
        #expect(code { _ = try tree.chain.proofs(of: [[1], []]) } == .keySize)
        #expect(code { _ = try tree.chain.proofs(of: [[1]], at: 1) } == .notProvable)
    }

    @Test("is one of ICS-23, in two steps from the entry to the app hash")
    func isOfICS23() throws {
        var tree = try TreeChain()
        try tree.append([[1]: .value([10]), [2]: .value([20]), [3]: .value([])])
        let header = try #require(tree.chain.headHeader)
        let present = try tree.chain.proof(of: [2])
        try present.proof.verifyMembership(
            specs: [.smt, .tendermint],
            root: header.appHash.bytes,
            path: MerklePath(keys: [Array("state".utf8), [2]]),
            value: [20]
        )
        let absent = try tree.chain.proof(of: [4])
        try absent.proof.verifyNonMembership(
            specs: [.smt, .tendermint],
            root: header.appHash.bytes,
            path: MerklePath(keys: [Array("state".utf8), [4]])
        )
        let lower = try #require(present.proof.proofs.first)
        try lower.verifyMembership(spec: .smt, root: header.stateRoot.bytes, key: [2], value: [20])
        // Verifiers refuse empty values, so the tree holds a mark in their place.
        let empty = try tree.chain.proof(of: [3])
        #expect(empty.value == [])
        try empty.proof.verifyMembership(
            specs: StateProof.specs,
            root: header.appHash.bytes,
            path: empty.path,
            value: SparseMerkleTree.emptyValueMark
        )
    }

    @Test("does not verify for another value, key, height or app hash")
    func refuses() throws {
        var generator = SplitMix64(seed: 4)
        var tree = try TreeChain()
        try tree.append(tree.randomChanges(40, keysBelow: 50, using: &generator))
        try tree.append(tree.randomChanges(40, keysBelow: 50, using: &generator))
        let headers = try (0...1).map { try #require(try tree.chain.log.header(at: $0)) }
        for number in 0..<50 {
            let key = TreeChain.key(number)
            let proof = try tree.chain.proof(of: key, at: 1)
            func verifies(value: [UInt8]?, key: [UInt8] = key, at height: Int = 1) -> Bool {
                let other = StateProof(height: 1, key: key, value: value, proof: proof.proof)
                return (try? other.verify(appHash: headers[height].appHash)) != nil
            }
            #expect(verifies(value: proof.value))
            #expect(!verifies(value: (proof.value ?? []) + [1]))
            if proof.value != nil { #expect(!verifies(value: nil)) }
            #expect(!verifies(value: proof.value, at: 0))
            for other in 0..<50 {
                // A gap without entries proves every key in it.
                let otherKey = TreeChain.key(other)
                guard other != number, verifies(value: proof.value, key: otherKey) else { continue }
                #expect(proof.value == nil)
                #expect(tree.model.entries[otherKey] == nil)
            }
            #expect(throws: ICS23Error.self) { try proof.verify(appHash: headers[1].stateRoot) }
        }
    }

    @Test("with any bit of its encoding changed is refused, or proves no more than before")
    func noticesEveryBit() throws {
        var tree = try TreeChain()
        try tree.append(Dictionary(uniqueKeysWithValues: (0..<20).map { (TreeChain.key($0), .value([1])) }))
        let header = try #require(tree.chain.headHeader)
        for key in [TreeChain.key(3), TreeChain.key(99)] {
            let proof = try tree.chain.proof(of: key)
            let bytes = try proof.proof.encoded()
            for position in bytes.indices {
                var other = bytes
                other[position] ^= 1 << UInt8(position % 8)
                guard let mangled = try? MerkleProof(decoding: other) else { continue }
                let wrong = StateProof(height: 0, key: key, value: proof.value.map { _ in [2] }, proof: mangled)
                if proof.value != nil {
                    #expect(throws: ICS23Error.self) { try wrong.verify(appHash: header.appHash) }
                }
                let same = StateProof(height: 0, key: key, value: proof.value, proof: mangled)
                // What a proof of absence says of the key that was asked for decides nothing.
                guard mangled != proof.proof, proof.value != nil else { continue }
                #expect(throws: ICS23Error.self) { try same.verify(appHash: header.appHash) }
            }
        }
    }

    @Test("is given at heights that are kept, and told which these are at others")
    func isGivenWhereKept() throws {
        var tree = try TreeChain(provableHeights: 4)
        #expect(try tree.chain.provableHeights() == nil)
        #expect(code { _ = try tree.chain.proof(of: [1]) } == .unknownHeight)
        try tree.append([:])
        #expect(code { _ = try tree.chain.proof(of: [1]) } == .notProvable)
        for number in 0..<9 {
            try tree.append([TreeChain.key(number): .value([1])])
        }
        #expect(try tree.chain.provableHeights() == 5...9)
        #expect(try tree.chain.proof(of: TreeChain.key(4), at: 5).value == [1])
        #expect(try tree.chain.proof(of: TreeChain.key(5), at: 5).value == nil)
        let error = #expect(throws: StorageError.self) { try tree.chain.proof(of: [1], at: 4) }
        #expect(error?.code == .notProvable)
        #expect(error?.message.contains("at the heights 5 to 9") == true)
        #expect(code { _ = try tree.chain.proof(of: [1], at: 10) } == .unknownHeight)
        #expect(code { _ = try tree.chain.proof(of: []) } == .keySize)
    }

    @Test("is not to be had with a commitment that keeps no tree")
    func needsTree() throws {
        let folder = try TemporaryFolder()
        var options = ChainOptions(durability: .none)
        options.commitment = RollingCommitment()
        let chain = try ChainStore.create(at: folder.path, chainID: "tree", options: options)
        try chain.append(BlockContent(height: 0, timeNanoseconds: 0))
        #expect(code { _ = try chain.proof(of: [1]) } == .notProvable)
        #expect(code { _ = try chain.provableHeights() } == .notProvable)
        #expect(code { _ = try chain.checkStateTree() } == .notProvable)
        try chain.close()
        let error = #expect(throws: StorageError.self) { try ChainStore.open(at: folder.path, expectedChainID: nil) }
        #expect(error?.code == .wrongCommitment)
        #expect(error?.message.contains("replay the log into a new store") == true)
    }

    @Test("can be had by a reader while another handle writes, and of pending blocks")
    func includesPending() throws {
        var tree = try TreeChain(durability: .grouped(interval: .seconds(86_400)))
        try tree.append([[1]: .value([1])])
        try tree.append([[1]: .value([2])])
        try tree.chain.flush()
        try tree.append([[1]: .value([3])])
        for height in 0..<3 {
            #expect(try tree.chain.proof(of: [1], at: UInt64(height)).value == [UInt8(height + 1)])
        }
        try tree.chain.close()
        let reader = try ChainStore.open(at: tree.folder.path, expectedChainID: nil, access: .readOnly)
        #expect(try reader.proof(of: [1]).value == [3])
        #expect(try reader.proof(of: [2], at: 1).value == nil)
        #expect(try reader.checkStateTree().historyHeightCount == 3)
        try reader.close()
    }
}
