/// One walk down a subtree and up again, with all changes beneath it.
///
/// Slots are walked from right to left and a bundle comes after those beneath it: so what is written is in exactly the
/// reverse order of keys.
struct SubtreeUpdate {
    /// The level of the bundles beneath the root, where a walk begins.
    static let firstLevel = 1

    /// The changes, in order of key hashes.
    private let changes: [TreeChange]
    /// Their keys, in the same order.
    private let keys: ByteArena
    private let hashing: KeyHashing
    private let known: KnownBundles
    /// The height, when what was before the block is to be kept.
    private let historyHeight: UInt64?
    private let tables: CommittedTables

    /// The records of the bundles from the top of the walk to where it is, and the keys of new leaves: where the keys of
    /// all leaves at hand lie. What a bundle has added is dropped when the walk leaves it, but for the key of a lone leaf.
    private(set) var bytes: [UInt8]
    // One for every level of the walk so far, from the top down.
    private var levels: [Level] = []
    // Kept for their room.
    private var key: [UInt8] = []
    private var record: [UInt8] = []

    /// Bundles that change.
    private(set) var nodes = ReversedWrites()
    /// Bundles as they were.
    private(set) var formerNodes = ReversedWrites()
    /// Values as they were.
    private(set) var formerValues = ReversedWrites()

    /// The bundle at hand on a level. An object, so that it is read and changed where it lies: it is large.
    private final class Level {
        var verified = VerifiedBundle()
    }

    /// Begins a walk.
    ///
    /// - Parameters:
    ///   - changes: those beneath the subtree, in order of key hashes.
    ///   - keys: their keys, in the same order.
    ///   - bytes: those in which the key of the subtree's leaf lies, if it is one.
    init(_ block: TreeBlock, _ changes: [TreeChange], keys: ByteArena, tables: CommittedTables, bytes: [UInt8]) {
        self.changes = changes
        self.keys = keys
        hashing = block.hashing
        known = block.known
        historyHeight = block.historyHeight
        self.tables = tables
        self.bytes = bytes
    }

    /// What a slot becomes with some of the changes, all of which lie beneath it.
    ///
    /// - Parameter level: the level of the bundle that the slot holds or would hold, ``firstLevel`` to begin with.
    /// - Throws: `damaged`, `hashCollision`, or what reading throws.
    mutating func updated(
        _ slot: NodeBundle.Slot,
        level: Int,
        _ range: Range<Int>
    ) throws(StorageError) -> NodeBundle.Slot {
        if range.count == 1, let only = try updated(slot, at: range.lowerBound) { return only }
        guard level < TreePath.levelCount else { throw StorageError.hashCollision }
        let path = TreePath(level: level, towards: changes[range.lowerBound].keyHash)
        let depth = level - Self.firstLevel
        let mark = bytes.count
        let old = try open(slot, at: path, depth: depth)
        let here = levels[depth]
        let changed = try updateSlots(of: here, level: level, range)
        guard changed != 0 else {
            drop(from: mark)
            return slot
        }
        if let old, let historyHeight {
            key.removeAll(keepingCapacity: true)
            NodeKey.append(node: path, before: historyHeight, to: &key)
            formerNodes.append(key, bytes[old])
        }
        key.removeAll(keepingCapacity: true)
        NodeKey.append(node: path, to: &key)
        // The root alone keeps its bundle down to the last entry; ``SparseMerkleCommitment`` sees to that.
        if let collapsed = here.verified.bundle.collapsed {
            if old != nil { nodes.append(key, nil) }
            return collapsed
        }
        here.verified.rehash(changed: changed)
        record.removeAll(keepingCapacity: true)
        here.verified.bundle.encode(into: &record, keysIn: bytes)
        nodes.append(key, record[...])
        known.insert(here.verified, record: record, at: path)
        drop(from: mark)
        return .inner(here.verified.root)
    }

