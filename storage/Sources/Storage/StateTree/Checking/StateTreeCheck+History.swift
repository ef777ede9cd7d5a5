extension StateTreeCheck {
    /// A height of which the history says what was before its block.
    struct KeptHeight: Sendable {
        let height: UInt64
        /// How many records there are after the summary.
        let recordCount: UInt32
        /// The state root before the block.
        let rootBefore: Hash
        /// Whether the block has another root.
        let isChanged: Bool
    }

    /// The heights of the history, their summaries checked. What they hold is left to ``checkRecords(of:)``.
    ///
    /// - Parameters:
    ///   - last: the last height.
    ///   - root: the state root after the block of a height, nil when there is no such block.
    /// - Throws: `damaged` for the first thing that is wrong, or what reading throws.
    /// - Complexity: O(records) steps of a cursor.
    func keptHeights(
        upTo last: UInt64,
        root: (_ height: UInt64) throws(StorageError) -> Hash?,
        emptyRoot: Hash,
        firstHeight: UInt64
    ) throws(StorageError) -> [KeptHeight] {
        let counts = try historyCounts()
        guard try TreeHistory.lowestHeight(in: tables.nodes) == counts.first?.height else {
            throw TreeHistory.damaged(counts.first?.height ?? last, "another height is noted as the lowest")
        }
        return try counts.map { (height, count) throws(StorageError) in
            guard height >= firstHeight, height <= last else {
                throw TreeHistory.damaged(height, "there is no such block")
            }
            guard try TreeHistory.Summary(of: height, in: tables.nodes)?.recordCount == count else {
                throw TreeHistory.damaged(height, "it has \(count) records, not as many as its summary says")
            }
            let before = height == firstHeight ? emptyRoot : try root(height - 1)
            guard let before else { throw TreeHistory.damaged(height, "the header before it is missing") }
            let after = try root(height)
            return KeptHeight(height: height, recordCount: count, rootBefore: before, isChanged: after != before)
        }
    }

    /// Checks every record of a height by the state root before it.
    ///
    /// - Throws: `damaged` for the first thing that is wrong, or what reading throws.
    /// - Complexity: O(records) hashes and reads.
    func checkRecords(of kept: KeptHeight) throws(StorageError) {
        var reached: UInt32 = 0
        if kept.rootBefore != SparseMerkleTree.emptyRoot {
            try checkFormerNode(at: .root, hash: kept.rootBefore, kept.height, &reached)
            guard reached > 0 || !kept.isChanged else {
                throw TreeHistory.damaged(kept.height, "it has no records, though the block changed the state")
            }
        }
        guard reached == kept.recordCount else {
            throw TreeHistory.damaged(
                kept.height,
                "it has \(kept.recordCount) records, but the tree reaches \(reached)"
            )
        }
    }

    /// The heights of the history in order, each with the number of records after its summary.
    private func historyCounts() throws(StorageError) -> [(height: UInt64, count: UInt32)] {
        var counts: [(height: UInt64, count: UInt32)] = []
        try tables.nodes.scan(StateScan(prefix: NodeKey.historyPrefix)) { (key, _) throws(StorageError) in
            let (height, isSummary) = try NodeKey.height(ofHistory: key)
            if isSummary {
                if let previous = counts.last?.height, previous >= height {
                    throw TreeHistory.damaged(height, "its keys are out of order")
                }
                counts.append((height, 0))
            } else {
                guard let previous = counts.last, previous.height == height else {
                    throw TreeHistory.damaged(height, "it has no summary")
                }
                counts[counts.count - 1].count += 1
            }
            return true
        }
        return counts
    }

    /// Visits a bundle, if the block of a height changed it, and what it changed beneath.
    private func checkFormerNode(
        at path: TreePath,
        hash: Hash,
        _ height: UInt64,
        _ reached: inout UInt32
    ) throws(StorageError) {
        guard let record = try tables.nodes.value(of: NodeKey.node(at: path, before: height)) else { return }
        let bundle = try VerifiedBundle(record, at: path, hash: hash, hashing: hashing).bundle
        reached += 1
        for index in bundle.slots.indices {
            switch bundle.slots[index] {
            case .empty:
                continue
            case .inner(let hash):
                guard path.level + 1 < TreePath.levelCount else {
                    throw StorageError.damagedNode(path, "lies too deep")
                }
                try checkFormerNode(at: path.child(index), hash: hash, height, &reached)
            case .leaf(let leaf):
                guard let value = try tables.nodes.value(of: NodeKey.value(of: leaf.keyHash, before: height)) else {
                    continue
                }
                guard value.withUnsafeBytes(SparseMerkleTree.valueHash) == leaf.valueHash else {
                    throw TreeHistory.damaged(
                        height,
                        "the value of the key with the hash \(leaf.keyHash) is not that of its leaf"
                    )
                }
                reached += 1
            }
        }
    }
}
