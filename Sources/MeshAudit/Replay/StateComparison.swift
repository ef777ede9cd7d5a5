import LMDB
import Storage

/// Compares the state and the state tree of two stores, entry by entry, in order of keys.
///
/// What a store keeps of earlier heights is its own choice, and is not compared.
struct StateComparison {
    private(set) var findings = FindingLog()
    private(set) var differences: [StateDifference] = []
    private(set) var entryCount: UInt64 = 0

    private let home: StoredTables
    private let rebuilt: StoredTables
    private let names: InstanceNames

    init(home: StoredTables, rebuilt: StoredTables, names: InstanceNames) {
        self.home = home
        self.rebuilt = rebuilt
        self.names = names
    }

    /// Compares, if the home's last block is still the one of `height`.
    ///
    /// - Returns: whether it is.
    mutating func run(at height: UInt64, _ progress: AuditProgress.Handler) throws(AuditError) -> Bool {
        try home.read { (left: borrowing ReadTransaction) throws(AuditError) in
            let last = try left.withCursor(in: home[.blocks]) { (cursor: inout Cursor) throws(AuditError) in
                try reading { () throws(LMDBError) in try cursor.move(to: .last) }
                    ? ByteReader.only(UInt64.self, in: cursor.unsafeKey) : nil
            }
            guard last == height else { return false }
            try rebuilt.read { (right: borrowing ReadTransaction) throws(AuditError) in
                for table in [StoredTables.Table.state, .commitment] {
                    try compare(table, left, right, progress)
                }
            }
            return true
        }
    }

    private mutating func compare(
        _ table: StoredTables.Table,
        _ left: borrowing ReadTransaction,
        _ right: borrowing ReadTransaction,
        _ progress: AuditProgress.Handler
    ) throws(AuditError) {
        let total = try storing { () throws(StorageError) in try home.entryCount(of: table, in: left) }
        try left.withCursor(in: home[table]) { (stored: inout Cursor) throws(AuditError) in
            try right.withCursor(in: rebuilt[table]) { (given: inout Cursor) throws(AuditError) in
                var isStored = try stored.advance(within: table)
                var isGiven = try given.advance(within: table)
                while isStored || isGiven {
                    let isLeftDue = isStored && (!isGiven || !given.unsafeKey.precedes(stored.unsafeKey))
                    let isRightDue = isGiven && (!isStored || !stored.unsafeKey.precedes(given.unsafeKey))
                    if !isLeftDue || !isRightDue || !stored.unsafeValue.isEqual(to: given.unsafeValue) {
                        note(
                            table,
                            key: [UInt8](isLeftDue ? stored.unsafeKey : given.unsafeKey),
                            stored: isLeftDue ? [UInt8](stored.unsafeValue) : nil,
                            rebuilt: isRightDue ? [UInt8](given.unsafeValue) : nil
                        )
                    }
                    entryCount += 1
                    if entryCount % 65_536 == 0 {
                        progress(AuditProgress(.comparison, completed: entryCount, total: total))
                    }
                    if isLeftDue { isStored = try stored.advance(within: table) }
                    if isRightDue { isGiven = try given.advance(within: table) }
                }
            }
        }
        progress(AuditProgress(.comparison, completed: entryCount, total: total))
    }

    private mutating func note(_ table: StoredTables.Table, key: [UInt8], stored: [UInt8]?, rebuilt: [UInt8]?) {
        let difference = StateDifference(
            table: table.rawValue,
            fullKey: key,
            stored: stored,
            rebuilt: rebuilt,
            owner: table == .state ? names.owner(of: key) : nil
        )
        if differences.count < FindingLog.limit { differences.append(difference) }
        findings.add(.stateEntryDiffers, at: .init(table: table.rawValue, key: key), "\(difference).")
    }
}

extension Cursor {
    /// Moves to the next entry that follows from the state alone: in the table of nodes, the history stands behind them.
    fileprivate mutating func advance(within table: StoredTables.Table) throws(AuditError) -> Bool {
        guard try advance() else { return false }
        return table != .commitment || unsafeKey.starts(with: SparseMerkleCommitment.nodeKeyPrefix)
    }
}
