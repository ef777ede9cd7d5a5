import Testing

@testable import ICS23

@Suite("A specification")
struct SpecTests {
    private let leaf = LeafOp(
        hash: .sha256,
        prehashKey: .noHash,
        prehashValue: .sha256,
        length: .varProto,
        prefix: [0, 2, 0x8A, 1]
    )
    private let node = InnerOp(
        hash: .sha256,
        prefix: [2, 4, 8, 32] + Array(repeating: 0x67, count: 32) + [32],
        suffix: []
    )
    private let parent = InnerOp(hash: .sha256, prefix: [4, 6, 8, 32], suffix: [])
    private let grandparent = InnerOp(hash: .sha256, prefix: [6, 12, 10, 32], suffix: [])

    private func check(_ path: [InnerOp], leaf: LeafOp? = nil, depths: ClosedRange<Int> = 0...0) throws {
        let spec = try ProofSpec(
            leaf: ProofSpec.iavl.leaf,
            inner: ProofSpec.iavl.inner,
            minimumDepth: depths.lowerBound,
            maximumDepth: depths.upperBound
        )
        try spec.check(ExistenceProof(key: [1], value: [1], leaf: leaf ?? self.leaf, path: path))
    }

    @Test("of IAVL takes leaves and nodes with height, size and version")
    func acceptsIAVL() throws {
        try check([])
        try check([node, parent])
        try check([node, parent, grandparent], depths: 2...4)
    }

    @Test("refuses paths that are too short or too long")
    func boundsDepth() throws {
        expectRefusal(.depthOutOfRange) { try check([node], depths: 2...4) }
        expectRefusal(.depthOutOfRange) { try check(Array(repeating: node, count: 5), depths: 2...4) }
    }

    @Test("that names no greatest depth means 128")
    func defaultsToDepth128() throws {
        let path = (1...129).map { height in
            InnerOp(hash: .sha256, prefix: [UInt8(height * 2 % 128) | 0x80, UInt8(height / 64), 2, 2, 32], suffix: [])
        }
        try check(Array(path.prefix(128)))
        expectRefusal(.depthOutOfRange) { try check(path) }
    }

    @Test("of IAVL refuses nodes that are too low, or whose numbers are not three")
    func refusesWrongIAVLNodes() {
        expectRefusal(.stepMismatch, "height 1 in layer 2") { try check([node, node]) }
        expectRefusal(.stepMismatch, "negative") {
            try check([InnerOp(hash: .sha256, prefix: [2, 3, 8, 32], suffix: [])])
        }
        expectRefusal(.stepMismatch, "two bytes left") {
            try check([InnerOp(hash: .sha256, prefix: [2, 4, 8, 32, 32], suffix: [])])
        }
        expectRefusal(.stepMismatch, "unfinished") {
            try check([InnerOp(hash: .sha256, prefix: [2, 4, 0x80, 0x80], suffix: [])])
        }
        expectRefusal(.stepMismatch, "over 64 bits") {
            try check([InnerOp(hash: .sha256, prefix: [2] + Array(repeating: 0xFF, count: 9) + [2, 2], suffix: [])])
        }
    }

    @Test("of IAVL refuses leaves with more or less than three numbers")
    func refusesWrongIAVLLeaves() {
        for prefix: [UInt8] in [[], [0], [0, 2], [0, 2, 4, 6], [2, 2, 4], [0, 1, 4], [0, 2, 0x80]] {
            let leaf = LeafOp(
                hash: .sha256,
                prehashKey: .noHash,
                prehashValue: .sha256,
                length: .varProto,
                prefix: prefix
            )
            expectRefusal(.leafMismatch, "\(prefix)") { try check([], leaf: leaf) }
        }
    }

    @Test("refuses leaves with other operations")
    func refusesOtherLeaves() {
        let (none, sha256, sha512) = (HashOp.noHash, HashOp.sha256, HashOp.sha512)
        for leaf in [
            LeafOp(hash: sha512, prehashKey: none, prehashValue: sha256, length: .varProto, prefix: [0, 2, 4]),
            LeafOp(hash: sha256, prehashKey: sha256, prehashValue: sha256, length: .varProto, prefix: [0, 2, 4]),
            LeafOp(hash: sha256, prehashKey: none, prehashValue: none, length: .varProto, prefix: [0, 2, 4]),
            LeafOp(hash: sha256, prehashKey: none, prehashValue: sha256, length: .noPrefix, prefix: [0, 2, 4]),
        ] {
            expectRefusal(.leafMismatch) { try check([], leaf: leaf) }
        }
    }

