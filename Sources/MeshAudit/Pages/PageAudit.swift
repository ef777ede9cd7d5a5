import LMDB

/// Checks the data file of a home page by page, before LMDB is let at it.
///
/// LMDB 0.9 has no checksums and trusts its pages: a damaged one can lead it anywhere, a damaged list of free pages
/// lets the next writer overwrite what is in use. So all that LMDB trusts is checked here with plain reads: every tree, the
/// list of free pages, and that each page has exactly one use. What the pages hold is checked by the rest of verify.
struct PageAudit {
    let home: String

    /// The flags of the list of free pages: `MDB_INTEGERKEY`.
    private static let freeListFlags: UInt16 = 0x08

    /// Walks through the file as of its last commit.
    ///
    /// - Returns: findings; when there are any, LMDB should not read the file.
    /// - Throws: `unreadableHome`.
    func run(_ progress: @escaping AuditProgress.Handler) throws(AuditError) -> FindingLog {
        var options = EnvironmentOptions()
        options.access = .readOnly
        // The transaction keeps a writer from using the pages again that are looked at. LMDB reads headers only.
        let environment = try reading { () throws(LMDBError) in try Environment.open(at: home, options: options) }
        defer { environment.close() }
        return try environment.read { (transaction: borrowing ReadTransaction) throws(AuditError) in
            try walk(transaction: UInt64(clamping: transaction.number), progress)
        }
    }

    private func walk(
        transaction: UInt64,
        _ progress: @escaping AuditProgress.Handler
    ) throws(AuditError) -> FindingLog {
        let file = try PageFile(home: home)
        var findings = FindingLog()
        // LMDB writes its two headers in turn, by the parity of the transaction, and readers count on it.
        let headerPage = transaction & 1
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: file.pageByteCount, alignment: 16)
        defer { buffer.deallocate() }
        guard
            try file.read(headerPage, into: buffer),
            let header = FileHeader(UnsafeRawBufferPointer(buffer)),
            header.transaction == transaction,
            header.lastPage < UInt64(Int.max) / UInt64(file.pageByteCount)
        else {
            let what = "The header of transaction \(transaction) is not where it must be."
            findings.add(.pageDamaged, at: .init(page: headerPage), what)
            return findings
        }
        let pageCount = header.lastPage + 1
        let walk = TreeWalk(file, pageCount: pageCount) { taken in
            if taken % 65_536 == 0 { progress(AuditProgress(.pages, completed: taken, total: pageCount)) }
        }
        try check(header, with: walk)
        progress(AuditProgress(.pages, completed: walk.use.takenCount, total: pageCount))
        return walk.findings
    }

    private func check(_ header: FileHeader, with walk: TreeWalk) throws(AuditError) {
        var tables: [(name: String, tree: TreeDescription)] = []
        var isSound = true
        if header.main.flags != 0 || header.free.flags != Self.freeListFlags {
            walk.findings.add(.pageDamaged, at: .init(page: header.transaction & 1), "The header has unknown flags.")
        }
        try walk.run(header.main, table: "(tables)", wantsLargeValues: true) { entry in
            guard entry.isTable, let tree = TreeDescription(entry.value) else {
                isSound = false
                return
            }
            tables.append((String(decoding: entry.key, as: UTF8.self), tree))
        }
        if !isSound {
            walk.findings.add(.tableInvalid, at: .init(table: "(tables)"), "An entry describes no table.")
        }
        for (name, tree) in tables {
            if tree.flags != 0 {
                walk.findings.add(.tableInvalid, at: .init(table: name), "The table is sorted in an unknown way.")
            }
            try walk.run(tree, table: name)
        }
        try checkFreeList(header, with: walk)
    }

    /// A page that is both free and used would be overwritten by the next block; one that is neither is lost.
    private func checkFreeList(_ header: FileHeader, with walk: TreeWalk) throws(AuditError) {
        let before = walk.findings.count
        var free: [UInt64] = []
        var isSound = true
        try walk.run(header.free, table: "(free pages)", order: .numbers, wantsLargeValues: true) { entry in
            let numbers = entry.value.count / 8
            let isCurrent = UInt64(littleEndian: entry.key.loadUnaligned(as: UInt64.self)) <= header.transaction
            guard isCurrent, numbers >= 1, entry.value.count % 8 == 0 else {
                isSound = false
                return
            }
            let count = UInt64(littleEndian: entry.value.loadUnaligned(as: UInt64.self))
            guard count <= UInt64(numbers - 1) else {
                isSound = false
                return
            }
            let pages = (0..<Int(count)).map { index in
                UInt64(littleEndian: entry.value.loadUnaligned(fromByteOffset: 8 * (index + 1), as: UInt64.self))
            }
            // LMDB merges the lists by their order, greatest first.
            if zip(pages, pages.dropFirst()).contains(where: { $0 <= $1 }) { isSound = false }
            free.append(contentsOf: pages)
        }
        let place = Finding.Place(table: "(free pages)")
        if !isSound {
            walk.findings.add(.pageDamaged, at: place, "An entry of the list of free pages is malformed.")
        }
        // Only a whole walk knows what is in use.
        guard walk.findings.isEmpty, walk.findings.count == before else { return }
        walk.takeFree(free)
    }
}

extension TreeWalk {
    /// Takes the free pages, and makes sure that then every page is taken.
    fileprivate func takeFree(_ pages: [UInt64]) {
        let table = "(free pages)"
        for page in pages where !take(page) {
            findings.add(
                .pageDamaged,
                at: .init(table: table, page: page),
                "The page is free and in use, or not there."
            )
        }
        if findings.isEmpty, let lost = use.firstFree {
            findings.add(.pageDamaged, at: .init(table: table, page: lost), "The page is neither free nor in use.")
        }
    }
}

/// What a header of the file says: the free list, the tables, the last page, the transaction.
private struct FileHeader {
    let free: TreeDescription
    let main: TreeDescription
    let lastPage: UInt64
    let transaction: UInt64

    init?(_ page: UnsafeRawBufferPointer) {
        guard
            page.count >= 152,
            let free = TreeDescription(UnsafeRawBufferPointer(rebasing: page[40..<88])),
            let main = TreeDescription(UnsafeRawBufferPointer(rebasing: page[88..<136]))
        else { return nil }
        self.free = free
        self.main = main
        lastPage = UInt64(littleEndian: page.loadUnaligned(fromByteOffset: 136, as: UInt64.self))
        transaction = UInt64(littleEndian: page.loadUnaligned(fromByteOffset: 144, as: UInt64.self))
    }
}
