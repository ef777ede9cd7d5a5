/// Records and removals in strictly decreasing order of keys, as a walk from right to left finds them.
struct ReversedWrites {
    private var keys = ByteArena()
    private var values = ByteArena()
    private var isRemoval: [Bool] = []

    /// Adds what stands before all others; no value removes the record.
    mutating func append(_ key: [UInt8], _ value: ArraySlice<UInt8>?) {
        keys.append(key)
        value.map { $0.withUnsafeBytes { values.append($0) } } ?? values.append([])
        isRemoval.append(value == nil)
    }

    /// The same from left to right.
    ///
    /// - Throws: `unsortedWriteSet` when they are out of order; `keySize`.
    func inOrder() throws(StorageError) -> WriteSet {
        var writes = WriteSet(
            reservingCount: keys.count,
            keyByteCount: keys.byteCount,
            valueByteCount: values.byteCount
        )
        for index in keys.indices.reversed() {
            try keys.withUnsafeBytes(at: index) { (key) throws(StorageError) in
                try values.withUnsafeBytes(at: index) { (value) throws(StorageError) in
                    try writes.append(key: key, value: isRemoval[index] ? nil : value)
                }
            }
        }
        return writes
    }
}
