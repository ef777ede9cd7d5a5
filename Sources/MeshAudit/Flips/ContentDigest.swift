import LMDB
import Storage

/// The hash of everything that a home holds: every entry of every table, reached in order and once more by its key.
///
/// Left out is `last-commit` in the table `meta`: it is only looked at when log and anchor disagree, lets at most a
/// second fault pass, and is written anew with every block.
struct ContentDigest: Hashable {
    let hash: Hash

    /// Reads a whole home.
    ///
    /// - Throws: what storage throws; also when an entry cannot be found by its key.
    init(home: String) throws(AuditError) {
        let tables = try storing { () throws(StorageError) in try StoredTables.open(at: home) }
        defer { tables.close() }
        // Hashes of entries, hashed together; a digest of a small home needs no more.
        var entries = ByteArena()
        try tables.read { (transaction: borrowing ReadTransaction) throws(AuditError) in
            for table in StoredTables.Table.allCases {
                entries.append(Array(table.rawValue.utf8))
                let database = tables[table]
                try tables.forEachEntry(of: table, in: transaction) { (key, value) throws(AuditError) in
                    if table == .meta, key.elementsEqual("last-commit".utf8) { return }
                    let found = try reading { () throws(LMDBError) in
                        try transaction.unsafeValue(of: key, in: database)
                    }
                    guard let found, found.isEqual(to: value) else {
                        throw AuditError(
                            .storage,
                            "An entry of the table \(table.rawValue) cannot be found by its key."
                        )
                    }
                    entries.append(key)
                    entries.append(value)
                }
            }
        }
        hash = MerkleTree.root(of: entries)
    }
}
