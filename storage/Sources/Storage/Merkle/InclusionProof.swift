/// The proof that a record stands at a position of a tree (RFC 6962, section 2.1.1).
public struct InclusionProof: Hashable, Sendable {
    /// The position of the record.
    public var leafIndex: UInt64
    /// How many records the tree has.
    public var treeSize: UInt64
    /// The sibling hashes from the leaf up.
    public var path: [Hash]

    /// Makes a proof from its parts, as received.
    public init(leafIndex: UInt64, treeSize: UInt64, path: [Hash]) {
        self.leafIndex = leafIndex
        self.treeSize = treeSize
        self.path = path
    }

    /// Whether the proof leads from a leaf hash to a root (RFC 9162, section 2.1.3.2). Total: any input gives an answer.
    ///
    /// - Complexity: O(log n) hashes.
    public func verify(leafHash: Hash, root: Hash) -> Bool {
        guard leafIndex < treeSize else { return false }
        var node = leafIndex
        var last = treeSize - 1
        var hash = leafHash
        for sibling in path {
            guard last > 0 else { return false }
            if node & 1 == 1 || node == last {
                hash = MerkleTree.nodeHash(sibling, hash)
                while node & 1 == 0, node != 0 {
                    node >>= 1
                    last >>= 1
                }
            } else {
                hash = MerkleTree.nodeHash(hash, sibling)
            }
            node >>= 1
            last >>= 1
        }
        return last == 0 && hash == root
    }

    /// Whether the proof leads from a record to a root.
    public func verify(record: RawSpan, root: Hash) -> Bool {
        verify(leafHash: MerkleTree.leafHash(record), root: root)
    }
}
