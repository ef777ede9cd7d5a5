import Crypto

/// The first byte of everything that is hashed, so that no two kinds of thing can have the same hash.
enum HashDomain: UInt8 {
    /// A leaf of a Merkle tree (RFC 6962, section 2.1), or of the state tree.
    case leaf = 0x00
    /// An inner node of a Merkle tree (RFC 6962, section 2.1), or of the state tree.
    case node = 0x01
    /// A block header.
    case header = 0x02
    /// A sorted write set.
    case writeSet = 0x04
    /// A link of the rolling state commitment.
    case rollingCommitment = 0x05
    /// What a published key in a record of the state tree is checked by.
    case publishedKey = 0x06
}

/// SHA-256 over a domain byte and what is added after it.
struct DomainHasher {
    private var hasher = SHA256()

    init(_ domain: HashDomain) {
        withUnsafeBytes(of: domain.rawValue) { hasher.update(bufferPointer: $0) }
    }

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        hasher.update(bufferPointer: bytes)
    }

    mutating func add(_ bytes: [UInt8]) {
        bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    }

    mutating func add(_ hash: Hash) {
        hash.withUnsafeBytes { hasher.update(bufferPointer: $0) }
    }

    /// Adds a number, most significant byte first.
    mutating func add(_ number: some FixedWidthInteger & BitwiseCopyable) {
        withUnsafeBytes(of: number.bigEndian) { hasher.update(bufferPointer: $0) }
    }

    func finalize() -> Hash {
        hasher.finalize().withUnsafeBytes { Hash(unchecked: $0) }
    }
}

extension Hash {
    /// Plain SHA-256 of some bytes, such as a transaction's hash.
    public static func sha256(_ bytes: UnsafeRawBufferPointer) -> Hash {
        var hasher = SHA256()
        hasher.update(bufferPointer: bytes)
        return hasher.finalize().withUnsafeBytes { Hash(unchecked: $0) }
    }

    /// Plain SHA-256 of some bytes, such as a transaction's hash.
    public static func sha256(_ bytes: [UInt8]) -> Hash {
        bytes.withUnsafeBytes { sha256($0) }
    }
}
