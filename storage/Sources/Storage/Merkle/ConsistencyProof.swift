/// The proof that a tree has only been appended to (RFC 6962, section 2.1.2).
public struct ConsistencyProof: Hashable, Sendable {
    /// How many records the older tree has.
    public var oldSize: UInt64
    /// How many records the newer tree has.
    public var newSize: UInt64
    /// The hashes of the proof.
    public var path: [Hash]

    /// Makes a proof from its parts, as received.
    public init(oldSize: UInt64, newSize: UInt64, path: [Hash]) {
        self.oldSize = oldSize
        self.newSize = newSize
        self.path = path
    }

    /// Whether the newer root's tree begins with the older root's (RFC 9162, section 2.1.4.2).
    ///
    /// Total: any input gives an answer. An old size of 0 is refused, for nothing can be said about it.
    ///
    /// - Complexity: O(log n) hashes.
    public func verify(oldRoot: Hash, newRoot: Hash) -> Bool {
        guard oldSize >= 1, oldSize <= newSize else { return false }
        if oldSize == newSize {
            return path.isEmpty && oldRoot == newRoot
        }
        // An old tree that is one perfect subtree is the first hash of the proof, and is left out of it.
        var hashes = path[...]
        guard let first = oldSize.nonzeroBitCount == 1 ? oldRoot : hashes.popFirst() else { return false }
        var node = oldSize - 1
        var last = newSize - 1
        while node & 1 == 1 {
            node >>= 1
            last >>= 1
        }
        var (old, new) = (first, first)
        for sibling in hashes {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                old = MerkleTree.nodeHash(sibling, old)
                new = MerkleTree.nodeHash(sibling, new)
                while node & 1 == 0, node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                new = MerkleTree.nodeHash(new, sibling)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && old == oldRoot && new == newRoot
    }
}
