extension TypedCells {
    /// One step of an ordered walk: at most `limit` entries from `start` on, and where to go on.
    struct Page {
        var entries: [(key: Key, value: Value)] = []
        /// The full key of the last entry; nil when the walk is over.
        var last: [UInt8]?
    }

    /// Reads a page in key order, storage and the block's own writes merged.
    ///
    /// - Parameters:
    ///   - scope: the full prefix that keys must have.
    ///   - start: the full key to start at; nil for the beginning of the scope (its end when reversed).
    ///   - isStartIncluded: whether an entry at `start` itself belongs to the page.
    /// - Throws: `invalidArgument` for a scope or a start that is longer than any key.
    func page(
        scope: [UInt8],
        start: [UInt8]?,
        isStartIncluded: Bool,
        reversed: Bool,
        limit: Int
    ) throws(ModuleError) -> Page {
        try checkSize(scope)
        if let start { try checkSize(start) }
        orderBacklog()
        var merge = Merge(cells: self, scope: scope, start: start, isStartIncluded: isStartIncluded, reversed: reversed)
        var page = Page()
        do {
            try session.source.scan(prefix: scope, from: start, reversed: reversed) { key, value in
                if !isStartIncluded, key == start { return true }
                while page.entries.count < limit, let written = merge.next(before: key) {
                    try page.append(written, of: self)
                }
                guard page.entries.count < limit else { return false }
                if let written = merge.next(at: key) {
                    try page.append(written, of: self)
                } else {
                    try page.append(key: key, value: value, of: self)
                }
                return page.entries.count < limit
            }
        } catch {
            throw session.fail(error)
        }
        while page.entries.count < limit, let written = merge.next() {
            try page.append(written, of: self)
        }
        if page.entries.count < limit { page.last = nil }
        return page
    }

    /// The block's written cells within a scope, handed out in the order of a walk.
    struct Merge {
        let cells: TypedCells
        let reversed: Bool
        var rest: ArraySlice<WrittenKeys.Entry>

        init(cells: TypedCells, scope: [UInt8], start: [UInt8]?, isStartIncluded: Bool, reversed: Bool) {
            self.cells = cells
            self.reversed = reversed
            let order = cells.order.entries
            let keys = cells.fullKeys
            var lower = order.partition { !keys[$0.cell].precedes(scope) }
            var upper = order.partition { scope.precedes(keys[$0.cell]) && !keys[$0.cell].starts(with: scope) }
            if let start {
                if reversed {
                    upper = min(
                        upper,
                        order.partition {
                            isStartIncluded ? start.precedes(keys[$0.cell]) : !keys[$0.cell].precedes(start)
                        }
                    )
                } else {
                    lower = max(
                        lower,
                        order.partition {
                            isStartIncluded ? !keys[$0.cell].precedes(start) : start.precedes(keys[$0.cell])
                        }
                    )
                }
            }
            rest = lower < upper ? order[lower..<upper] : []
        }

        var head: WrittenKeys.Entry? { reversed ? rest.last : rest.first }

        mutating func next() -> WrittenKeys.Entry? {
            while let entry = reversed ? rest.popLast() : rest.popFirst() {
                if cells.cells[entry.cell].isWritten, cells.cells[entry.cell].value != nil { return entry }
            }
            return nil
        }

        /// The next written entry that comes before `key` on the walk.
        mutating func next(before key: [UInt8]) -> WrittenKeys.Entry? {
            while let entry = head, precedes(cells.fullKeys[entry.cell], key) {
                if reversed { rest.removeLast() } else { rest.removeFirst() }
                if cells.cells[entry.cell].isWritten, cells.cells[entry.cell].value != nil { return entry }
            }
            return nil
        }

        /// Whether a key comes before another on the walk.
        private func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
            reversed ? right.precedes(left) : left.precedes(right)
        }

        /// The written cell at exactly `key`, if there is one; it hides what storage has.
        mutating func next(at key: [UInt8]) -> WrittenKeys.Entry? {
            guard let entry = head, cells.fullKeys[entry.cell] == key else { return nil }
            if reversed { rest.removeLast() } else { rest.removeFirst() }
            return cells.cells[entry.cell].isWritten ? entry : nil
        }
    }
}

extension TypedCells.Page {
    /// Appends a written cell; a removed one leaves no entry.
    fileprivate mutating func append(_ written: WrittenKeys.Entry, of cells: TypedCells<Key, Value>)
        throws(ModuleError)
    {
        guard let value = cells.cells[written.cell].value else { return }
        let fullKey = cells.fullKeys[written.cell]
        entries.append((try cells.typedKey(fullKey), value))
        last = fullKey
    }

    /// Appends a stored entry.
    fileprivate mutating func append(key: [UInt8], value: [UInt8], of cells: TypedCells<Key, Value>)
        throws(ModuleError)
    {
        entries.append((try cells.typedKey(key), try Value(stored: value)))
        last = key
    }
}

extension TypedCells {
    /// The key that a full key holds behind the collection's prefix.
    fileprivate func typedKey(_ fullKey: [UInt8]) throws(ModuleError) -> Key {
        var reader = KeyReader(fullKey, from: prefix.count)
        let key = try Key(decoding: &reader)
        guard reader.isAtEnd else {
            throw ModuleError(.undecodable, "a stored key has bytes left over: the store is damaged")
        }
        return key
    }
}