    /// Brings changes into the slots of a bundle.
    ///
    /// - Returns: the slots that change.
    private mutating func updateSlots(
        of here: Level,
        level: Int,
        _ range: Range<Int>
    ) throws(StorageError) -> UInt16 {
        var changed: UInt16 = 0
        var end = range.upperBound
        while end > range.lowerBound {
            let index = changes[end - 1].keyHash.nibble(at: level)
            var start = end - 1
            while start > range.lowerBound, changes[start - 1].keyHash.nibble(at: level) == index { start -= 1 }
            let new = try updated(here.verified.bundle.slots[index], level: level + 1, start..<end)
            if here.verified.set(index, to: new) {
                changed |= 1 << UInt16(index)
            }
            end = start
        }
        return changed
    }

    /// Makes the bundle in a slot the one at a depth; or a new one that holds what the slot holds.
    ///
    /// - Returns: where its record lies in ``bytes``, nil when it has none.
    private mutating func open(
        _ slot: NodeBundle.Slot,
        at path: TreePath,
        depth: Int
    ) throws(StorageError) -> Range<Int>? {
        if levels.count == depth { levels.append(Level()) }
        let here = levels[depth]
        switch slot {
        case .empty:
            here.verified = VerifiedBundle()
            return nil
        case .leaf(let leaf):
            let index = leaf.keyHash.nibble(at: path.level)
            here.verified = VerifiedBundle()
            _ = here.verified.set(index, to: slot)
            here.verified.rehash(changed: 1 << UInt16(index))
            return nil
        case .inner(let hash):
            key.removeAll(keepingCapacity: true)
            NodeKey.append(node: path, to: &key)
            guard try tables.nodes.read(key, into: &record) else { throw StorageError.damagedNode(path, "is missing") }
            let place = bytes.count..<bytes.count + record.count
            bytes.append(contentsOf: record)
            if let known = known.bundle(of: place, in: bytes, at: path, hash: hash) {
                here.verified = known
            } else {
                try here.verified.read(place, of: bytes, at: path, hash: hash, hashing: hashing)
            }
            return place
        }
    }

    private mutating func drop(from mark: Int) {
        bytes.removeLast(bytes.count - mark)
    }

    /// What a slot becomes with the change at a position alone; nil when that takes a bundle.
    private mutating func updated(
        _ slot: NodeBundle.Slot,
        at position: Int
    ) throws(StorageError) -> NodeBundle.Slot? {
        switch slot {
        case .inner:
            return nil
        case .empty:
            return newSlot(at: position)
        case .leaf(let leaf):
            let valueHash = changes[position].valueHash
            guard isKey(of: leaf, at: position) else { return valueHash == nil ? slot : nil }
            guard valueHash != leaf.valueHash else { return slot }
            try keepValue(at: position)
            return newSlot(at: position)
        }
    }

    /// Whether a leaf is that of the key of a change; it may be another one that is published under the same key.
    private func isKey(of leaf: NodeBundle.Leaf, at position: Int) -> Bool {
        guard changes[position].keyHash == leaf.keyHash else { return false }
        return keys.withUnsafeBytes(at: position) { key in
            bytes.withUnsafeBytes { UnsafeRawBufferPointer(rebasing: $0[leaf.key]).elementsEqual(key) }
        }
    }

    private mutating func newSlot(at position: Int) -> NodeBundle.Slot {
        guard let valueHash = changes[position].valueHash else { return .empty }
        let start = bytes.count
        keys.append(at: position, to: &bytes)
        let keyHash = changes[position].keyHash
        return .leaf(NodeBundle.Leaf(key: start..<bytes.count, keyHash: keyHash, valueHash: valueHash))
    }

    /// Keeps the value that a change replaces or removes.
    private mutating func keepValue(at position: Int) throws(StorageError) {
        guard let historyHeight else { return }
        let keyHash = changes[position].keyHash
        key.removeAll(keepingCapacity: true)
        keys.append(at: position, to: &key)
        guard try tables.state.read(key, into: &record) else {
            throw StorageError(
                .damaged,
                """
                The state has no value under the key \(keyHash) that the state tree holds. \
                Restore the store from a backup, or replay the log into a new one.
                """
            )
        }
        key.removeAll(keepingCapacity: true)
        NodeKey.append(valueOf: keyHash, before: historyHeight, to: &key)
        formerValues.append(key, record[...])
    }
}
