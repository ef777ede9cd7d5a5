import ICS23

/// Proofs of what the state tree holds at a height, and what not (ICS-23).
///
/// It keeps the bundles that it has read and verified: keys share the upper ones.
struct TreeProver {
    private let snapshot: TreeSnapshot
    private let rootHash: Hash
    // Only asked, never iterated.
    private var nodes: [TreePath: TreeSnapshot.Node] = [:]

    init(snapshot: TreeSnapshot, rootHash: Hash) {
        self.snapshot = snapshot
        self.rootHash = rootHash
    }

    /// One bundle of a way down, and the slot it leaves by.
    private struct Step {
        let node: TreeSnapshot.Node
        let slot: Int
    }

    /// The value of a key, if there is one, and the proof of that.
    ///
    /// - Throws: `damaged`; `notProvable` for an empty tree, or when another entry is published under the same key.
    /// - Complexity: O(log n) reads and hashes, and one read for every height up to the last.
    mutating func prove(_ key: [UInt8]) throws(StorageError) -> (value: [UInt8]?, proof: CommitmentProof) {
        guard let root = try root() else {
            throw StorageError(
                .notProvable,
                "The state at height \(snapshot.height) is empty; ICS-23 has no proof for that. Its root is 32 zero bytes."
            )
        }
        let target = snapshot.hashing.hash(key)
        var steps = [Step(node: root, slot: target.nibble(at: 0))]
        while let step = steps.last, case .inner(let hash) = step.node.verified.bundle.slots[step.slot] {
            let child = try child(of: step, hash: hash)
            steps.append(Step(node: child, slot: target.nibble(at: child.path.level)))
        }
        guard let step = steps.last, let leaf = leaf(at: steps) else {
            return (
                nil,
                try absence(of: key, left: neighbour(of: steps, on: .left), right: neighbour(of: steps, on: .right))
            )
        }
        if step.node.key(of: leaf) == key {
            let (value, proof) = try existence(at: steps, leaf)
            return (value, .existence(proof))
        }
        guard leaf.keyHash != target else {
            throw StorageError(
                .notProvable,
                """
                The state at height \(snapshot.height) holds another entry under the same published key, so that neither this \
                one nor its absence can be proven. Ask for that entry.
                """
            )
        }
        // Another key stands where this one would: it is the neighbour on its side.
        let isLeft = leaf.keyHash < target
        let left = isLeft ? steps : try neighbour(of: steps, on: .left)
        let right = isLeft ? try neighbour(of: steps, on: .right) : steps
        return (nil, try absence(of: key, left: left, right: right))
    }

    private mutating func root() throws(StorageError) -> TreeSnapshot.Node? {
        if let known = nodes[.root] { return known }
        let root = try snapshot.root(hash: rootHash)
        nodes[.root] = root
        return root
    }

    private mutating func child(of step: Step, hash: Hash) throws(StorageError) -> TreeSnapshot.Node {
        let path = step.node.path.child(step.slot)
        if let known = nodes[path] { return known }
        let child = try snapshot.child(of: step.node, slot: step.slot, hash: hash)
        nodes[path] = child
        return child
    }

    private enum Side {
        case left
        case right
    }

    private func leaf(at steps: [Step]) -> NodeBundle.Leaf? {
        guard let step = steps.last, case .leaf(let leaf) = step.node.verified.bundle.slots[step.slot] else {
            return nil
        }
        return leaf
    }

    /// The way to the nearest leaf on a side of another way's end, nil when there is none.
    private mutating func neighbour(of steps: [Step], on side: Side) throws(StorageError) -> [Step]? {
        for depth in steps.indices.reversed() {
            let step = steps[depth]
            let slots = side == .left ? Array((0..<step.slot).reversed()) : Array(step.slot + 1..<NodeBundle.width)
            if let slot = slots.first(where: { step.node.verified.bundle.slots[$0] != .empty }) {
                return try extreme(of: steps[..<depth] + [Step(node: step.node, slot: slot)], towards: side)
            }
        }
        return nil
    }

    /// Goes on to the leaf nearest to where the way turned off: the rightmost of the subtree on the left, and so on.
    private mutating func extreme(of steps: ArraySlice<Step>, towards side: Side) throws(StorageError) -> [Step] {
        var steps = Array(steps)
        while let step = steps.last, case .inner(let hash) = step.node.verified.bundle.slots[step.slot] {
            let child = try child(of: step, hash: hash)
            let slots = child.verified.bundle.slots
            let taken = slots.indices.filter { slots[$0] != .empty }
            // A verified bundle is never empty.
            steps.append(Step(node: child, slot: (side == .left ? taken.last : taken.first) ?? 0))
        }
        return steps
    }

    private func existence(
        at steps: [Step],
        _ leaf: NodeBundle.Leaf
    ) throws(StorageError) -> (value: [UInt8], proof: ExistenceProof) {
        var path: [InnerOp] = []
        for step in steps.reversed() {
            for sibling in step.node.verified.hashes.siblings(of: step.slot) {
                path.append(
                    sibling.isLeft
                        ? InnerOp(hash: .sha256, prefix: [HashDomain.node.rawValue] + sibling.hash.bytes, suffix: [])
                        : InnerOp(hash: .sha256, prefix: [HashDomain.node.rawValue], suffix: sibling.hash.bytes)
                )
            }
        }
        guard let node = steps.last?.node else { throw StorageError.damagedNode(.root, "is missing") }
        let value = try snapshot.value(of: leaf, in: node)
        let proof = ExistenceProof(
            key: Array(StateKey.committedKey(of: node.key(of: leaf))),
            value: SparseMerkleTree.committedValue(of: value),
            leaf: ProofSpec.smt.leaf,
            path: path
        )
        return (value, proof)
    }

    private func absence(of key: [UInt8], left: [Step]?, right: [Step]?) throws(StorageError) -> CommitmentProof {
        func existence(_ steps: [Step]?) throws(StorageError) -> ExistenceProof? {
            guard let steps, let leaf = leaf(at: steps) else { return nil }
            return try self.existence(at: steps, leaf).proof
        }
        return .nonExistence(
            NonExistenceProof(
                key: Array(StateKey.committedKey(of: key)),
                left: try existence(left),
                right: try existence(right)
            )
        )
    }
}
