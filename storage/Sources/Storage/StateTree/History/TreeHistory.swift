/// What the state tree was before each of the last blocks.
///
/// For every kept height there is a summary, then each bundle that the block changed as it was before, and each value that
/// it replaced or removed. A bundle at height h is thus its first record above h, or the present one.
enum TreeHistory {
    /// How many heights a block removes at most: more than the one it adds, so that a shorter history is reached.
    private static let prunedHeightCount = 2

    /// The record that stands before the others of its height.
    struct Summary: Equatable {
        /// The height again, so that a record under a wrong key is noticed.
        let height: UInt64
        /// How many records follow it.
        let recordCount: UInt32

        var encoded: [UInt8] {
            var bytes: [UInt8] = []
            bytes.append(bigEndian: height)
            bytes.append(bigEndian: recordCount)
            return bytes
        }

        init(height: UInt64, recordCount: UInt32) {
            self.height = height
            self.recordCount = recordCount
        }

        /// Reads the summary of a height, nil when there is none.
        ///
        /// - Throws: `damaged`.
        init?(of height: UInt64, in nodes: any StateReading) throws(StorageError) {
            guard let bytes = try nodes.value(of: NodeKey.summary(of: height)) else { return nil }
            let numbers = bytes.withUnsafeBytes { bytes -> (UInt64, UInt32)? in
                var reader = ByteReader(bytes)
                guard let height = reader.number(UInt64.self), let count = reader.number(UInt32.self) else {
                    return nil
                }
                return reader.remainingCount == 0 ? (height, count) : nil
            }
            guard let numbers, numbers.0 == height else {
                throw TreeHistory.damaged(height, "its summary cannot be read")
            }
            self.init(height: height, recordCount: numbers.1)
        }
    }

    /// The lowest height up to the last one that can be proven: from there on no summary is missing.
    ///
    /// - Complexity: O(kept heights) reads.
    static func firstProvable(upTo last: UInt64, first: UInt64, in nodes: any StateReading) throws(StorageError)
        -> UInt64
    {
        var height = last
        while height > first, try Summary(of: height, in: nodes) != nil {
            height -= 1
        }
        return height
    }

    /// The lowest height that has records, nil when none has.
    ///
    /// It is noted, so that nobody has to look for it among records whose removal is pending.
    static func lowestHeight(in nodes: any StateReading) throws(StorageError) -> UInt64? {
        guard let bytes = try nodes.value(of: NodeKey.lowestHeight) else { return nil }
        let height = bytes.withUnsafeBytes { bytes -> UInt64? in
            var reader = ByteReader(bytes)
            let height = reader.number(UInt64.self)
            return reader.remainingCount == 0 ? height : nil
        }
        guard let height else {
            throw StorageError(
                .damaged,
                "The lowest height of the state tree's history cannot be read. Replay the log into a new store."
            )
        }
        return height
    }

    /// What removes the lowest heights, up to one, but no more than two; and the lowest height that is left.
    static func outdated(
        upTo last: UInt64,
        in nodes: any StateReading
    ) throws(StorageError) -> (removals: WriteSet, left: UInt64?) {
        guard let lowest = try lowestHeight(in: nodes) else { return (WriteSet(), nil) }
        guard lowest <= last else { return (WriteSet(), lowest) }
        var removals = WriteSet()
        var heights: [UInt64] = []
        var left: UInt64?
        let scan = StateScan(prefix: NodeKey.historyPrefix, start: NodeKey.summary(of: lowest))
        try nodes.scan(scan) { (key, _) throws(StorageError) in
            let height = try NodeKey.height(ofHistory: key).height
            if heights.last != height {
                guard height <= last, heights.count < prunedHeightCount else {
                    left = height
                    return false
                }
                heights.append(height)
            }
            try key.withUnsafeBytes { (key) throws(StorageError) in try removals.append(key: key, value: nil) }
            return true
        }
        return (removals, left)
    }

    static func damaged(_ height: UInt64, _ what: String) -> StorageError {
        StorageError(
            .damaged,
            """
            The history of the state tree at height \(height) is not sound: \(what). \
            Restore the store from a backup, or replay the log into a new one.
            """
        )
    }
}