    @Test("refuses steps with another hash, a leaf's start, or affixes of wrong length")
    func refusesOtherSteps() {
        let zeros = { (count: Int) in [UInt8](repeating: 0, count: count) }
        for step in [
            InnerOp(hash: .sha512, prefix: [1], suffix: zeros(32)),
            InnerOp(hash: .sha256, prefix: [0], suffix: zeros(32)),
            InnerOp(hash: .sha256, prefix: [], suffix: zeros(32)),
            InnerOp(hash: .sha256, prefix: [1] + zeros(33), suffix: []),
            InnerOp(hash: .sha256, prefix: [1], suffix: zeros(31)),
            InnerOp(hash: .sha256, prefix: [1], suffix: zeros(33)),
        ] {
            let proof = ExistenceProof(key: [1], value: [1], leaf: ProofSpec.tendermint.leaf, path: [step])
            expectRefusal(.stepMismatch) { try ProofSpec.tendermint.check(proof) }
        }
    }

    @Test("that contradicts itself cannot be made")
    func refusesContradictions() {
        func inner(
            order: [Int] = [0, 1],
            size: Int = 32,
            shortest: Int = 1,
            longest: Int = 1,
            empty: [UInt8] = [],
            hash: HashOp = .sha256
        ) throws {
            _ = try InnerSpec(
                childOrder: order,
                childSize: size,
                minimumPrefixLength: shortest,
                maximumPrefixLength: longest,
                emptyChild: empty,
                hash: hash
            )
        }
        for order in [[], [0], [1, 2], [0, 0], [0, -1], [0, Int.max], Array(0..<33)] {
            expectRefusal(.invalidSpec, "\(order)") { try inner(order: order) }
        }
        for size in [0, -1, 31, Int.min, Int.max] { expectRefusal(.invalidSpec) { try inner(size: size) } }
        expectRefusal(.invalidSpec) { try inner(shortest: -1) }
        expectRefusal(.invalidSpec) { try inner(shortest: 2, longest: 1) }
        expectRefusal(.invalidSpec) { try inner(shortest: 1, longest: 33) }
        expectRefusal(.invalidSpec) { try inner(shortest: Int.max, longest: Int.max) }
        expectRefusal(.invalidSpec) { try inner(empty: [0]) }
        expectRefusal(.invalidSpec) { try inner(hash: .sha512) }
        let (leaf, valid) = (ProofSpec.smt.leaf, ProofSpec.smt.inner)
        for (least, most) in [(-1, 0), (0, -1), (3, 2), (129, 0), (0, 257), (Int.max, 0)] {
            expectRefusal(.invalidSpec, "\(least), \(most)") {
                _ = try ProofSpec(leaf: leaf, inner: valid, minimumDepth: least, maximumDepth: most)
            }
        }
    }

    @Test("of three children knows which are left and which right, whatever their order")
    func ordersChildren() throws {
        let hash = { (seed: UInt8) in [UInt8](repeating: seed, count: 32) }
        let inner = try InnerSpec(
            childOrder: [0, 2, 1],
            childSize: 32,
            minimumPrefixLength: 1,
            maximumPrefixLength: 1,
            emptyChild: hash(0),
            hash: .sha256
        )
        let first = InnerOp(hash: .sha256, prefix: [1], suffix: hash(2) + hash(3))
        let last = InnerOp(hash: .sha256, prefix: [1] + hash(1), suffix: hash(3))
        let middle = InnerOp(hash: .sha256, prefix: [1] + hash(1) + hash(2), suffix: [])
        #expect(inner.isLeftmost([first]) && !inner.isLeftmost([middle]) && !inner.isLeftmost([last]))
        #expect(inner.isRightmost([last]) && !inner.isRightmost([middle]) && !inner.isRightmost([first]))
        #expect(inner.areNeighbours(left: [first], right: [middle]))
        #expect(inner.areNeighbours(left: [middle], right: [last]))
        #expect(!inner.areNeighbours(left: [first], right: [last]))
        #expect(!inner.areNeighbours(left: [middle], right: [first]))
        // With the last child gone, the middle is rightmost; with the first gone, leftmost.
        #expect(inner.isRightmost([InnerOp(hash: .sha256, prefix: [1] + hash(1) + hash(0), suffix: [])]))
        #expect(inner.isLeftmost([InnerOp(hash: .sha256, prefix: [1] + hash(0) + hash(2), suffix: [])]))
    }

    @Test("is read from what it writes", arguments: [ProofSpec.iavl, .tendermint, .smt])
    func survivesTheWire(spec: ProofSpec) throws {
        #expect(try ProofSpec(decoding: spec.encoded()) == spec)
    }

    @Test("of IAVL has the published encoding")
    func hasPublishedEncoding() throws {
        // As it stands in the client state of a Tendermint light client.
        let expected = bytes(hexadecimal: "0a090801180120012a0100120c0a02000110211804200c3001")
        #expect(try ProofSpec.iavl.encoded() == expected)
    }
}
