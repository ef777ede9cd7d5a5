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
    /// - Throws: `damaged` when a bundle above a change does not have the hash that it should have; `hashCollision`; or
    ///   what reading throws.
    /// - Complexity: O(k log n) hashes and reads for k changes among n entries, on every core when k is large.
    public func update(_ block: StateCommitmentBlock) throws(StorageError) -> StateCommitmentUpdate {
        let historyHeight = provableHeights == 0 ? nil : block.height
        let changes = TreeBlock(block.writes, hashing: hashing, historyHeight: historyHeight)
        let old = try block.before.read { (tables) throws(StorageError) in
            try rootBundle(hash: block.previousRoot, tables)
        }
        var bundle = old?.verified.bundle ?? NodeBundle()
        let updates = try changes.updateSubtrees(of: bundle, before: block.before)
        var changed: UInt16 = 0
        for (index, update) in updates where update.slot != bundle.slots[index] {
            bundle.slots[index] = update.slot
            changed |= 1 << UInt16(index)
        }
        var hashes = old?.verified.hashes ?? BundleHashes(NodeBundle())
        hashes.update(bundle, changed: changed)

        var writes = WriteSet()
        if changed != 0 {
            let isEmpty = bundle.collapsed == .empty
            try writes.append(NodeKey.node(at: .root), isEmpty ? .removal : .value(bundle.encoded))
        }
        for (_, update) in updates {
            try writes.append(reversed: update.nodes)
        }
        let (outdated, lowest, left) = try outdatedHistory(at: block)
        for key in outdated {
            try writes.append(key, .removal)
        }
        if let historyHeight {
            try append(
                historyOf: updates.map(\.update),
                oldRoot: changed == 0 ? nil : old?.record,
                historyHeight,
                to: &writes
            )
        }
        if lowest != left ?? historyHeight {
            try writes.append(lowestHeight: left ?? historyHeight)
        }
        return StateCommitmentUpdate(root: hashes.root, nodeWrites: writes)
    }

    private func rootBundle(
        hash: Hash,
        _ tables: CommittedTables
    ) throws(StorageError) -> (record: [UInt8], verified: VerifiedBundle)? {
        guard hash != emptyRoot else { return nil }
        let record = try tables.nodes.value(of: NodeKey.node(at: .root))
        let verified = try VerifiedBundle(record, at: .root, hash: hash, hashing: hashing)
        return record.map { ($0, verified) }
    }

    /// The records of the history that the block removes, and its lowest height before and after that.
    private func outdatedHistory(
        at block: StateCommitmentBlock
    ) throws(StorageError) -> (keys: [[UInt8]], lowest: UInt64?, left: UInt64?) {
        try block.before.read { (tables) throws(StorageError) in
            let lowest = try TreeHistory.lowestHeight(in: tables.nodes)
            let (last, isNone) = block.height.subtractingReportingOverflow(provableHeights)
            guard !isNone else { return ([], lowest, lowest) }
            let (keys, left) = try TreeHistory.outdated(upTo: last, in: tables.nodes)
            return (keys, lowest, left)
        }
    }

    private func append(
        historyOf updates: [SubtreeResult],
        oldRoot: [UInt8]?,
        _ height: UInt64,
        to writes: inout WriteSet
    ) throws(StorageError) {
        let count = updates.reduce(oldRoot == nil ? 0 : 1) { $0 + $1.formerNodes.count + $1.formerValues.count }
        let summary = TreeHistory.Summary(height: height, recordCount: UInt32(clamping: count))
        try writes.append(NodeKey.summary(of: height), .value(summary.encoded))
        if let oldRoot {
            try writes.append(NodeKey.node(at: .root, before: height), .value(oldRoot))
        }
        for update in updates {
            try writes.append(reversed: update.formerNodes)
        }
        for update in updates {
            try writes.append(reversed: update.formerValues)
        }
    }
}

extension WriteSet {
    fileprivate mutating func append(reversed writes: [SubtreeUpdate.Write]) throws(StorageError) {
        for write in writes.reversed() {
            try append(write.key, write.value.map { .value($0) } ?? .removal)
        }
    }

    fileprivate mutating func append(lowestHeight height: UInt64?) throws(StorageError) {
        guard let height else { return try append(NodeKey.lowestHeight, .removal) }
        var value: [UInt8] = []
        value.append(bigEndian: height)
        try append(NodeKey.lowestHeight, .value(value))
    }
}
