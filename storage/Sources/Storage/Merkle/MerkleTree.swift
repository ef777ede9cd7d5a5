import Crypto

/// The Merkle tree of RFC 6962, section 2.1.
///
/// Leaf hash: SHA-256(0x00 ‖ leaf). Node hash: SHA-256(0x01 ‖ left ‖ right). A tree of n leaves splits at the greatest
/// power of two below n. The empty tree's root is the hash of nothing.
public enum MerkleTree {
    /// The root of a tree without leaves.
    public static let emptyRoot = Hash.sha256([])

    /// The hash of a leaf.
    public static func leafHash(_ leaf: UnsafeRawBufferPointer) -> Hash {
        guard leaf.count < shortLeafByteCount else {
            var hasher = DomainHasher(.leaf)
            hasher.add(leaf)
            return hasher.finalize()
        }
        // One call for domain and leaf together: for short leaves the copy costs less than a second call.
        return withUnsafeTemporaryAllocation(byteCount: shortLeafByteCount, alignment: 16) { input in
            input[0] = HashDomain.leaf.rawValue
            let end = leaf.count + 1
            UnsafeMutableRawBufferPointer(rebasing: input[1..<end]).copyMemory(from: leaf)
            return Hash.sha256(UnsafeRawBufferPointer(rebasing: input[..<end]))
        }
    }

    /// The hash of a leaf.
    public static func leafHash(_ leaf: [UInt8]) -> Hash {
        leaf.withUnsafeBytes { leafHash($0) }
    }

    /// The hash of a leaf.
    public static func leafHash(_ leaf: RawSpan) -> Hash {
        leaf.withUnsafeBytes { leafHash($0) }
    }

    /// The hash of the node over two others.
    public static func nodeHash(_ left: Hash, _ right: Hash) -> Hash {
        pairHash(.node, left, right)
    }

    /// SHA-256 of a domain byte and two hashes.
    static func pairHash(_ domain: HashDomain, _ left: Hash, _ right: Hash) -> Hash {
        var input = PairInput(domain: UInt64(domain.rawValue).bigEndian, left: left, right: right)
        var hasher = SHA256()
        withUnsafeBytes(of: &input) { hasher.update(bufferPointer: UnsafeRawBufferPointer(rebasing: $0[7...])) }
        return hasher.finalize().withUnsafeBytes { Hash(unchecked: $0) }
    }

    /// The root over leaf hashes.
    ///
    /// - Complexity: O(n) hashes.
    public static func root(ofLeafHashes hashes: [Hash]) -> Hash {
        guard !hashes.isEmpty else { return emptyRoot }
        // Pairing level by level and lifting a lone last node gives the same tree as splitting from the top.
        var level = hashes
        while level.count > 1 {
            var next = 0
            for pair in stride(from: 0, to: level.count - 1, by: 2) {
                level[next] = nodeHash(level[pair], level[pair + 1])
                next += 1
            }
            if level.count % 2 == 1 {
                level[next] = level[level.count - 1]
                next += 1
            }
            level.removeSubrange(next...)
        }
        return level[0]
    }

    /// The root over the strings of an arena. Uses every core when there is much to hash.
    public static func root(of leaves: ByteArena) -> Hash {
        root(ofLeafHashes: LeafHasher.hashes(of: leaves))
    }

    /// The greatest power of two below `size`, which must be at least 2.
    static func split(_ size: UInt64) -> UInt64 {
        1 << UInt64(63 - (size - 1).leadingZeroBitCount)
    }

    /// Leaves below this length are hashed in one piece with their domain byte.
    private static let shortLeafByteCount = 1_024

    /// The 65 bytes under the hash of a pair, at the end of memory that is aligned for the words of a hash.
    private struct PairInput {
        let domain: UInt64
        let left: Hash
        let right: Hash
    }
}
