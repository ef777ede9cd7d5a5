import CometBFT
import CometBFTTesting
import Testing

/// The code of what a check throws, or nil if it throws nothing.
func code(_ body: () throws(VerificationError) -> Void) -> VerificationError.Code? {
    failure(body)?.code
}

/// What a check throws, or nil if it throws nothing.
func failure(_ body: () throws(VerificationError) -> Void) -> VerificationError? {
    do throws(VerificationError) {
        try body()
        return nil
    } catch {
        return error
    }
}

/// Every way to change one byte: each byte in turn, with one bit or with all bits turned over.
func mutations(of bytes: [UInt8]) -> [[UInt8]] {
    bytes.indices.flatMap { index in
        [1 << UInt8(index % 8), 0xff].map { (mask: UInt8) in
            var changed = bytes
            changed[index] ^= mask
            return changed
        }
    }
}

/// Every way to change one byte of a big-endian integer.
func mutations<Value: FixedWidthInteger>(of value: Value) -> [Value] {
    mutations(of: withUnsafeBytes(of: value.bigEndian) { Array($0) }).map { bytes in
        bytes.reduce(0) { $0 << 8 | Value(truncatingIfNeeded: $1) }
    }
}

/// Every way to change one byte of a text that leaves it UTF-8.
func mutations(of text: String) -> [String] {
    mutations(of: Array(text.utf8)).compactMap { String(validating: $0, as: UTF8.self) }
}

/// Times that differ in one byte of the seconds or of the nanoseconds, as far as they are times.
func mutations(of time: BlockTime) -> [BlockTime] {
    mutations(of: time.seconds).compactMap { try? BlockTime(seconds: $0, nanoseconds: time.nanoseconds) }
        + mutations(of: time.nanoseconds).compactMap { try? BlockTime(seconds: time.seconds, nanoseconds: $0) }
}

/// Block ids that differ in one byte of a hash or of the number of parts; for nil, the id of some block.
func mutations(of blockID: BlockID) throws -> [BlockID] {
    guard !blockID.isNil else { return [.numbered(1)] }
    let hash = try #require(blockID.hash)
    let parts = try #require(blockID.partSetHeader.hash)
    let total = blockID.partSetHeader.total
    return try mutations(of: hash.bytes).map { BlockID(hash: try Hash32($0), parts: total, partsHash: parts) }
        + mutations(of: parts.bytes).map { BlockID(hash: hash, parts: total, partsHash: try Hash32($0)) }
        + mutations(of: total).map { BlockID(hash: hash, parts: $0, partsHash: parts) }
}

extension Commit {
    /// The same commit with some parts changed.
    func with(
        height: Int64? = nil,
        round: Int32? = nil,
        blockID: BlockID? = nil,
        signatures: [CommitSignature]? = nil
    ) throws -> Commit {
        try Commit(
            height: height ?? self.height,
            round: round ?? self.round,
            blockID: blockID ?? self.blockID,
            signatures: signatures ?? self.signatures
        )
    }

    /// The same commit with one entry changed.
    func replacing(_ index: Int, with entry: CommitSignature) throws -> Commit {
        var entries = signatures
        entries[index] = entry
        return try with(signatures: entries)
    }
}

extension CommitSignature.Signed {
    /// The same entry with some parts changed.
    func with(
        address: ValidatorAddress? = nil,
        timestamp: BlockTime? = nil,
        signature: [UInt8]? = nil
    ) throws -> Self {
        try Self(
            address: address ?? self.address,
            timestamp: timestamp ?? self.timestamp,
            signature: signature ?? self.signature
        )
    }
}
