import Crypto

/// A SHA-256 hash: 32 bytes.
public struct Hash32: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// How many bytes there are.
    public static let byteCount = 32
    /// The hash of nothing, which is also the root of an empty Merkle tree.
    public static let ofNothing = Hash32(hashing: [])

    /// The 32 bytes.
    public let bytes: [UInt8]

    /// Takes 32 bytes.
    ///
    /// - Throws: `wrongLength` for any other count.
    public init(_ bytes: [UInt8]) throws(CometBFTError) {
        guard bytes.count == Self.byteCount else {
            throw CometBFTError(.wrongLength, "a hash has 32 bytes, not \(bytes.count)")
        }
        self.bytes = bytes
    }

    /// Reads 64 hexadecimal digits, in either case.
    ///
    /// - Throws: `malformed` or `wrongLength`.
    public init(hexadecimal: String) throws(CometBFTError) {
        try self.init(Hexadecimal.decode(hexadecimal))
    }

    /// The SHA-256 of some bytes.
    public init(hashing bytes: [UInt8]) {
        self.init(SHA256.hash(data: bytes))
    }

    init(_ digest: SHA256.Digest) {
        bytes = [UInt8](digest)
    }

    /// Reads a hash that the engine leaves empty where there is none.
    static func optional(_ bytes: [UInt8]) throws(CometBFTError) -> Hash32? {
        bytes.isEmpty ? nil : try Hash32(bytes)
    }

    /// Orders by bytes, the first one first.
    public static func < (left: Hash32, right: Hash32) -> Bool {
        left.bytes.lexicographicallyPrecedes(right.bytes)
    }

    /// 64 upper-case hexadecimal digits, as the engine prints them.
    public var description: String {
        Hexadecimal.encode(bytes)
    }
}
