/// A change of the state as the tree sees it.
struct TreeChange: Sendable {
    /// The place of the key.
    let keyHash: Hash
    /// SHA-256 of the new value, nil for a removal.
    let valueHash: Hash?
    /// The position in the write set.
    let index: Int
}

/// One walk down a subtree and up again, with all changes beneath it.
///
/// Slots are walked from right to left and a bundle comes after those beneath it: so what is written is in exactly the
/// reverse order of keys.
struct SubtreeUpdate {
    /// A record, or its removal.
    typealias Write = (key: [UInt8], value: [UInt8]?)

    /// The changes, in order of key hashes.
    let changes: [TreeChange]
    let writes: WriteSet
    let hashing: KeyHashing
    /// The height, when what was before the block is to be kept.
    let historyHeight: UInt64?
    let tables: CommittedTables

    /// Bundles, in reverse order.
    private(set) var nodes: [Write] = []
    /// Bundles as they were, in reverse order.
    private(set) var formerNodes: [Write] = []
    /// Values as they were, in reverse order.
    private(set) var formerValues: [Write] = []

    init(_ block: TreeBlock, tables: CommittedTables) {
        changes = block.changes
        writes = block.writes
        hashing = block.hashing
        historyHeight = block.historyHeight
        self.tables = tables
    }

    /// What a slot becomes with some of the changes, all of which lie beneath it.
    ///
    /// - Parameter level: the level of the bundle that the slot holds or would hold.
    /// - Throws: `damaged`, `hashCollision`, or what reading throws.
    mutating func updated(
        _ slot: NodeBundle.Slot,
        level: Int,
        _ range: Range<Int>
    ) throws(StorageError) -> NodeBundle.Slot {
        if range.count == 1, let only = try updated(slot, changes[range.lowerBound]) { return only }
        guard level < TreePath.levelCount else { throw StorageError.hashCollision }
        let path = TreePath(level: level, towards: changes[range.lowerBound].keyHash)
        var (record, bundle, hashes) = try open(slot, at: path)
        var changed: UInt16 = 0
        var end = range.upperBound
        while end > range.lowerBound {
            let index = changes[end - 1].keyHash.nibble(at: level)
            var start = end - 1
            while start > range.lowerBound, changes[start - 1].keyHash.nibble(at: level) == index { start -= 1 }
            let new = try updated(bundle.slots[index], level: level + 1, start..<end)
            if new != bundle.slots[index] {
                bundle.slots[index] = new
                changed |= 1 << UInt16(index)
            }
            end = start
        }
        guard changed != 0 else { return slot }
        if let record, let height = historyHeight {
            formerNodes.append((NodeKey.node(at: path, before: height), record))
        }
        // The root alone keeps its bundle down to the last entry; ``SparseMerkleCommitment`` sees to that.
        if let collapsed = bundle.collapsed {
            if record != nil { nodes.append((NodeKey.node(at: path), nil)) }
            return collapsed
        }
        hashes.update(bundle, changed: changed)
        nodes.append((NodeKey.node(at: path), bundle.encoded))
        return .inner(hashes.root)
    }

    /// The bundle in a slot, with its record; or a new one that holds what the slot holds.
    private func open(
        _ slot: NodeBundle.Slot,
        at path: TreePath
    ) throws(StorageError) -> (record: [UInt8]?, bundle: NodeBundle, hashes: BundleHashes) {
        var bundle = NodeBundle()
        switch slot {
        case .empty: break
        case .leaf(let leaf): bundle.slots[leaf.keyHash.nibble(at: path.level)] = slot
        case .inner(let hash):
            let record = try tables.nodes.value(of: NodeKey.node(at: path))
            let verified = try VerifiedBundle(record, at: path, hash: hash, hashing: hashing)
            return (record, verified.bundle, verified.hashes)
        }
        return (nil, bundle, BundleHashes(bundle))
    }

    /// What a slot becomes with a single change; nil when that takes a bundle.
    private mutating func updated(_ slot: NodeBundle.Slot, _ change: TreeChange) throws(StorageError) -> NodeBundle
        .Slot?
    {
        switch slot {
        case .inner:
            return nil
        case .empty:
            return newSlot(change)
        case .leaf(let leaf):
            guard writes.withUnsafeChange(at: change.index, { key, _ in leaf.key.elementsEqual(key) }) else {
                return change.valueHash == nil ? slot : nil
            }
            guard change.valueHash != leaf.valueHash else { return slot }
            try keepValue(of: leaf, change)
            return newSlot(change)
        }
    }

    private func newSlot(_ change: TreeChange) -> NodeBundle.Slot {
        guard let valueHash = change.valueHash else { return .empty }
        let key = writes.withUnsafeChange(at: change.index) { key, _ in [UInt8](key) }
        return .leaf(NodeBundle.Leaf(key: key[...], keyHash: change.keyHash, valueHash: valueHash))
    }

    private mutating func keepValue(of leaf: NodeBundle.Leaf, _ change: TreeChange) throws(StorageError) {
        guard let height = historyHeight else { return }
        guard let value = try tables.state.value(of: Array(leaf.key)) else {
            throw StorageError(
                .damaged,
                """
                The state has no value under the key \(change.keyHash) that the state tree holds. \
                Restore the store from a backup, or replay the log into a new one.
                """
            )
        }
        formerValues.append((NodeKey.value(of: change.keyHash, before: height), value))
    }
}
