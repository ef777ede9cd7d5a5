/// The state tree: a sparse Merkle tree whose root is the state root, with proofs of what is in the state and what is not.
///
/// ``SparseMerkleTree`` has its hash rules. It is kept in bundles of four levels, one record each; a block reads and
/// writes only the bundles above its changes. What they were before is kept as well for some heights, so that the states
/// of these can be proven too.
public struct SparseMerkleCommitment: StateCommitment {
    /// How many heights before the last one can be proven; with 0 only the last one can.
    ///
    /// May differ from one opening of a store to the next. With fewer, the next blocks remove what is too much, two heights
    /// each; with more, the history grows from then on.
    public let provableHeights: UInt64

    /// What the keys of the present bundles begin with, and no others: what is behind them in the table is the history.
    ///
    /// The present bundles follow from the state alone, so that they are the same in every store with the same entries.
    public static let nodeKeyPrefix = NodeKey.nodePrefix

    let hashing: KeyHashing
    // Shared by the copies of this commitment. Of another store's bundles none is taken for one of this: it has other bytes.
    let known = KnownBundles()

    /// A tree that keeps the states of some heights.
    public init(provableHeights: UInt64 = 100) {
        self.init(provableHeights: provableHeights, hashing: .sha256)
    }

    init(provableHeights: UInt64, hashing: KeyHashing) {
        self.provableHeights = provableHeights
        self.hashing = hashing
    }

    /// `sparse-merkle-1`.
    public var identifier: String { "sparse-merkle-1" }

    /// 32 zero bytes.
    public var emptyRoot: Hash { SparseMerkleTree.emptyRoot }

    /// The root after a block, and the bundles that change.
    ///
    /// - Throws: `damaged` when a bundle above a change does not have the hash that it should have; `hashCollision` when
    ///   two changes, or a new entry and an old one, are published under one key; or what reading throws.
    /// - Complexity: O(k log n) hashes and reads for k changes among n entries, on every core when k is large.
    public func update(_ block: StateCommitmentBlock) throws(StorageError) -> StateCommitmentUpdate {
        let historyHeight = provableHeights == 0 ? nil : block.height
        let changes = TreeBlock(block.writes, hashing: hashing, known: known, historyHeight: historyHeight)
        let oldRecord = try block.before.read { (tables) throws(StorageError) in
            try rootRecord(hash: block.previousRoot, tables)
        }
        var root =
            try oldRecord.map { (record) throws(StorageError) in
                try VerifiedBundle(record, at: .root, hash: block.previousRoot, hashing: hashing, known: known)
            } ?? VerifiedBundle()
        var bytes = oldRecord ?? []
        let subtrees = try changes.updateSubtrees(of: root.bundle, keysIn: bytes, before: block.before)
        var changed: UInt16 = 0
        for subtree in subtrees where root.set(subtree.index, to: subtree.slot(appendingKeyTo: &bytes)) {
            changed |= 1 << UInt16(subtree.index)
        }
        root.rehash(changed: changed)

        var rootWrite = WriteSet()
        if changed != 0 {
            var record: [UInt8] = []
            root.bundle.encode(into: &record, keysIn: bytes)
            known.insert(root, record: record, at: .root)
            let isEmpty = root.bundle.collapsed == .empty
            try rootWrite.append(NodeKey.node(at: .root), isEmpty ? .removal : .value(record))
        }
        let outdated = try outdatedHistory(at: block)
        var parts = [rootWrite] + subtrees.map(\.nodes) + [outdated.removals]
        if let historyHeight {
            let oldRoot = changed == 0 ? nil : oldRecord
            try parts.append(historyHead(of: subtrees, oldRoot: oldRoot, historyHeight))
            parts += subtrees.map(\.formerNodes) + subtrees.map(\.formerValues)
        }
        let lowest = outdated.left ?? historyHeight
        if outdated.lowest != lowest {
            try parts.append(WriteSet(lowestHeight: lowest))
        }
        return StateCommitmentUpdate(root: root.hashes.root, nodeWrites: try WriteSet(joining: parts))
    }

    private func rootRecord(hash: Hash, _ tables: CommittedTables) throws(StorageError) -> [UInt8]? {
        guard hash != emptyRoot else { return nil }
        guard let record = try tables.nodes.value(of: NodeKey.node(at: .root)) else {
            throw StorageError.damagedNode(.root, "is missing")
        }
        return record
    }

    /// What removes the records of the history that the block ends, and its lowest height before and after that.
    private func outdatedHistory(
        at block: StateCommitmentBlock
    ) throws(StorageError) -> (removals: WriteSet, lowest: UInt64?, left: UInt64?) {
        try block.before.read { (tables) throws(StorageError) in
            let lowest = try TreeHistory.lowestHeight(in: tables.nodes)
            let (last, isNone) = block.height.subtractingReportingOverflow(provableHeights)
            guard !isNone else { return (WriteSet(), lowest, lowest) }
            let (removals, left) = try TreeHistory.outdated(upTo: last, in: tables.nodes)
            return (removals, lowest, left)
        }
    }

    /// The first records of a block's history: its summary, and the root's bundle as it was.
    private func historyHead(
        of subtrees: [SubtreeResult],
        oldRoot: [UInt8]?,
        _ height: UInt64
    ) throws(StorageError) -> WriteSet {
        let count = subtrees.reduce(oldRoot == nil ? 0 : 1) { $0 + $1.formerNodes.count + $1.formerValues.count }
        let summary = TreeHistory.Summary(height: height, recordCount: UInt32(clamping: count))
        var writes = WriteSet()
        try writes.append(NodeKey.summary(of: height), .value(summary.encoded))
        if let oldRoot {
            try writes.append(NodeKey.node(at: .root, before: height), .value(oldRoot))
        }
        return writes
    }
}

extension SubtreeResult {
    /// The slot, the key of its leaf moved to other bytes.
    fileprivate func slot(appendingKeyTo other: inout [UInt8]) -> NodeBundle.Slot {
        guard case .leaf(let leaf) = slot else { return slot }
        let start = other.count
        other.append(contentsOf: bytes[leaf.key])
        return .leaf(.init(key: start..<other.count, keyHash: leaf.keyHash, valueHash: leaf.valueHash))
    }
}

extension WriteSet {
    /// What notes the lowest height of the history.
    fileprivate init(lowestHeight height: UInt64?) throws(StorageError) {
        self.init()
        let value = height.map { height in
            var value: [UInt8] = []
            value.append(bigEndian: height)
            return value
        }
        try append(NodeKey.lowestHeight, value.map { .value($0) } ?? .removal)
    }
}
