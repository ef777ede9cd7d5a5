import Dispatch
import Synchronization

/// The changes of a block, in the order of the tree, and the way they are brought into it.
struct TreeBlock: Sendable {
    /// The changes, in order of key hashes.
    let changes: [TreeChange]
    let writes: WriteSet
    let hashing: KeyHashing
    /// The height, when what was before the block is to be kept.
    let historyHeight: UInt64?

    /// Fewer changes than this are not worth a second thread.
    private static let parallelThreshold = 256

    /// Hashes and orders the changes, on every core when they are many.
    init(_ writes: WriteSet, hashing: KeyHashing, historyHeight: UInt64?) {
        self.writes = writes
        self.hashing = hashing
        self.historyHeight = historyHeight
        let keyHashes = LeafHasher.parallel(count: writes.count) { index in
            writes.withUnsafeChange(at: index) { key, _ in hashing.hash(key) }
        }
        let valueHashes = LeafHasher.parallel(count: writes.count) { index in
            writes.withUnsafeChange(at: index) { _, value in value.map(SparseMerkleTree.valueHash) ?? .zero }
        }
        var changes: [TreeChange] = []
        changes.reserveCapacity(writes.count)
        for index in 0..<writes.count {
            let isRemoval = writes.withUnsafeChange(at: index) { _, value in value == nil }
            let valueHash = isRemoval ? nil : valueHashes[index]
            changes.append(TreeChange(keyHash: keyHashes[index], valueHash: valueHash, index: index))
        }
        changes.sort { $0.keyHash < $1.keyHash }
        self.changes = changes
    }

    /// What the changes make of the slots of the root, in order of slots.
    ///
    /// The subtrees beneath the root share nothing, so that each can be walked on another core.
    ///
    /// - Throws: what the walk through the first subtree that fails throws.
    func updateSubtrees(
        of root: NodeBundle,
        before: any CommittedState
    ) throws(StorageError) -> [(index: Int, update: SubtreeResult)] {
        let parts = partition()
        let results = Mutex([Result<SubtreeResult, StorageError>?](repeating: nil, count: parts.count))
        @Sendable func walk(_ number: Int) {
            let result: Result<SubtreeResult, StorageError>
            do throws(StorageError) {
                let (index, range) = parts[number]
                result = .success(
                    try before.read { (tables) throws(StorageError) in
                        var update = SubtreeUpdate(self, tables: tables)
                        let slot = try update.updated(root.slots[index], level: 1, range)
                        return SubtreeResult(slot: slot, update)
                    }
                )
            } catch {
                result = .failure(error)
            }
            results.withLock { $0[number] = result }
        }
        if changes.count < Self.parallelThreshold {
            for number in parts.indices { walk(number) }
        } else {
            DispatchQueue.concurrentPerform(iterations: parts.count, execute: walk)
        }
        var updates: [(index: Int, update: SubtreeResult)] = []
        for (part, result) in zip(parts, results.withLock { $0 }) {
            if let result { updates.append((part.index, try result.get())) }
        }
        return updates
    }

    /// The changes of each slot of the root that has any.
    private func partition() -> [(index: Int, range: Range<Int>)] {
        var parts: [(index: Int, range: Range<Int>)] = []
        var start = 0
        for (position, change) in changes.enumerated() {
            let index = change.keyHash.nibble(at: 0)
            let isLast = position + 1 == changes.count || changes[position + 1].keyHash.nibble(at: 0) != index
            guard isLast else { continue }
            parts.append((index, start..<position + 1))
            start = position + 1
        }
        return parts
    }
}

/// What became of one subtree beneath the root. The records are in reverse order of keys.
struct SubtreeResult: Sendable {
    let slot: NodeBundle.Slot
    let nodes: [SubtreeUpdate.Write]
    let formerNodes: [SubtreeUpdate.Write]
    let formerValues: [SubtreeUpdate.Write]

    init(slot: NodeBundle.Slot, _ update: SubtreeUpdate) {
        self.slot = slot
        nodes = update.nodes
        formerNodes = update.formerNodes
        formerValues = update.formerValues
    }
}
