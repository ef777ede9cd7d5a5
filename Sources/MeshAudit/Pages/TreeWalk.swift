/// A walk through the trees of a data file that believes nothing it reads.
///
/// Checked of every page: its number, its kind, its bounds; that nothing else uses it; that its keys ascend and lie
/// between the separators above it. Checked of a tree: depth and counts.
final class TreeWalk {
    /// How keys are ordered.
    enum KeyOrder {
        /// As bytes.
        case bytes
        /// As 8-byte numbers in the machine's byte order: the list of free pages.
        case numbers
    }

    /// What stands in an entry.
    struct Entry {
        let key: UnsafeRawBufferPointer
        /// Empty when it is a large one that was not asked for.
        let value: UnsafeRawBufferPointer
        let isTable: Bool
    }

    private typealias Visit = (Entry) throws(AuditError) -> Void

    /// Which pages are taken so far.
    private(set) var use: PageUse
    /// What was found so far.
    var findings = FindingLog()

    private let file: PageFile
    private let progress: (UInt64) -> Void
    private var tree = Tree(table: "", order: .bytes, wantsLargeValues: false)
    // One buffer for every level, as a page is looked at while its children are, and one for overflow pages.
    private var buffers: [UnsafeMutableRawBufferPointer] = []
    private static let depthMax = 32

    /// What is known of the tree under way.
    private struct Tree {
        let table: String
        let order: KeyOrder
        let wantsLargeValues: Bool
        var branchPageCount: UInt64 = 0
        var leafPageCount: UInt64 = 0
        var overflowPageCount: UInt64 = 0
        var entryCount: UInt64 = 0
    }

    /// A walk through a file of `pageCount` pages, the two headers among them.
    init(_ file: consuming PageFile, pageCount: UInt64, progress: @escaping (UInt64) -> Void) {
        self.progress = progress
        use = PageUse(count: pageCount)
        for _ in 0...Self.depthMax {
            buffers.append(.allocate(byteCount: file.pageByteCount, alignment: 16))
        }
        self.file = file
    }

    deinit {
        for buffer in buffers { buffer.deallocate() }
    }

    /// Walks through a whole tree and hands every entry to `visit`.
    ///
    /// - Parameter wantsLargeValues: whether values on overflow pages are read for `visit`.
    func run(
        _ description: TreeDescription,
        table: String,
        order: KeyOrder = .bytes,
        wantsLargeValues: Bool = false,
        visit: (Entry) throws(AuditError) -> Void = { _ in }
    ) throws(AuditError) {
        let before = findings.count
        tree = Tree(table: table, order: order, wantsLargeValues: wantsLargeValues)
        let isEmpty = description.root == UInt64.max
        if !isEmpty {
            guard (1...Self.depthMax).contains(Int(description.depth)) else {
                findings.add(.pageDamaged, at: .init(table: table), "The tree's depth is \(description.depth).")
                return
            }
            try descend(to: description.root, level: 0, depth: Int(description.depth), from: nil, to: nil, visit)
        }
        // What was not walked through cannot be counted.
        guard findings.count == before else { return }
        let isCounted =
            description.branchPageCount == tree.branchPageCount && description.leafPageCount == tree.leafPageCount
            && description.overflowPageCount == tree.overflowPageCount && description.entryCount == tree.entryCount
            && isEmpty == (description.depth == 0)
        if !isCounted {
            findings.add(
                .pageDamaged,
                at: .init(table: table),
                "The tree does not have the pages and entries it claims."
            )
        }
    }

    /// Takes a page that no tree uses.
    func take(_ page: UInt64) -> Bool {
        use.take(page)
    }

    private func descend(
        to number: UInt64,
        level: Int,
        depth: Int,
        from lowest: UnsafeRawBufferPointer?,
        to highest: UnsafeRawBufferPointer?,
        _ visit: Visit
    ) throws(AuditError) {
        guard !findings.isFull else { return }
        let place = Finding.Place(table: tree.table, page: number)
        guard use.take(number) else {
            findings.add(.pageDamaged, at: place, "The page is used twice, or lies outside the file.")
            return
        }
        progress(use.takenCount)
        let isLeaf = level == depth - 1
        guard
            let page = try load(number, level: level),
            page.number == number,
            page.flags == (isLeaf ? Page.leafFlag : Page.branchFlag),
            let count = page.nodeCount,
            count >= (isLeaf ? 1 : 2)
        else {
            findings.add(.pageDamaged, at: place, "The page's header is not that of a \(isLeaf ? "leaf" : "branch").")
            return
        }
        var byteCount = 0
        var previous = lowest
        for index in 0..<count {
            guard let node = page.node(at: index) else {
                findings.add(.pageDamaged, at: place, "Node \(index) does not lie within the page.")
                return
            }
            // The first key of a branch is never looked at, and mostly empty.
            if isLeaf || index > 0 {
                guard isAscending(node.key, after: previous, mayBeEqual: index == 0, before: highest) else {
                    findings.add(.pageDamaged, at: place, "The key of node \(index) is out of order.")
                    return
                }
                previous = node.key
            }
            byteCount += isLeaf ? node.leafByteCount : node.branchByteCount
            if isLeaf {
                try take(node, index: index, at: place, visit)
            } else {
                let next = index + 1 < count ? page.node(at: index + 1)?.key : highest
                try descend(
                    to: node.child,
                    level: level + 1,
                    depth: depth,
                    from: index == 0 ? lowest : node.key,
                    to: next,
                    visit
                )
            }
        }
        if byteCount != page.nodeByteCount {
            findings.add(.pageDamaged, at: place, "The nodes do not fill the part of the page that is theirs.")
        }
        if isLeaf { tree.leafPageCount += 1 } else { tree.branchPageCount += 1 }
    }

