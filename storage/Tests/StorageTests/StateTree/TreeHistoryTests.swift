import StorageTestSupport
import Testing

@testable import Storage

@Suite("The history of the state tree")
struct TreeHistoryTests {
    private func historyHeights(_ tree: TreeChain) throws -> [UInt64] {
        var heights: [UInt64] = []
        for (key, _) in try tree.nodes() where key.first == 1 {
            let height = try NodeKey.height(ofHistory: key.span.bytes).height
            if heights.last != height { heights.append(height) }
        }
        return heights
    }

    @Test("holds exactly the heights that are to be provable", arguments: [0, 1, 2, 7] as [UInt64])
    func holdsExactly(count: UInt64) throws {
        var generator = SplitMix64(seed: 1)
        var tree = try TreeChain(provableHeights: count)
        for height in UInt64(0)..<20 {
            try tree.append(tree.randomChanges(15, keysBelow: 40, using: &generator))
            let first = height + 1 > count ? height + 1 - count : 0
            #expect(try historyHeights(tree) == Array(first..<height + 1))
            try expectSound(tree)
            // Before the first block there is nothing to prove.
            let provable = height > count ? height - count : 0
            #expect(try tree.chain.provableHeights() == provable...height)
            if height > count {
                #expect(code { _ = try tree.chain.proof(of: [1], at: height - count - 1) } == .notProvable)
            }
        }
    }

    @Test("follows another number of heights after reopening")
    func follows() throws {
        var generator = SplitMix64(seed: 2)
        var tree = try TreeChain(provableHeights: 8)
        func append(_ count: Int) throws {
            for _ in 0..<count {
                try tree.append(tree.randomChanges(15, keysBelow: 40, using: &generator))
                try expectSound(tree)
            }
        }
        try append(12)
        try tree.reopen(provableHeights: 3)
        #expect(try tree.chain.provableHeights() == 3...11)
        // One height more and two fewer with each block.
        try append(2)
        #expect(try tree.chain.provableHeights() == 7...13)
        try append(4)
        #expect(try tree.chain.provableHeights() == 14...17)
        try tree.reopen(provableHeights: 6)
        try append(2)
        #expect(try tree.chain.provableHeights() == 14...19)
        try append(5)
        #expect(try tree.chain.provableHeights() == 18...24)
        try tree.reopen(provableHeights: 0)
        try append(1)
        #expect(try tree.chain.provableHeights() == 25...25)
        // What is left of before the gap proves nothing any more, and goes away.
        try tree.reopen(provableHeights: 2)
        try append(1)
        #expect(try tree.chain.provableHeights() == 25...26)
        try append(4)
        #expect(try historyHeights(tree) == [29, 30])
    }

    @Test("holds what was before a block: the nodes and values that it changed, and nothing else")
    func holdsWhatChanged() throws {
        var tree = try TreeChain(provableHeights: 1)
        try tree.append(Dictionary(uniqueKeysWithValues: (0..<200).map { (TreeChain.key($0), .value([1, 2])) }))
        let before = try tree.nodes().filter { $0.key.first == 0 }
        try tree.append([
            TreeChain.key(7): .value([3]), TreeChain.key(8): .value([1, 2]), TreeChain.key(999): .removal,
        ])
        let after = try tree.nodes()
        let history = after.filter { $0.key.first == 1 }
        let changed = before.filter { old in !after.contains { $0.key == old.key && $0.value == old.value } }
        #expect((2...4).contains(changed.count))
        let summary = TreeHistory.Summary(height: 1, recordCount: UInt32(changed.count + 1))
        let expected =
            [(key: NodeKey.summary(of: 1), value: summary.encoded)]
            + changed.map { (key: NodeKey.summary(of: 1) + $0.key, value: $0.value) }
            + [(key: NodeKey.value(of: .sha256(TreeChain.key(7)), before: 1), value: [1, 2])]
        #expect(history.map(\.key) == expected.map(\.key))
        #expect(history.map(\.value) == expected.map(\.value))
    }
}
