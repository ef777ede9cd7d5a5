import Crypto
import ICS23
import StorageTestSupport

/// A tree in memory, built the plain way, with the proofs of all its leaves.
struct ModelTree: Sendable {
    let spec: ProofSpec
    let root: [UInt8]
    /// In the order of the tree.
    let proofs: [ExistenceProof]

    typealias Pair = (key: [UInt8], value: [UInt8])

    /// A sparse Merkle tree: a subtree of one leaf is the leaf, one of none is 32 zeros.
    static func smt(_ pairs: [Pair]) -> ModelTree {
        func subtree(_ leaves: [Subtree], depth: Int) -> Subtree {
            guard leaves.count != 1 else { return leaves[0] }
            guard !leaves.isEmpty else { return Subtree(hash: Array(repeating: 0, count: 32), proofs: []) }
            let isRight = { (leaf: Subtree) in hash(leaf.proofs[0].key)[depth / 8] >> (7 - depth % 8) & 1 == 1 }
            return Subtree(
                joining: subtree(leaves.filter { !isRight($0) }, depth: depth + 1),
                subtree(leaves.filter(isRight), depth: depth + 1),
                head: [1]
            )
        }
        let leaves = pairs.map { Subtree(leafOf: $0, leaf: ProofSpec.smt.leaf) }
        return ModelTree(spec: .smt, subtree(leaves, depth: 0))
    }

    /// A tree of the shape of RFC 6962.
    static func tendermint(_ pairs: [Pair]) -> ModelTree {
        func subtree(_ leaves: ArraySlice<Subtree>) -> Subtree {
            guard leaves.count > 1 else { return leaves[leaves.startIndex] }
            var width = 1
            while width * 2 < leaves.count { width *= 2 }
            return Subtree(joining: subtree(leaves.prefix(width)), subtree(leaves.dropFirst(width)), head: [1])
        }
        let leaves = sorted(pairs).map { Subtree(leafOf: $0, leaf: ProofSpec.tendermint.leaf) }
        return ModelTree(spec: .tendermint, subtree(leaves[...]))
    }

    /// A balanced tree with the nodes of IAVL: height, size and version before everything, a length before every hash.
    static func iavl(_ pairs: [Pair]) -> ModelTree {
        func subtree(_ leaves: ArraySlice<Subtree>) -> Subtree {
            guard leaves.count > 1 else { return leaves[leaves.startIndex] }
            let half = leaves.count / 2
            let (left, right) = (subtree(leaves.prefix(half)), subtree(leaves.dropFirst(half)))
            let height = UInt8(1 + max(left.height, right.height))
            let head = [height * 2, UInt8(leaves.count % 60 * 2), 0x96, 0x01]
            return Subtree(joining: left, right, head: head, separator: [32])
        }
        let leaf = LeafOp(
            hash: .sha256,
            prehashKey: .noHash,
            prehashValue: .sha256,
            length: .varProto,
            prefix: [0, 2, 4]
        )
        return ModelTree(spec: .iavl, subtree(sorted(pairs).map { Subtree(leafOf: $0, leaf: leaf) }[...]))
    }

    /// The proof that there is nothing under a key, which must not be in the tree.
    func nonExistenceProof(of key: [UInt8]) -> NonExistenceProof {
        let rank = { (key: [UInt8]) in spec.prehashesKeyBeforeComparison ? Self.hash(key) : key }
        return NonExistenceProof(
            key: key,
            left: proofs.last { rank($0.key).lexicographicallyPrecedes(rank(key)) },
            right: proofs.first { rank(key).lexicographicallyPrecedes(rank($0.key)) }
        )
    }

    static func hash(_ bytes: [UInt8]) -> [UInt8] {
        Array(SHA256.hash(data: bytes))
    }

    /// Pairs with different keys of 1 to 12 bytes.
    static func pairs(_ count: Int, using random: inout SplitMix64) -> [Pair] {
        var pairs: [Pair] = []
        while pairs.count < count {
            let key = random.bytes(1...12)
            if !pairs.contains(where: { $0.key == key }) { pairs.append((key, random.bytes(1...40))) }
        }
        return pairs
    }

    private init(spec: ProofSpec, _ tree: Subtree) {
        self.spec = spec
        root = tree.hash
        proofs = tree.proofs
    }

    private static func sorted(_ pairs: [Pair]) -> [Pair] {
        pairs.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    }
}

/// A part of a tree, with proofs that lead as far as its own hash.
private struct Subtree {
    let hash: [UInt8]
    let proofs: [ExistenceProof]

    var height: Int { proofs.map(\.path.count).max() ?? 0 }

    init(hash: [UInt8], proofs: [ExistenceProof]) {
        self.hash = hash
        self.proofs = proofs
    }

    init(leafOf pair: ModelTree.Pair, leaf: LeafOp) {
        let length = { (bytes: [UInt8]) in leaf.length == .varProto ? [UInt8(bytes.count)] : [] }
        let key = leaf.prehashKey == .sha256 ? ModelTree.hash(pair.key) : pair.key
        let value = ModelTree.hash(pair.value)
        hash = ModelTree.hash(leaf.prefix + length(key) + key + length(value) + value)
        proofs = [ExistenceProof(key: pair.key, value: pair.value, leaf: leaf, path: [])]
    }

    init(joining left: Subtree, _ right: Subtree, head: [UInt8], separator: [UInt8] = []) {
        let ofLeft = InnerOp(hash: .sha256, prefix: head + separator, suffix: separator + right.hash)
        let ofRight = InnerOp(hash: .sha256, prefix: head + separator + left.hash + separator, suffix: [])
        hash = ModelTree.hash(head + separator + left.hash + separator + right.hash)
        proofs = left.proofs.map { $0.climbing(ofLeft) } + right.proofs.map { $0.climbing(ofRight) }
    }
}

extension ExistenceProof {
    /// The same proof with one step more.
    func climbing(_ step: InnerOp) -> ExistenceProof {
        ExistenceProof(key: key, value: value, leaf: leaf, path: path + [step])
    }
}
