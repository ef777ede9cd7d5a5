import ICS23
import Testing

/// The published attacks. Every forgery here leads to the true root, so that only the checks of form can refuse it.
@Suite("A forged proof")
struct ForgeryTests {
    private let other: ModelTree.Pair = (Array("other".utf8), [9])

    /// A value that is itself the preimage of a leaf: whoever may choose a value can hide a leaf in it.
    private func hiddenLeaf(_ spec: ProofSpec) -> (key: [UInt8], value: [UInt8], preimage: [UInt8]) {
        let (key, value) = (Array("stolen".utf8), Array("coins".utf8))
        let preimage: [UInt8] =
            switch spec {
            case .smt: [0] + ModelTree.hash(key) + ModelTree.hash(value)
            case .iavl: [0, 2, 4, UInt8(key.count)] + key + [32] + ModelTree.hash(value)
            default: [0, UInt8(key.count)] + key + [32] + ModelTree.hash(value)
            }
        return (key, value, preimage)
    }

    @Test("cannot take a leaf for an inner node", arguments: Trees.all)
    func refusesLeafAsInnerNode(build: Trees) throws {
        let hidden = hiddenLeaf(build.tree([other]).spec)
        let tree = build.tree([other, (Array("public".utf8), hidden.preimage)])
        let honest = try #require(tree.proofs.first { $0.value == hidden.preimage })
        let start: [UInt8] =
            switch build {
            case .smt: honest.leaf.prefix + ModelTree.hash(honest.key)
            case .iavl, .tendermint: honest.leaf.prefix + [UInt8(honest.key.count)] + honest.key + [32]
            }
        let forged = ExistenceProof(
            key: hidden.key,
            value: hidden.value,
            leaf: honest.leaf,
            path: [InnerOp(hash: .sha256, prefix: start, suffix: [])] + honest.path
        )
        #expect(try forged.root() == tree.root)
        expectRefusal(.stepMismatch) {
            try forged.verify(spec: tree.spec, root: tree.root, key: hidden.key, value: hidden.value)
        }
    }

    @Test("cannot take an inner node for a leaf", arguments: Trees.all)
    func refusesInnerNodeAsLeaf(build: Trees) throws {
        let tree = build.tree([other, (Array("public".utf8), [1, 2, 3])])
        let proof = tree.proofs[0]
        let highest = try #require(proof.path.last)
        let below = ExistenceProof(
            key: proof.key,
            value: proof.value,
            leaf: proof.leaf,
            path: proof.path.dropLast()
        )
        let node = try highest.prefix + below.root() + highest.suffix
        // Without hashing and lengths, the two children may be read as key and value.
        let start = node.count - 2 * tree.spec.inner.childSize
        let forged = ExistenceProof(
            key: Array(node[start..<start + tree.spec.inner.childSize]),
            value: Array(node[(start + tree.spec.inner.childSize)...]),
            leaf: LeafOp(
                hash: .sha256,
                prehashKey: .noHash,
                prehashValue: .noHash,
                length: .noPrefix,
                prefix: Array(node[..<start])
            ),
            path: []
        )
        #expect(try forged.root() == tree.root)
        expectRefusal(.leafMismatch) {
            try forged.verify(spec: tree.spec, root: tree.root, key: forged.key, value: forged.value)
        }
    }

    @Test("cannot let the leaf's prefix swallow the start of a key", arguments: [Trees.iavl, .tendermint])
    func refusesLongerLeafPrefix(build: Trees) throws {
        let end = Array("end".utf8)
        let key = Array("start".utf8) + [UInt8(end.count)] + end
        let tree = build.tree([other, (key, [1, 2, 3])])
        let honest = try #require(tree.proofs.first { $0.key == key })
        let leaf = honest.leaf
        let forged = ExistenceProof(
            key: end,
            value: honest.value,
            leaf: LeafOp(
                hash: leaf.hash,
                prehashKey: leaf.prehashKey,
                prehashValue: leaf.prehashValue,
                length: leaf.length,
                prefix: leaf.prefix + [UInt8(key.count)] + Array("start".utf8)
            ),
            path: honest.path
        )
        #expect(try forged.root() == tree.root)
        expectRefusal(.leafMismatch) {
            try forged.verify(spec: tree.spec, root: tree.root, key: end, value: honest.value)
        }
    }

