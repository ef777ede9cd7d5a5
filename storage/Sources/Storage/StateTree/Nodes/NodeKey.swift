/// The keys under which the state tree keeps its records. FORMAT.md has their layout.
enum NodeKey {
    /// What the keys of bundles begin with.
    private static let node: UInt8 = 0
    /// What the keys of the history begin with.
    private static let history: UInt8 = 1
    /// What stands after the height in the history's keys of bundles, and of values.
    private static let (formerNode, formerValue) = (UInt8(0), UInt8(1))

    /// What all keys of bundles, as they are now, begin with.
    static let nodePrefix = [node]
    /// What all keys of the history begin with.
    static let historyPrefix = [history]
    /// The lowest height of the history.
    static let lowestHeight: [UInt8] = [2]

    /// A bundle as it is now.
    static func node(at path: TreePath) -> [UInt8] {
        var key: [UInt8] = []
        append(node: path, to: &key)
        return key
    }

    /// Adds the key of a bundle as it is now to what is there.
    static func append(node path: TreePath, to key: inout [UInt8]) {
        key.append(node)
        path.append(to: &key)
    }

    /// What a block changed: the record that says so much, and the beginning of the keys of all others.
    static func summary(of height: UInt64) -> [UInt8] {
        var key: [UInt8] = []
        append(summaryOf: height, to: &key)
        return key
    }

    /// Adds the key of a summary to what is there.
    private static func append(summaryOf height: UInt64, to key: inout [UInt8]) {
        key.append(history)
        key.append(bigEndian: height)
    }

    /// A bundle as it was before the block of a height.
    static func node(at path: TreePath, before height: UInt64) -> [UInt8] {
        var key: [UInt8] = []
        append(node: path, before: height, to: &key)
        return key
    }

    /// Adds the key of a bundle as it was before the block of a height.
    static func append(node path: TreePath, before height: UInt64, to key: inout [UInt8]) {
        append(summaryOf: height, to: &key)
        key.append(formerNode)
        path.append(to: &key)
    }

    /// The value of a state key, named by its hash, as it was before the block of a height.
    static func value(of keyHash: Hash, before height: UInt64) -> [UInt8] {
        var key: [UInt8] = []
        append(valueOf: keyHash, before: height, to: &key)
        return key
    }

    /// Adds the key of a value of the state as it was before the block of a height.
    static func append(valueOf keyHash: Hash, before height: UInt64, to key: inout [UInt8]) {
        append(summaryOf: height, to: &key)
        key.append(formerValue)
        key.append(keyHash)
    }

    /// The height of a key of the history, and whether it is the summary's.
    ///
    /// - Throws: `damaged`.
    static func height(ofHistory key: RawSpan) throws(StorageError) -> (height: UInt64, isSummary: Bool) {
        let found = key.withUnsafeBytes { bytes -> (UInt64, Bool)? in
            var reader = ByteReader(bytes)
            guard reader.number(UInt8.self) == history, let height = reader.number(UInt64.self) else { return nil }
            return (height, reader.remainingCount == 0)
        }
        guard let found else {
            throw StorageError(
                .damaged,
                "The history of the state tree has a malformed key. Replay the log into a new store."
            )
        }
        return found
    }
}
