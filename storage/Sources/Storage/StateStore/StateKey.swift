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

    /// The full key of an entry.
    ///
    /// - Throws: `keySize` when `key` is longer than ``maximumLocalByteCount``.
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
        return prefix(instance: instance, collection: collection) + key
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

    static func check(_ key: [UInt8]) throws(StorageError) {
        try check(byteCount: key.count)
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