    @Test("cannot take the hash of a node for a shifted one", arguments: Trees.all)
    func refusesShiftedChild(build: Trees) throws {
        // Whoever finds a leaf whose hash stands one byte off in a node would prove it. Its form alone must be refused:
        // one byte more in the prefix, one fewer in the suffix.
        let tree = build.tree([other, (Array("public".utf8), [1, 2, 3])])
        let proof = tree.proofs[0]
        let step = try #require(proof.path.first { !$0.suffix.isEmpty })
        for (prefix, suffix) in [
            (step.prefix + [0], Array(step.suffix.dropFirst())),
            (Array(step.prefix.dropLast()), [0] + step.suffix),
        ] {
            let path = [InnerOp(hash: .sha256, prefix: prefix, suffix: suffix)]
            let forged = ExistenceProof(key: proof.key, value: proof.value, leaf: proof.leaf, path: path)
            expectRefusal(.stepMismatch) {
                try forged.verify(spec: tree.spec, root: try forged.root(), key: proof.key, value: proof.value)
            }
        }
    }

    @Test("cannot take zeros for an empty child where there is none")
    func refusesForeignEmptyChild() throws {
        let spec = ProofSpec.tendermint
        let proof = ExistenceProof(
            key: [5],
            value: [5],
            leaf: spec.leaf,
            path: [InnerOp(hash: .sha256, prefix: [1] + Array(repeating: 0, count: 32), suffix: [])]
        )
        let root = try proof.root()
        let gap = NonExistenceProof(key: [1], left: nil, right: proof)
        expectRefusal(.notNeighbours) { try gap.verify(spec: spec, root: root, key: [1]) }
    }

    @Test("cannot take a child for an empty one, save that of the specification")
    func refusesFullChild() throws {
        let spec = ProofSpec.smt
        let key: [UInt8] = [5]
        for position in [0, 31] {
            var sibling = [UInt8](repeating: 0, count: 32)
            let empty = ExistenceProof(key: key, value: [5], leaf: spec.leaf, path: []).climbing(
                InnerOp(hash: .sha256, prefix: [1] + sibling, suffix: [])
            )
            sibling[position] = 1
            let full = ExistenceProof(key: key, value: [5], leaf: spec.leaf, path: []).climbing(
                InnerOp(hash: .sha256, prefix: [1] + sibling, suffix: [])
            )
            let smaller = try #require((UInt8(0)...255).first { ModelTree.hash([$0])[0] < ModelTree.hash(key)[0] })
            let emptyRoot = try empty.root()
            try NonExistenceProof(key: [smaller], left: nil, right: empty)
                .verify(spec: spec, root: emptyRoot, key: [smaller])
            let fullRoot = try full.root()
            expectRefusal(.notNeighbours) {
                try NonExistenceProof(key: [smaller], left: nil, right: full)
                    .verify(spec: spec, root: fullRoot, key: [smaller])
            }
        }
    }

    @Test("cannot join neighbours of different trees")
    func refusesNeighboursOfDifferentTrees() throws {
        let one = ModelTree.tendermint([([1], [1]), ([9], [9])])
        let two = ModelTree.tendermint([([1], [1]), ([9], [8])])
        let gap = NonExistenceProof(key: [5], left: one.proofs[0], right: two.proofs[1])
        expectRefusal(.rootMismatch) { try gap.verify(spec: .tendermint, root: one.root, key: [5]) }
        expectRefusal(.rootMismatch) { try gap.verify(spec: .tendermint, root: two.root, key: [5]) }
    }
}
