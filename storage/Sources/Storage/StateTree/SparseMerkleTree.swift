/// The hash rules of the state tree: those of the specification that ICS-23 publishes for sparse Merkle trees.
///
/// An entry's place follows from the SHA-256 of its committed key, taken bit by bit, the most significant first. A subtree
/// without entries is 32 zero bytes; a subtree with one entry is that entry's leaf, however high it stands; any other is
/// SHA-256(0x01 ‖ left ‖ right). So the root depends on the entries alone, never on the order of their changes.
public enum SparseMerkleTree {
    /// The root of no entries.
    public static let emptyRoot = Hash.zero

    /// What the tree holds in place of an empty value: a zero byte, then `empty` in ASCII.
    ///
    /// Verifiers of ICS-23 refuse empty values, and would refuse their neighbours' proofs of absence with them. An entry
    /// with exactly these bytes has the same leaf as an empty one; no protobuf message begins with a zero byte.
    public static let emptyValueMark: [UInt8] = [0] + Array("empty".utf8)

    /// The value as proofs show it: ``emptyValueMark`` for an empty one, any other as it is.
    public static func committedValue(of value: [UInt8]) -> [UInt8] {
        value.isEmpty ? emptyValueMark : value
    }

    /// The place of an entry with a full key: SHA-256 of its ``StateKey/committedKey(of:)``.
    public static func keyHash(_ key: [UInt8]) -> Hash {
        KeyHashing.sha256.hash(key)
    }

    /// The leaf of an entry: SHA-256(0x00 ‖ key hash ‖ SHA-256(value)).
    public static func leafHash(keyHash: Hash, value: [UInt8]) -> Hash {
        value.withUnsafeBytes { leafHash(keyHash: keyHash, value: $0) }
    }

    /// The leaf of an entry, of a value in place.
    static func leafHash(keyHash: Hash, value: UnsafeRawBufferPointer) -> Hash {
        MerkleTree.pairHash(.leaf, keyHash, valueHash(value))
    }

    /// SHA-256 of a value as the tree holds it.
    static func valueHash(_ value: UnsafeRawBufferPointer) -> Hash {
        value.isEmpty ? emptyValueHash : .sha256(value)
    }

    /// The root over all entries of a state, computed from them alone.
    ///
    /// - Throws: what reading the state throws; `hashCollision`.
    /// - Complexity: O(n) hashes and O(n log n) comparisons; keeps 64 bytes for every entry.
    public static func root(of state: some StateReading) throws(StorageError) -> Hash {
        try root(of: state, hashing: .sha256)
    }

    static func root(of state: some StateReading, hashing: KeyHashing) throws(StorageError) -> Hash {
        var leaves: [(keyHash: Hash, hash: Hash)] = []
        try state.scan(StateScan()) { (key, value) throws(StorageError) in
            let keyHash = key.withUnsafeBytes { hashing.hash($0) }
            leaves.append((keyHash, value.withUnsafeBytes { leafHash(keyHash: keyHash, value: $0) }))
            return true
        }
        leaves.sort { $0.keyHash < $1.keyHash }
        return try root(of: leaves[...], atBit: 0)
    }

    private static func root(
        of leaves: ArraySlice<(keyHash: Hash, hash: Hash)>,
        atBit bit: Int
    ) throws(StorageError) -> Hash {
        guard let first = leaves.first else { return emptyRoot }
        guard leaves.count > 1 else { return first.hash }
        guard bit < TreePath.bitCount else { throw StorageError.hashCollision }
        // The leaves are in order, so those with a zero bit come first.
        var (low, high) = (leaves.startIndex, leaves.endIndex)
        while low < high {
            let middle = (low + high) / 2
            if leaves[middle].keyHash.bit(at: bit) {
                high = middle
            } else {
                low = middle + 1
            }
        }
        let left = try root(of: leaves[..<low], atBit: bit + 1)
        let right = try root(of: leaves[low...], atBit: bit + 1)
        return MerkleTree.nodeHash(left, right)
    }

    private static let emptyValueHash = Hash.sha256(emptyValueMark)
}
