import Crypto

/// The Merkle tree over an ordered list of byte strings (RFC 6962, section 2.1), as the engine uses it.
///
/// A leaf is hashed behind a zero byte and an inner node behind a one, so neither can stand for the other.
public enum MerkleTree {
    /// The root. O(n) hashes; nothing has the hash of nothing.
    public static func root(of leaves: [[UInt8]]) -> Hash32 {
        guard !leaves.isEmpty else { return .ofNothing }
        return root(of: leaves.map(leafHash)[...])
    }

    /// The hash of one leaf.
    public static func leafHash(_ leaf: [UInt8]) -> Hash32 {
        var hasher = SHA256()
        hasher.update(data: [0])
        hasher.update(data: leaf)
        return Hash32(hasher.finalize())
    }

    /// The hash of an inner node.
    public static func nodeHash(left: Hash32, right: Hash32) -> Hash32 {
        var hasher = SHA256()
        hasher.update(data: [1])
        hasher.update(data: left.bytes)
        hasher.update(data: right.bytes)
        return Hash32(hasher.finalize())
    }

    /// The left side takes the largest power of two below the count, so the recursion is as deep as the count has bits.
    private static func root(of hashes: ArraySlice<Hash32>) -> Hash32 {
        guard hashes.count > 1 else { return hashes.first ?? .ofNothing }
        let split = 1 << (Int.bitWidth - 1 - (hashes.count - 1).leadingZeroBitCount)
        return nodeHash(left: root(of: hashes.prefix(split)), right: root(of: hashes.dropFirst(split)))
    }
}
