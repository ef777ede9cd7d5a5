/// A bundle with the hashes of its nodes, compared with the one above it when it was read.
struct VerifiedBundle {
    private(set) var bundle: NodeBundle
    private(set) var hashes: BundleHashes

    /// A new bundle, of no entries.
    init() {
        bundle = NodeBundle()
        hashes = BundleHashes()
    }

    /// Reads a record.
    ///
    /// - Parameter known: bundles that need no hashing when their records are the same as before.
    /// - Throws: `damaged` when it is missing, malformed, needless at its place, or has another hash.
    init(
        _ record: [UInt8]?,
        at path: TreePath,
        hash: Hash,
        hashing: KeyHashing,
        known: KnownBundles? = nil
    ) throws(StorageError) {
        guard let record else { throw StorageError.damagedNode(path, "is missing") }
        if let known = known?.bundle(of: record.indices, in: record, at: path, hash: hash) {
            self = known
        } else {
            self.init()
            try read(record.indices, of: record, at: path, hash: hash, hashing: hashing)
        }
    }

    /// The hash of the bundle.
    var root: Hash { hashes.root }

    /// Becomes what a record says that lies somewhere in some bytes, as do the keys of its leaves then.
    ///
    /// - Throws: `damaged` when it is malformed, needless at its place, or has another hash.
    mutating func read(
        _ record: Range<Int>,
        of bytes: [UInt8],
        at path: TreePath,
        hash: Hash,
        hashing: KeyHashing
    ) throws(StorageError) {
        guard bundle.decode(record, of: bytes, hashing: hashing) else {
            throw StorageError.damagedNode(path, "cannot be read")
        }
        for index in 0..<NodeBundle.width {
            // The hash of a lone leaf does not tell its slot.
            guard case .leaf(let leaf) = bundle.slots[index] else { continue }
            guard leaf.keyHash.nibble(at: path.level) == index, path.leads(to: leaf.keyHash) else {
                throw StorageError.damagedNode(path, "has a leaf that belongs elsewhere")
            }
        }
        if let collapsed = bundle.collapsed, path.level > 0 || collapsed == .empty {
            throw StorageError.damagedNode(path, "holds fewer entries than a node may")
        }
        rehash(changed: .max)
        guard hashes.root == hash else {
            throw StorageError.damagedNode(path, "has the hash \(hashes.root), not \(hash)")
        }
    }

    /// The same bundle, the keys of its leaves in its own record, which lies somewhere in some bytes.
    func withKeys(in record: Range<Int>, of bytes: [UInt8]) -> VerifiedBundle {
        var other = self
        other.bundle.moveKeys(to: record, of: bytes)
        return other
    }

    /// Puts something into a slot. The hashes above are those of before until ``rehash(changed:)``.
    ///
    /// - Returns: whether that changes the bundle.
    mutating func set(_ index: Int, to slot: NodeBundle.Slot) -> Bool {
        guard bundle.slots[index] != slot else { return false }
        bundle.slots[index] = slot
        return true
    }

    /// Computes the hashes above changed slots anew.
    mutating func rehash(changed: UInt16) {
        hashes.update(bundle, changed: changed)
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
        """
        Two state keys have the same hash, so the tree cannot hold both, nor a block change both. Keys of published \
        collections must differ without instance and collection: use another key.
        """
    )
}
