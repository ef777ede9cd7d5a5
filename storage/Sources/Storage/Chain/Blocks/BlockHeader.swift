/// What a block is, in a few hashes. Each header names the one before, so the last one fixes them all.
public struct BlockHeader: Hashable, Sendable {
    /// The version of the encoding.
    public static let encodingVersion: UInt8 = 1

    /// The chain, 1 to 64 printable ASCII characters.
    public let chainID: String
    /// The block's place in the chain.
    public let height: UInt64
    /// Nanoseconds since the beginning of 1970, UTC.
    public let timeNanoseconds: UInt64
    /// The hash of the header before, or zeros in the first block.
    public let previousHeaderHash: Hash
    /// The RFC 6962 root over the block's inputs.
    public let transactionsRoot: Hash
    /// How many records the event tree has after this block.
    public let eventCount: UInt64
    /// The RFC 6962 root over all records up to this block.
    public let eventRoot: Hash
    /// The root of the state after this block.
    public let stateRoot: Hash
    /// The hash of the module set that ran this block.
    public let moduleSetHash: Hash

    /// Makes a header.
    ///
    /// - Throws: `invalidChainID`.
    public init(
        chainID: String,
        height: UInt64,
        timeNanoseconds: UInt64,
        previousHeaderHash: Hash,
        transactionsRoot: Hash,
        eventCount: UInt64,
        eventRoot: Hash,
        stateRoot: Hash,
        moduleSetHash: Hash
    ) throws(StorageError) {
        try ChainID.check(chainID)
        self.chainID = chainID
        self.height = height
        self.timeNanoseconds = timeNanoseconds
        self.previousHeaderHash = previousHeaderHash
        self.transactionsRoot = transactionsRoot
        self.eventCount = eventCount
        self.eventRoot = eventRoot
        self.stateRoot = stateRoot
        self.moduleSetHash = moduleSetHash
    }

    /// SHA-256 of the header's domain byte and its encoding.
    public var hash: Hash {
        var hasher = DomainHasher(.header)
        hasher.add(encoded)
        return hasher.finalize()
    }
}

extension BlockHeader {
    /// The one encoding: version, length and bytes of the chain id, then the fields in order, numbers most significant
    /// byte first.
    public var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(2 + chainID.utf8.count + 3 * 8 + 5 * Hash.byteCount)
        bytes.append(Self.encodingVersion)
        bytes.append(UInt8(truncatingIfNeeded: chainID.utf8.count))
        bytes.append(contentsOf: chainID.utf8)
        bytes.append(bigEndian: height)
        bytes.append(bigEndian: timeNanoseconds)
        bytes.append(previousHeaderHash)
        bytes.append(transactionsRoot)
        bytes.append(bigEndian: eventCount)
        bytes.append(eventRoot)
        bytes.append(stateRoot)
        bytes.append(moduleSetHash)
        return bytes
    }

    /// Reads a header.
    ///
    /// - Throws: `invalidHeader` for an unknown version, bytes that are missing or left over, or a chain id against the
    ///   rules.
    public init(decoding bytes: [UInt8]) throws(StorageError) {
        self = try bytes.span.withUnsafeBytes { (bytes) throws(StorageError) in try BlockHeader(decoding: bytes) }
    }

    /// Reads a header. See ``init(decoding:)-([UInt8])``.
    public init(decoding bytes: UnsafeRawBufferPointer) throws(StorageError) {
        var reader = ByteReader(bytes)
        guard let version = reader.number(UInt8.self) else { throw Self.invalid("it is empty") }
        guard version == Self.encodingVersion else { throw Self.invalid("its version is \(version)") }
        guard
            let length = reader.number(UInt8.self),
            let chainID = reader.take(Int(length)),
            let height = reader.number(UInt64.self),
            let timeNanoseconds = reader.number(UInt64.self),
            let previousHeaderHash = reader.hash(),
            let transactionsRoot = reader.hash(),
            let eventCount = reader.number(UInt64.self),
            let eventRoot = reader.hash(),
            let stateRoot = reader.hash(),
            let moduleSetHash = reader.hash()
        else {
            throw Self.invalid("it ends too early, after \(bytes.count) bytes")
        }
        guard reader.remainingCount == 0 else {
            throw Self.invalid("\(reader.remainingCount) bytes are left over")
        }
        do throws(StorageError) {
            try self.init(
                chainID: String(decoding: chainID, as: UTF8.self),
                height: height,
                timeNanoseconds: timeNanoseconds,
                previousHeaderHash: previousHeaderHash,
                transactionsRoot: transactionsRoot,
                eventCount: eventCount,
                eventRoot: eventRoot,
                stateRoot: stateRoot,
                moduleSetHash: moduleSetHash
            )
        } catch {
            throw StorageError(.invalidHeader, "A block header cannot be read: \(error.message)", cause: error)
        }
    }

    private static func invalid(_ reason: String) -> StorageError {
        StorageError(
            .invalidHeader,
            "A block header cannot be read: \(reason). Use a newer version of this program, or a sound copy of the header."
        )
    }
}
