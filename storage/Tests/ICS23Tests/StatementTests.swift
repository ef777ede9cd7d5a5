import ICS23
import StorageTestSupport
import Testing

@Suite("A valid proof")
struct StatementTests {
    @Test("proves no other root, key or value", arguments: ProofVector.all)
    func provesOneStatement(vector: ProofVector) throws {
        let proof = try CommitmentProof(decoding: vector.proof)
        let spec = vector.spec
        var root = vector.root
        root[31] ^= 1
        if vector.value.isEmpty {
            guard case .nonExistence(let gap) = proof else { return }
            expectRefusal(.rootMismatch) { try proof.verifyNonMembership(spec: spec, root: root, key: vector.key) }
            for neighbour in [gap.left, gap.right].compactMap(\.self) {
                expectRefusal(.outsideGap) {
                    try proof.verifyNonMembership(spec: spec, root: vector.root, key: neighbour.key)
                }
            }
            expectRefusal(.wrongKind) {
                try proof.verifyMembership(spec: spec, root: vector.root, key: vector.key, value: [1])
            }
        } else {
            let (key, value) = (vector.key, vector.value)
            expectRefusal(.rootMismatch) { try proof.verifyMembership(spec: spec, root: root, key: key, value: value) }
            expectRefusal(.rootMismatch) { try proof.verifyMembership(spec: spec, root: [], key: key, value: value) }
            expectRefusal(.keyMismatch) {
                try proof.verifyMembership(spec: spec, root: vector.root, key: key + [0], value: value)
            }
            expectRefusal(.valueMismatch) {
                try proof.verifyMembership(spec: spec, root: vector.root, key: key, value: value.dropLast())
            }
            expectRefusal(.wrongKind) { try proof.verifyNonMembership(spec: spec, root: vector.root, key: key) }
        }
    }

    @Test("proves nothing under another tree's specification", arguments: ProofVector.all)
    func needsItsSpec(vector: ProofVector) throws {
        let proof = try CommitmentProof(decoding: vector.proof)
        for spec in [ProofSpec.iavl, .smt, .tendermint] where spec != vector.spec {
            #expect(!isAccepted { try vector.verify(proof, spec: spec) })
        }
    }

    @Test("is had for every key of a tree, and for no two values", arguments: Trees.all)
    func provesMembership(build: Trees) throws {
        var random = SplitMix64.seeded()
        for count in [1, 2, 3, 8, 13] {
            let tree = build.tree(ModelTree.pairs(count, using: &random))
            for proof in tree.proofs {
                try proof.verify(spec: tree.spec, root: tree.root, key: proof.key, value: proof.value)
                let forged = ExistenceProof(
                    key: proof.key,
                    value: [7] + proof.value,
                    leaf: proof.leaf,
                    path: proof.path
                )
                expectRefusal(.rootMismatch) {
                    try forged.verify(spec: tree.spec, root: tree.root, key: forged.key, value: forged.value)
                }
            }
        }
    }

    @Test("is had for every key that is not in a tree, by its nearest neighbours only", arguments: Trees.all)
    func provesNonMembership(build: Trees) throws {
        var random = SplitMix64.seeded()
        for count in [1, 2, 3, 8, 13] {
            let pairs = ModelTree.pairs(count, using: &random)
            let tree = build.tree(pairs)
            for _ in 0..<20 {
                let key = random.bytes(1...12)
                guard !pairs.contains(where: { $0.key == key }) else { continue }
                let gap = tree.nonExistenceProof(of: key)
                try gap.verify(spec: tree.spec, root: tree.root, key: key)
                for wide in widened(gap, in: tree) {
                    expectRefusal(.notNeighbours) { try wide.verify(spec: tree.spec, root: tree.root, key: key) }
                }
            }
        }
    }

    @Test("of absence fails when its neighbours change sides, or are the same", arguments: Trees.all)
    func needsOrderedNeighbours(build: Trees) throws {
        var random = SplitMix64.seeded()
        let tree = build.tree(ModelTree.pairs(9, using: &random))
        let key: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]
        for (left, right) in zip(tree.proofs, tree.proofs.dropFirst()) {
            let swapped = NonExistenceProof(key: key, left: right, right: left)
            expectRefusal(.outsideGap) { try swapped.verify(spec: tree.spec, root: tree.root, key: key) }
            let same = NonExistenceProof(key: key, left: left, right: left)
            expectRefusal(.outsideGap) { try same.verify(spec: tree.spec, root: tree.root, key: key) }
        }
        let none = NonExistenceProof(key: key, left: nil, right: nil)
        expectRefusal(.missingField) { try none.verify(spec: tree.spec, root: tree.root, key: key) }
    }

    /// The same gap between leaves further apart, or with one side left open.
    private func widened(_ gap: NonExistenceProof, in tree: ModelTree) -> [NonExistenceProof] {
        var results: [NonExistenceProof] = []
        if let left = gap.left, let index = tree.proofs.firstIndex(of: left), index > 0 {
            results.append(NonExistenceProof(key: gap.key, left: tree.proofs[index - 1], right: gap.right))
        }
        if let right = gap.right, let index = tree.proofs.firstIndex(of: right), index + 1 < tree.proofs.count {
            results.append(NonExistenceProof(key: gap.key, left: gap.left, right: tree.proofs[index + 1]))
        }
        if let left = gap.left, let right = gap.right {
            results.append(NonExistenceProof(key: gap.key, left: left, right: nil))
            results.append(NonExistenceProof(key: gap.key, left: nil, right: right))
        }
        return results
    }
}

/// The three published trees.
enum Trees: String, CaseIterable, CustomTestStringConvertible {
    case iavl, smt, tendermint

    static let all = allCases

    var testDescription: String { rawValue }

    func tree(_ pairs: [ModelTree.Pair]) -> ModelTree {
        switch self {
        case .iavl: .iavl(pairs)
        case .smt: .smt(pairs)
        case .tendermint: .tendermint(pairs)
        }
    }
}
