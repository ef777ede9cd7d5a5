/// The keys of state entries: instance, collection, then the key within the collection.
///
/// Numbers stand most significant byte first, so that the order of bytes is the order of instances, collections, keys.
public enum StateKey {
    /// The longest full key, in bytes: LMDB's limit.
    public static let maximumByteCount = 511
    /// How many bytes stand before the key within a collection.
    public static let prefixByteCount = 5
    /// The longest key within a collection, in bytes.
    public static let maximumLocalByteCount = maximumByteCount - prefixByteCount
    /// The greatest instance number: with it every full key begins with a zero byte, as no published key does.
    public static let maximumInstance: UInt32 = 1 << 24 - 1
    /// The collections whose entries the state tree holds under the key within the collection alone.
    ///
    /// So other chains find them where the protocol says: IBC's store paths (ICS-24) are such keys.
    public static let publishedCollections: ClosedRange<UInt8> = 224...255

    /// The key under which the state tree holds an entry: the key within a published collection, any other full key as
    /// it is.
    ///
    /// An empty key in a published collection and one led by a zero byte are refused wherever they come in. Here they stay
    /// whole, so that even then none passes for the full key of another entry.
    ///
    /// - Complexity: O(1); copies nothing.
    public static func committedKey<Key: RandomAccessCollection<UInt8>>(of fullKey: Key) -> Key.SubSequence {
        isPublished(fullKey) ? fullKey.dropFirst(prefixByteCount) : fullKey[...]
    }

    /// Whether the state tree holds an entry under the key within its collection alone.
    ///
    /// - Complexity: O(1).
    public static func isPublished(_ fullKey: some RandomAccessCollection<UInt8>) -> Bool {
        guard fullKey.count > prefixByteCount else { return false }
        let start = fullKey.index(fullKey.startIndex, offsetBy: prefixByteCount)
        return publishedCollections.contains(fullKey[fullKey.index(before: start)]) && fullKey[start] != 0
    }

    /// The full key of an entry.
    ///
    /// - Throws: `keySize` when `key` is longer than ``maximumLocalByteCount``, or empty in a published collection;
    ///   `ambiguousKey` when it begins with a zero byte there; `outOfRange` when `instance` is greater than
    ///   ``maximumInstance``.
    public static func full(instance: UInt32, collection: UInt8, key: [UInt8]) throws(StorageError) -> [UInt8] {
        guard key.count <= maximumLocalByteCount else {
            throw StorageError(
                .keySize,
                """
                A state key of \(key.count) bytes is too long; \(maximumLocalByteCount) are allowed. \
                Use the hash of long keys.
                """
            )
        }
        let full = prefix(instance: instance, collection: collection) + key
        try check(full)
        return full
    }

    /// What all full keys of a collection begin with.
    public static func prefix(instance: UInt32, collection: UInt8) -> [UInt8] {
        var bytes = prefix(instance: instance)
        bytes.append(collection)
        return bytes
    }

    /// What all full keys of an instance begin with.
    public static func prefix(instance: UInt32) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: instance)
        return bytes
    }

    /// Makes sure that there can be an entry with a full key. If it is too short to name a collection, only its length
    /// counts.
    ///
    /// - Throws: `keySize`, `outOfRange` or `ambiguousKey`, as ``full(instance:collection:key:)`` does.
    /// - Complexity: O(1).
    static func check(_ fullKey: some RandomAccessCollection<UInt8>) throws(StorageError) {
        try check(byteCount: fullKey.count)
        guard fullKey.count >= prefixByteCount else { return }
        guard fullKey.first == 0 else {
            throw StorageError(
                .outOfRange,
                "A state key has an instance number above \(maximumInstance). Number the instances from 0 without gaps."
            )
        }
        let collection = fullKey[fullKey.index(fullKey.startIndex, offsetBy: prefixByteCount - 1)]
        guard publishedCollections.contains(collection), !isPublished(fullKey) else { return }
        throw unpublishable(collection, isEmpty: fullKey.count == prefixByteCount)
    }

    private static func unpublishable(_ collection: UInt8, isEmpty: Bool) -> StorageError {
        isEmpty
            ? StorageError(
                .keySize,
                """
                A state key in the published collection \(collection) is empty, so that nothing can be published under it. \
                Use a key of at least one byte, or a collection below \(publishedCollections.lowerBound).
                """
            )
            : StorageError(
                .ambiguousKey,
                """
                A state key in the published collection \(collection) begins with a zero byte, as the full keys of other \
                collections do. Use another key, or a collection below \(publishedCollections.lowerBound).
                """
            )
    }

    static func check(byteCount: Int) throws(StorageError) {
        guard (1...maximumByteCount).contains(byteCount) else {
            throw StorageError(
                .keySize,
                "A full state key has \(byteCount) bytes; 1 to \(maximumByteCount) are allowed. Use shorter keys."
            )
        }
    }
}
