/// The hashes of the nodes within a bundle.
struct BundleHashes {
    // As in a heap: node 1 is the top, node i lies over 2 i and 2 i + 1, the slots are 16 to 31.
    private var hashes = InlineArray<32, Hash>(repeating: .zero)
    // Bit i: whether node i holds any entry, and whether it holds two or more.
    private var taken: UInt32 = 0
    private var inner: UInt32 = 0

    /// Those of a bundle without entries.
    init() {}

    /// The hash of the whole bundle.
    var root: Hash { hashes[1] }

    /// Computes the nodes over changed slots anew.
    ///
    /// - Complexity: at most fifteen hashes and one for every leaf; four and one for a single slot.
    mutating func update(_ bundle: NodeBundle, changed: UInt16) {
        for index in 0..<NodeBundle.width where changed >> UInt16(index) & 1 == 1 {
            let node = NodeBundle.width + index
            switch bundle.slots[index] {
            case .empty: set(node, .zero, isTaken: false, isInner: false)
            case .leaf(let leaf):
                let hash = MerkleTree.pairHash(.leaf, leaf.keyHash, leaf.valueHash)
                set(node, hash, isTaken: true, isInner: false)
            case .inner(let hash): set(node, hash, isTaken: true, isInner: true)
            }
        }
        var dirty = UInt32(changed) << UInt32(NodeBundle.width)
        var node = NodeBundle.width - 1
        while node > 0 {
            if dirty >> UInt32(2 * node) & 3 != 0 {
                join(node)
                dirty |= 1 << UInt32(node)
            }
            node -= 1
        }
    }

    /// The siblings from a slot up to the top of the bundle, and whether each one stands on the left.
    ///
    /// Where a subtree is a single leaf there is no step.
    func siblings(of slot: Int) -> [(hash: Hash, isLeft: Bool)] {
        var siblings: [(hash: Hash, isLeft: Bool)] = []
        var node = NodeBundle.width + slot
        while node > 1 {
            if inner >> UInt32(node / 2) & 1 == 1 {
                siblings.append((hashes[node ^ 1], node & 1 == 1))
            }
            node /= 2
        }
        return siblings
    }

    private mutating func join(_ node: Int) {
        let (left, right) = (2 * node, 2 * node + 1)
        let children = taken >> UInt32(left) & 3
        if children == 3 || inner >> UInt32(left) & 3 != 0 {
            set(node, MerkleTree.nodeHash(hashes[left], hashes[right]), isTaken: true, isInner: true)
        } else {
            // At most one leaf: the node is that leaf, or nothing.
            set(node, hashes[children == 1 ? left : right], isTaken: children != 0, isInner: false)
        }
    }

    private mutating func set(_ node: Int, _ hash: Hash, isTaken: Bool, isInner: Bool) {
        hashes[node] = hash
        let bit: UInt32 = 1 << UInt32(node)
        taken = isTaken ? taken | bit : taken & ~bit
        inner = isInner ? inner | bit : inner & ~bit
    }
}
