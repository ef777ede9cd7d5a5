/// Compares all that is stored of a state tree with the state and with the roots in the headers.
struct StateTreeCheck {
    let tables: CommittedTables
    let hashing: KeyHashing
    var report = StateTreeReport()

    init(_ tables: CommittedTables, hashing: KeyHashing) {
        self.tables = tables
        self.hashing = hashing
    }

    /// Checks the present tree: every bundle by its hash, every leaf by its place and the value in the state; and that
    /// there is neither an entry nor a bundle besides.
    ///
    /// - Throws: `damaged` for the first thing that is wrong, or what reading throws.
    /// - Complexity: O(n) hashes and reads in the order of the tree.
    mutating func checkNodes(root: Hash) throws(StorageError) {
        if root != SparseMerkleTree.emptyRoot {
            try checkNode(at: .root, hash: root)
        }
        let stored = try count(NodeKey.nodePrefix, in: tables.nodes)
        guard stored == report.nodeCount else {
            throw Self.damaged("There are \(stored) records of nodes, but the state tree has \(report.nodeCount)")
        }
        let entries = try count([], in: tables.state)
        guard entries == report.entryCount else {
            throw Self.damaged("The state has \(entries) entries, but the state tree \(report.entryCount)")
        }
        try tables.nodes.scan(StateScan()) { (key, _) throws(StorageError) in
            let isKnown = key.withUnsafeBytes { key in
                key.starts(with: NodeKey.nodePrefix) || key.starts(with: NodeKey.historyPrefix)
                    || key.elementsEqual(NodeKey.lowestHeight)
            }
            guard isKnown else {
                throw Self.damaged("The state tree has a record of no known kind")
            }
            return true
        }
    }

    private mutating func checkNode(at path: TreePath, hash: Hash) throws(StorageError) {
        let record = try tables.nodes.value(of: NodeKey.node(at: path))
        let bundle = try VerifiedBundle(record, at: path, hash: hash, hashing: hashing).bundle
        report.nodeCount += 1
        for index in bundle.slots.indices {
            switch bundle.slots[index] {
            case .empty:
                continue
            case .inner(let hash):
                guard path.level + 1 < TreePath.levelCount else {
                    throw StorageError.damagedNode(path, "lies too deep")
                }
                try checkNode(at: path.child(index), hash: hash)
            case .leaf(let leaf):
                let value = try tables.state.value(of: record.map { Array($0[leaf.key]) } ?? [])
                guard let value, value.withUnsafeBytes(SparseMerkleTree.valueHash) == leaf.valueHash else {
                    throw Self.damaged(
                        "The state's value of the key with the hash \(leaf.keyHash) is not that of its leaf"
                    )
                }
                report.entryCount += 1
            }
        }
    }

    private func count(_ prefix: [UInt8], in table: any StateReading) throws(StorageError) -> UInt64 {
        var count: UInt64 = 0
        var previous: [UInt8]?
        try table.scan(StateScan(prefix: prefix)) { (key, _) throws(StorageError) in
            let key = key.withUnsafeBytes { [UInt8]($0) }
            if let previous, !previous.lexicographicallyPrecedes(key) {
                throw Self.damaged("The keys of a table are out of order")
            }
            previous = key
            count += 1
            return true
        }
        return count
    }

    private static func damaged(_ what: String) -> StorageError {
        StorageError(
            .damaged,
            "\(what). Restore the store from a backup, or replay the log into a new one."
        )
    }
}

/// How much of a state tree was checked and found sound.
public struct StateTreeReport: Sendable, Hashable {
    /// The entries of the state, which are the leaves of the tree.
    public internal(set) var entryCount: UInt64 = 0
    /// The records of the present tree.
    public internal(set) var nodeCount: UInt64 = 0
    /// The heights before the last one whose state is kept.
    public internal(set) var historyHeightCount: UInt64 = 0
    /// The records that are kept of them.
    public internal(set) var historyRecordCount: UInt64 = 0
}
