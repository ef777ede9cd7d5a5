/// The last block that was acknowledged, as kept outside LMDB.
///
/// A log that was cut off or put back to an older copy is sound in itself; only something beside it can tell.
struct Anchor: Equatable, Sendable {
    /// The block, nil before the first one.
    struct Block: Equatable, Sendable {
        let height: UInt64
        let headerHash: Hash
    }

    /// SHA-256 of the chain id.
    let chainIDHash: Hash
    let block: Block?

    init(chainID: String, block: Block?) {
        chainIDHash = Hash.sha256(Array(chainID.utf8))
        self.block = block
    }

    private init(chainIDHash: Hash, block: Block?) {
        self.chainIDHash = chainIDHash
        self.block = block
    }
}

extension Anchor {
    /// One slot of the anchor file. The valid slot with the greatest counter counts.
    struct Slot: Equatable {
        static let byteCount = 128

        private static let mark = Array("mh-anchr".utf8)
        private static let version: UInt32 = 1

        let counter: UInt64
        let anchor: Anchor

        init(counter: UInt64, anchor: Anchor) {
            self.counter = counter
            self.anchor = anchor
        }

        /// Reads a slot.
        ///
        /// - Returns: nil when the checksum is wrong: torn, or never written.
        /// - Throws: `newerFormat` for a sound slot of another version.
        init?(decoding bytes: [UInt8]) throws(StorageError) {
            guard bytes.count == Self.byteCount, Array(bytes[..<8]) == Self.mark else { return nil }
            let body = Array(bytes[..<(Self.byteCount - Hash.byteCount)])
            guard Hash.sha256(body).bytes == Array(bytes[body.count...]) else { return nil }
            let slot = try body.span.withUnsafeBytes { (body) throws(StorageError) -> Slot? in
                var reader = ByteReader(body)
                guard
                    reader.take(Self.mark.count) != nil,
                    let version = reader.number(UInt32.self),
                    let flags = reader.number(UInt32.self),
                    let counter = reader.number(UInt64.self),
                    let chainIDHash = reader.hash(),
                    let height = reader.number(UInt64.self),
                    let headerHash = reader.hash()
                else { return nil }
                guard version == Self.version, flags <= 1 else {
                    throw StorageError(
                        .newerFormat,
                        "The anchor file has version \(version). Use a newer version of this program."
                    )
                }
                let block = flags == 1 ? Block(height: height, headerHash: headerHash) : nil
                return Slot(counter: counter, anchor: Anchor(chainIDHash: chainIDHash, block: block))
            }
            guard let slot else { return nil }
            self = slot
        }

        /// The 128 bytes: mark (8), version (4), flags (4), counter (8), chain id hash (32), height (8), header hash (32),
        /// SHA-256 of all before (32). Numbers stand most significant byte first.
        var encoded: [UInt8] {
            var bytes = Self.mark
            bytes.append(bigEndian: Self.version)
            bytes.append(bigEndian: UInt32(anchor.block == nil ? 0 : 1))
            bytes.append(bigEndian: counter)
            bytes.append(anchor.chainIDHash)
            bytes.append(bigEndian: anchor.block?.height ?? 0)
            bytes.append(anchor.block?.headerHash ?? .zero)
            bytes.append(Hash.sha256(bytes))
            return bytes
        }
    }
}
