import Crypto

/// A hash function of the standard.
///
/// SHA-256 and SHA-512 are offered. The others can be named in a specification, so that it can be read and shown, but
/// using them throws `unsupportedHash`.
public enum HashOp: Int, Hashable, Sendable, CaseIterable {
    /// None. Allowed for keys and values before they enter a leaf, never for a leaf or a step.
    case noHash = 0
    /// SHA-256 (FIPS 180-4).
    case sha256 = 1
    /// SHA-512 (FIPS 180-4).
    case sha512 = 2
    /// Keccak-256, as before its standardisation. Not offered.
    case keccak256 = 3
    /// RIPEMD-160. Not offered.
    case ripemd160 = 4
    /// RIPEMD-160 of SHA-256. Not offered.
    case bitcoin = 5
    /// SHA-512/256 (FIPS 180-4). Not offered.
    case sha512Truncated256 = 6
    /// BLAKE2b with 512 bits. Not offered.
    case blake2b512 = 7
    /// BLAKE2s with 256 bits. Not offered.
    case blake2s256 = 8
    /// BLAKE3. Not offered.
    case blake3 = 9

    /// How long its hashes are, in bytes, or nil when it is not offered.
    var digestByteCount: Int? {
        switch self {
        case .sha256: SHA256.byteCount
        case .sha512: SHA512.byteCount
        default: nil
        }
    }

    /// The hash of some bytes.
    ///
    /// - Throws: `unsupportedHash`.
    func digest(of bytes: [UInt8]) throws(ICS23Error) -> [UInt8] {
        switch self {
        case .sha256:
            return SHA256.hash(data: bytes).withUnsafeBytes { Array($0) }
        case .sha512:
            return SHA512.hash(data: bytes).withUnsafeBytes { Array($0) }
        case .noHash:
            throw ICS23Error(
                .unsupportedHash,
                "A leaf or a step needs a hash function and has none. Ask the sender for a proof of the published form."
            )
        case .keccak256, .ripemd160, .bitcoin, .sha512Truncated256, .blake2b512, .blake2s256, .blake3:
            throw ICS23Error(
                .unsupportedHash,
                "The hash function \(self) is not offered here. Use a tree that hashes with SHA-256 or SHA-512."
            )
        }
    }

    /// What enters a leaf in place of a key or value: its hash, or with ``noHash`` itself.
    ///
    /// - Throws: `unsupportedHash`.
    func prehash(_ bytes: [UInt8]) throws(ICS23Error) -> [UInt8] {
        self == .noHash ? bytes : try digest(of: bytes)
    }
}
