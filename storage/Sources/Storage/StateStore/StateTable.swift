import LMDB

/// A table of byte keys inside one transaction. Must not outlive it.
struct StateTable: StateReading {
    private let handle: OpaquePointer
    private let database: Database

    init(_ transaction: borrowing some Transaction & ~Copyable, _ database: Database) {
        handle = transaction.handle
        self.database = database
    }

    func read(_ key: [UInt8], into buffer: inout [UInt8]) throws(StorageError) -> Bool {
        buffer.removeAll(keepingCapacity: true)
        do throws(LMDBError) {
            let view = TransactionView(handle: handle)
            return try key.span.withUnsafeBytes { (key) throws(LMDBError) in
                guard let value = try view.unsafeValue(of: key, in: database) else { return false }
                buffer.append(contentsOf: value)
                return true
            }
        } catch {
            throw StorageError(error)
        }
    }

    func scan(
        _ scan: StateScan,
        _ visit: (_ key: RawSpan, _ value: RawSpan) throws(StorageError) -> Bool
    ) throws(StorageError) {
        guard let bound = scan.bound else { return }
        let view = TransactionView(handle: handle)
        try view.withCursor(in: database) { (cursor: inout Cursor) throws(StorageError) in
            var isOnEntry = try Self.begin(&cursor, at: bound, scan.direction)
            while isOnEntry, cursor.unsafeKey.starts(with: scan.prefix) {
                let isWanted = try cursor.withKey { (key) throws(StorageError) in
                    try cursor.withValue { (value) throws(StorageError) in try visit(key, value) }
                }
                guard isWanted else { return }
                isOnEntry = try Self.step(&cursor, scan.direction)
            }
        }
    }

    private static func begin(
        _ cursor: inout Cursor,
        at bound: StateScan.Bound,
        _ direction: StateScan.Direction
    ) throws(StorageError) -> Bool {
        do throws(LMDBError) {
            switch (direction, bound) {
            case (.forward, .unbounded): return try cursor.move(to: .first)
            case (.forward, .inclusive(let key)): return try cursor.move(toFirstFrom: key)
            case (.forward, .exclusive(let key)):
                guard try cursor.move(toFirstFrom: key) else { return false }
                return cursor.unsafeKey.elementsEqual(key) ? try cursor.move(to: .next) : true
            case (.backward, .unbounded): return try cursor.move(to: .last)
            case (.backward, .inclusive(let key)): return try cursor.move(toLastUpTo: key)
            case (.backward, .exclusive(let key)):
                return try cursor.move(toFirstFrom: key) ? try cursor.move(to: .previous) : try cursor.move(to: .last)
            }
        } catch {
            throw StorageError(error)
        }
    }

    private static func step(_ cursor: inout Cursor, _ direction: StateScan.Direction) throws(StorageError) -> Bool {
        do throws(LMDBError) {
            return try cursor.move(to: direction == .forward ? .next : .previous)
        } catch {
            throw StorageError(error)
        }
    }
}

/// The read side of a transaction whose bounds someone else keeps.
private struct TransactionView: Transaction {
    let handle: OpaquePointer
}
