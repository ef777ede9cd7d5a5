import Storage

/// What verify keeps of a sound block.
struct StoredBlock {
    let height: UInt64
    let timeNanoseconds: UInt64
    /// The sequences of its records.
    let sequences: Range<UInt64>
    let inputCount: UInt32
    let eventRoot: Hash
    let transactionsRoot: Hash
    /// What its execution came to; validators sign it with the next block.
    let appHash: Hash

    /// Reads an entry of the table `blocks`: the first sequence (8 bytes), the count of inputs (4), the header.
    ///
    /// - Returns: the block with its header, or why it cannot be read.
    static func decode(_ row: UnsafeRawBufferPointer) -> Result<(StoredBlock, BlockHeader), StorageError> {
        var reader = ByteReader(row)
        guard let first = reader.number(UInt64.self), let inputCount = reader.number(UInt32.self) else {
            return .failure(StorageError(.invalidHeader, "The entry has only \(row.count) bytes."))
        }
        do throws(StorageError) {
            let header = try BlockHeader(decoding: reader.rest())
            guard first <= header.eventCount else {
                let what = "Its records begin at \(first) and end at \(header.eventCount)."
                return .failure(StorageError(.invalidHeader, what))
            }
            let block = StoredBlock(
                height: header.height,
                timeNanoseconds: header.timeNanoseconds,
                sequences: first..<header.eventCount,
                inputCount: inputCount,
                eventRoot: header.eventRoot,
                transactionsRoot: header.transactionsRoot,
                appHash: header.appHash
            )
            return .success((block, header))
        } catch {
            return .failure(error)
        }
    }
}