    private func take(
        _ node: PageNode,
        index: Int,
        at place: Finding.Place,
        _ visit: Visit
    ) throws(AuditError) {
        guard let stored = node.stored, node.flags & ~(PageNode.overflowFlag | PageNode.tableFlag) == 0 else {
            findings.add(.pageDamaged, at: place, "The value of node \(index) does not lie within the page.")
            return
        }
        tree.entryCount += 1
        let isTable = node.flags & PageNode.tableFlag != 0
        guard node.flags & PageNode.overflowFlag != 0 else {
            try visit(Entry(key: node.key, value: stored, isTable: isTable))
            return
        }
        let first = UInt64(littleEndian: stored.loadUnaligned(as: UInt64.self))
        let pageCount = (Page.headerByteCount - 1 + node.valueByteCount) / file.pageByteCount + 1
        guard try checkOverflow(first, count: pageCount) else { return }
        tree.overflowPageCount += UInt64(pageCount)
        guard tree.wantsLargeValues else {
            try visit(Entry(key: node.key, value: UnsafeRawBufferPointer(start: nil, count: 0), isTable: isTable))
            return
        }
        let value = UnsafeMutableRawBufferPointer.allocate(byteCount: pageCount * file.pageByteCount, alignment: 16)
        defer { value.deallocate() }
        for offset in 0..<pageCount {
            let part = UnsafeMutableRawBufferPointer(rebasing: value[(offset * file.pageByteCount)...])
            _ = try file.read(first + UInt64(offset), into: part)
        }
        let bytes = UnsafeRawBufferPointer(rebasing: value[Page.headerByteCount...])
        try visit(
            Entry(
                key: node.key,
                value: UnsafeRawBufferPointer(rebasing: bytes[..<node.valueByteCount]),
                isTable: isTable
            )
        )
    }

    private func checkOverflow(
        _ first: UInt64,
        count: Int
    ) throws(AuditError) -> Bool {
        let place = Finding.Place(table: tree.table, page: first)
        for offset in 0..<UInt64(count) {
            guard first <= UInt64.max - offset, use.take(first + offset) else {
                findings.add(.pageDamaged, at: place, "The overflow page is used twice, or lies outside the file.")
                return false
            }
        }
        guard
            let page = try load(first, level: Self.depthMax),
            page.number == first,
            page.flags == Page.overflowFlag,
            Int(page.overflowCount) == count
        else {
            findings.add(.pageDamaged, at: place, "The page's header is not that of \(count) overflow pages.")
            return false
        }
        return true
    }

    private func load(_ number: UInt64, level: Int) throws(AuditError) -> Page? {
        guard try file.read(number, into: buffers[level]) else { return nil }
        return Page(bytes: UnsafeRawBufferPointer(buffers[level]))
    }

    private func isAscending(
        _ key: UnsafeRawBufferPointer,
        after previous: UnsafeRawBufferPointer?,
        mayBeEqual: Bool,
        before highest: UnsafeRawBufferPointer?
    ) -> Bool {
        switch tree.order {
        case .bytes:
            guard !key.isEmpty else { return false }
            if let previous, mayBeEqual ? key.precedes(previous) : !previous.precedes(key) { return false }
            if let highest { return key.precedes(highest) }
            return true
        case .numbers:
            func number(_ bytes: UnsafeRawBufferPointer) -> UInt64? {
                bytes.count == 8 ? UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self)) : nil
            }
            guard let value = number(key) else { return false }
            if let previous, let before = number(previous), mayBeEqual ? value < before : value <= before {
                return false
            }
            if let highest, let end = number(highest) { return value < end }
            return true
        }
    }
}
