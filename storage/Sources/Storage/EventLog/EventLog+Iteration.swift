import LMDB

extension EventLog {
    /// Visits records in order, in place, until `visit` returns false.
    ///
    /// Every chunk is read in a transaction of its own, so that a long visit does not keep old pages from being used
    /// again. That is safe because records never change. Nothing may be committed during the visit by the same thread.
    ///
    /// - Parameters:
    ///   - range: sequences; what lies beyond the end is left out.
    ///   - chunkCount: how many records are visited in one transaction.
    ///   - visit: gets the sequence and the record, which is gone when it returns.
    /// - Throws: what LMDB or `visit` throws; `damaged` when a sequence is missing.
    /// - Complexity: O(n), without copying.
    public func forEachRecord(
        in range: Range<UInt64>,
        chunkCount: UInt64 = 4_096,
        _ visit: (_ sequence: UInt64, _ record: RawSpan) throws(StorageError) -> Bool
    ) throws(StorageError) {
        var next = range.lowerBound
        let end = min(range.upperBound, try count())
        while next < end {
            let chunkEnd = end - next > max(chunkCount, 1) ? next + max(chunkCount, 1) : end
            guard try visitChunk(next..<chunkEnd, visit) else { return }
            next = chunkEnd
        }
    }

    private func visitChunk(
        _ range: Range<UInt64>,
        _ visit: (UInt64, RawSpan) throws(StorageError) -> Bool
    ) throws(StorageError) -> Bool {
        try read { (transaction) throws(StorageError) in
            try transaction.withCursor(in: tables.events) { (cursor: inout Cursor) throws(StorageError) in
                for sequence in range {
                    let key = try Self.advance(&cursor, isFirst: sequence == range.lowerBound, to: sequence)
                    guard key == sequence else {
                        throw StorageError(
                            .damaged,
                            "Record \(sequence) is missing from the log. Restore the store from a backup."
                        )
                    }
                    guard try visit(sequence, cursor.unsafeValue.bytes) else { return false }
                }
                return true
            }
        }
    }

    private static func advance(
        _ cursor: inout Cursor,
        isFirst: Bool,
        to sequence: UInt64
    ) throws(StorageError) -> UInt64? {
        do throws(LMDBError) {
            if isFirst {
                var key: [UInt8] = []
                key.append(bigEndian: sequence)
                guard try cursor.move(toFirstFrom: key) else { return nil }
            } else {
                guard try cursor.move(to: .next) else { return nil }
            }
        } catch {
            throw StorageError(error)
        }
        var reader = ByteReader(cursor.unsafeKey)
        return reader.number(UInt64.self)
    }
}
