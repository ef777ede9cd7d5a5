import Dispatch
import Synchronization

/// The changes of a block, and the way they are brought into the tree.
struct TreeBlock: Sendable {
    let writes: WriteSet
    let hashing: KeyHashing
    /// Bundles that need not be hashed again.
    let known: KnownBundles
    /// The height, when what was before the block is to be kept.
    let historyHeight: UInt64?
    /// The changes, in the order of the write set.
    private let changes: [TreeChange]

    /// Fewer changes than this are not worth a second thread.
    private static let parallelThreshold = 256

    /// Hashes the changes, on every core when they are many.
    init(_ writes: WriteSet, hashing: KeyHashing, known: KnownBundles, historyHeight: UInt64?) {
        self.writes = writes
        self.hashing = hashing
        self.known = known
        self.historyHeight = historyHeight
        changes = LeafHasher.parallel(count: writes.count) { index in
            writes.withUnsafeChange(at: index) { key, value in
                TreeChange(
                    keyHash: hashing.hash(key),
                    valueHash: value.map(SparseMerkleTree.valueHash),
                    index: index
                )
            }
        }
    }

    /// What the changes make of the slots of the root, in order of slots.
    ///
    /// The subtrees beneath the root share nothing, so that each can be walked on another core.
    ///
    /// - Parameter bytes: those in which the keys of the root's leaves lie.
    /// - Throws: what the walk through the first subtree that fails throws.
    func updateSubtrees(
        of root: NodeBundle,
        keysIn bytes: [UInt8],
        before: any CommittedState
    ) throws(StorageError) -> [SubtreeResult] {
        let parts = TreeChangePart.parts(of: changes)
        let results = Mutex([Result<SubtreeResult, StorageError>?](repeating: nil, count: parts.count))
        @Sendable func walk(_ number: Int) {
            let result: Result<SubtreeResult, StorageError>
            do throws(StorageError) {
                let part = parts[number]
                // With keys of its own, no walk touches what another one does.
                let (ordered, keys) = part.ordered(changes, of: writes)
                result = .success(
                    try before.read { (tables) throws(StorageError) in
                        var update = SubtreeUpdate(self, ordered, keys: keys, tables: tables, bytes: bytes)
                        let slot = try update.updated(
                            root.slots[part.slot],
                            level: SubtreeUpdate.firstLevel,
                            ordered.indices
                        )
                        return try SubtreeResult(slot, at: part.slot, update)
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
        var updates: [SubtreeResult] = []
        for case let result? in results.withLock({ $0 }) {
            updates.append(try result.get())
        }
        return updates
    }
}

/// What became of one subtree beneath the root.
struct SubtreeResult: Sendable {
    /// The slot of the root.
    let index: Int
    /// What is in it now. The key of a leaf lies in ``bytes``.
    let slot: NodeBundle.Slot
    let bytes: [UInt8]
    /// The bundles that change.
    let nodes: WriteSet
    /// What these bundles were before.
    let formerNodes: WriteSet
    /// What the values that change were before.
    let formerValues: WriteSet

    init(_ slot: NodeBundle.Slot, at index: Int, _ update: SubtreeUpdate) throws(StorageError) {
        self.index = index
        self.slot = slot
        bytes = update.bytes
        nodes = try update.nodes.inOrder()
        formerNodes = try update.formerNodes.inOrder()
        formerValues = try update.formerValues.inOrder()
    }
}
