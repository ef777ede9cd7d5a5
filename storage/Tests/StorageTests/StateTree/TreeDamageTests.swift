import StorageTestSupport
import Testing

@testable import Storage

@Suite("A damaged state tree")
struct TreeDamageTests {
    private func makeTree(_ keys: TestKeys) throws -> TreeChain {
        var generator = SplitMix64(seed: 6)
        var tree = try TreeChain(provableHeights: 3)
        for _ in 0..<5 {
            try tree.append(tree.randomChanges(12, keysBelow: 24, keys, using: &generator))
        }
        try tree.append([:])
        try tree.append(tree.randomChanges(3, keysBelow: 24, keys, using: &generator))
        try expectSound(tree)
        return tree
    }

    /// What proofs say of a damaged tree is refused, or is what the state was.
    private func expectNoLies(_ tree: TreeChain, _ keys: TestKeys) throws {
        for height in UInt64(3)...6 {
            for number in 0..<26 {
                let key = keys(number)
                do throws(StorageError) {
                    let proof = try tree.chain.proof(of: key, at: height)
                    #expect(proof.value == tree.states[Int(height)].entries[key])
                } catch {
                    #expect(error.code == .damaged || error.code == .notProvable)
                }
            }
        }
    }

    @Test("with any byte of any record changed is found out, and proves nothing wrong", arguments: TestKeys.allCases)
    func findsChangedValues(keys: TestKeys) throws {
        let tree = try makeTree(keys)
        let table = tree.chain.tables.commitment
        for (number, (key, value)) in try tree.nodes().enumerated() {
            for position in value.indices {
                var mangled = value
                mangled[position] ^= 1 << UInt8((position + number) % 8)
                try tree.write(mangled, for: key, in: table)
                #expect(code { try tree.chain.checkStateTree() } == .damaged, "\(key) at \(position)")
                if position % 61 == number % 61 { try expectNoLies(tree, keys) }
            }
            for mangled in [[], Array(value.dropLast()), value + [0]] where mangled != value {
                try tree.write(mangled, for: key, in: table)
                #expect(code { try tree.chain.checkStateTree() } == .damaged)
            }
            try tree.write(value, for: key, in: table)
        }
        try expectSound(tree)
    }

    @Test(
        "with a record missing, added or under another key is found out, and proves nothing wrong",
        arguments: TestKeys.allCases
    )
    func findsChangedKeys(keys: TestKeys) throws {
        let tree = try makeTree(keys)
        let table = tree.chain.tables.commitment
        let nodes = try tree.nodes()
        for (number, (key, value)) in nodes.enumerated() {
            try tree.write(nil, for: key, in: table)
            // The summary of a block that changed nothing stands alone: without it the height is just not kept.
            if key.count > 9 || value.last != 0 {
                #expect(code { try tree.chain.checkStateTree() } == .damaged, "\(key)")
            }
            try expectNoLies(tree, keys)
            for position in key.indices {
                var other = key
                other[position] ^= 1 << UInt8((position + number) % 8)
                guard !nodes.contains(where: { $0.key == other }) else { continue }
                try tree.write(value, for: other, in: table)
                #expect(code { try tree.chain.checkStateTree() } == .damaged, "\(key) as \(other)")
                if position % 7 == number % 7 { try expectNoLies(tree, keys) }
                try tree.write(nil, for: other, in: table)
            }
            try tree.write(value, for: key, in: table)
            try tree.write(value, for: key + [0], in: table)
            #expect(code { try tree.chain.checkStateTree() } == .damaged)
            try tree.write(nil, for: key + [0], in: table)
        }
        try expectSound(tree)
    }

    @Test("is found out by an entry of the state that is changed, missing or added", arguments: TestKeys.allCases)
    func findsChangedState(keys: TestKeys) throws {
        let tree = try makeTree(keys)
        let table = tree.chain.tables.state
        for (key, value) in try tree.entries(of: table) {
            let others = [value + [0], value.isEmpty ? [0] : [UInt8](value.dropLast()), nil]
            let flipped = value.indices.map { position in
                var other = value
                other[position] ^= 1
                return other
            }
            for other in others + flipped {
                try tree.write(other, for: key, in: table)
                #expect(code { try tree.chain.checkStateTree() } == .damaged)
                let root = try SparseMerkleTree.root(of: tree.chain.state)
                #expect(root != tree.chain.headHeader?.stateRoot)
            }
            try expectNoLies(tree, keys)
            try tree.write(value, for: key, in: table)
        }
        try tree.write([1], for: [1, 2, 3, 4, 5, 6], in: table)
        #expect(code { try tree.chain.checkStateTree() } == .damaged)
        try expectNoLies(tree, keys)
    }
}
