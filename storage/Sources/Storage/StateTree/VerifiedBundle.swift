/// A bundle whose hash was compared with the one above it.
struct VerifiedBundle {
    let bundle: NodeBundle
    let hashes: BundleHashes

    /// Reads a record.
    ///
    /// - Throws: `damaged` when it is missing, malformed, needless at its place, or has another hash.
    init(_ bytes: [UInt8]?, at path: TreePath, hash: Hash, hashing: KeyHashing) throws(StorageError) {
        guard let bytes else { throw StorageError.damagedNode(path, "is missing") }
        guard let bundle = NodeBundle(decoding: bytes, hashing: hashing) else {
            throw StorageError.damagedNode(path, "cannot be read")
        }
        for case (let index, .leaf(let leaf)) in bundle.slots.enumerated() {
            // The hash of a lone leaf does not tell its slot.
            guard path.child(index).leads(to: leaf.keyHash) else {
                throw StorageError.damagedNode(path, "has a leaf that belongs elsewhere")
            }
        }
        if let collapsed = bundle.collapsed, path.level > 0 || collapsed == .empty {
            throw StorageError.damagedNode(path, "holds fewer entries than a node may")
        }
        let hashes = BundleHashes(bundle)
        guard hashes.root == hash else {
            throw StorageError.damagedNode(path, "has the hash \(hashes.root), not \(hash)")
        }
        self.bundle = bundle
        self.hashes = hashes
    }
}

extension StorageError {
    static func damagedNode(_ path: TreePath, _ what: String) -> StorageError {
        StorageError(
            .damaged,
            "The state tree's node \(path) \(what). Restore the store from a backup, or replay the log into a new one."
        )
    }

    static let hashCollision = StorageError(
        .hashCollision,
        "Two state keys have the same hash, so the tree cannot hold both. Use another key."
    )
}
