import LMDB

/// Follows the tiles of leaf hashes in order, with a cursor over the table `tree`.
struct TileCursor {
    private var isMoveDue = true
    private var isOnEntry = true

    /// The tile of a key, in place; keys must be asked for in order, always with the same cursor.
    ///
    /// - Returns: nil when it is missing, which is then among the findings, as is what lies between.
    mutating func value(
        of key: [UInt8],
        from cursor: inout Cursor,
        findings: inout FindingLog
    ) throws(AuditError) -> UnsafeRawBufferPointer? {
        while isOnEntry {
            if isMoveDue { isOnEntry = try cursor.advance() }
            isMoveDue = false
            guard isOnEntry, key.withUnsafeBytes({ cursor.unsafeKey.precedes($0) }) else { break }
            let place = Finding.Place(table: "tree", key: [UInt8](cursor.unsafeKey))
            findings.add(.treeNodeUnexpected, at: place, "The tree has no such tile.")
            isMoveDue = true
        }
        guard isOnEntry, key.withUnsafeBytes({ cursor.unsafeKey.isEqual(to: $0) }) else {
            findings.add(.treeNodeDamaged, at: .init(table: "tree", key: key), "The tile of leaf hashes is missing.")
            return nil
        }
        isMoveDue = true
        return cursor.unsafeValue
    }
}
