/// The state tree as it was at a height, read from what it is now and the history.
struct TreeSnapshot {
    let tables: CommittedTables
    let hashing: KeyHashing
    /// Bundles that need not be hashed again.
    let known: KnownBundles
    /// The height that is shown.
    let height: UInt64
    /// The last height that there is.
    let lastHeight: UInt64

    /// A bundle on the way down. Shared rather than copied, for it is large.
    final class Node {
        let path: TreePath
        let verified: VerifiedBundle
        /// What the bundle was read from, and where the keys of its leaves lie.
        let record: [UInt8]
        /// The first block after ``TreeSnapshot/height`` that changed it, or nil when none did. None before that changed
        /// anything beneath it.
        let changedAt: UInt64?

        init(path: TreePath, verified: VerifiedBundle, record: [UInt8], changedAt: UInt64?) {
            self.path = path
            self.verified = verified
            self.record = record
            self.changedAt = changedAt
        }

        /// The full key of a leaf of the bundle.
        func key(of leaf: NodeBundle.Leaf) -> [UInt8] {
            Array(record[leaf.key])
        }
    }

    /// The root's bundle, nil for an empty tree.
    ///
    /// - Throws: `damaged`.
    func root(hash: Hash) throws(StorageError) -> Node? {
        guard hash != SparseMerkleTree.emptyRoot else { return nil }
        return try node(at: .root, hash: hash, after: height)
    }

    /// The bundle in a slot.
    ///
    /// - Throws: `damaged`.
    func child(of node: Node, slot: Int, hash: Hash) throws(StorageError) -> Node {
        // A block that changes a bundle changes the one above it.
        guard let changedAt = node.changedAt else {
            let path = node.path.child(slot)
            let record = try tables.nodes.value(of: NodeKey.node(at: path))
            return try verified(record, at: path, hash: hash, changedAt: nil)
        }
        return try self.node(at: node.path.child(slot), hash: hash, after: changedAt - 1)
    }

    /// The value of a leaf of a bundle.
    ///
    /// - Throws: `damaged` when it does not have the leaf's hash.
    func value(of leaf: NodeBundle.Leaf, in node: Node) throws(StorageError) -> [UInt8] {
        let keyHash = leaf.keyHash
        var value: [UInt8]?
        if let changedAt = node.changedAt {
            value = try firstRecord(after: changedAt - 1) { NodeKey.value(of: keyHash, before: $0) }?.record
        }
        if value == nil {
            value = try tables.state.value(of: node.key(of: leaf))
        }
        guard let value, value.withUnsafeBytes(SparseMerkleTree.valueHash) == leaf.valueHash else {
            throw StorageError(
                .damaged,
                """
                The value of the state key with the hash \(keyHash) is not the one in the state tree at height \(height). \
                Restore the store from a backup, or replay the log into a new one.
                """
            )
        }
        return value
    }

    private func node(at path: TreePath, hash: Hash, after height: UInt64) throws(StorageError) -> Node {
        let former = try firstRecord(after: height) { NodeKey.node(at: path, before: $0) }
        let record = former == nil ? try tables.nodes.value(of: NodeKey.node(at: path)) : former?.record
        return try verified(record, at: path, hash: hash, changedAt: former?.height)
    }

    private func verified(
        _ record: [UInt8]?,
        at path: TreePath,
        hash: Hash,
        changedAt: UInt64?
    ) throws(StorageError) -> Node {
        let verified = try VerifiedBundle(record, at: path, hash: hash, hashing: hashing, known: known)
        return Node(path: path, verified: verified, record: record ?? [], changedAt: changedAt)
    }

    /// The first record of the history above a height.
    ///
    /// - Complexity: one read for every height. A walk down goes through each height once, for no bundle begins before the
    ///   one above it.
    private func firstRecord(
        after height: UInt64,
        key: (UInt64) -> [UInt8]
    ) throws(StorageError) -> (record: [UInt8], height: UInt64)? {
        var next = height
        while next < lastHeight {
            next += 1
            if let record = try tables.nodes.value(of: key(next)) { return (record, next) }
        }
        return nil
    }
}
