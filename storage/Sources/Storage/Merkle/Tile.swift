/// Sixteen sibling hashes of the event tree, stored as one record: four levels of the tree in one read.
///
/// Only every fourth level is stored, level 0 being the leaf hashes; the levels between are computed from a tile when a
/// proof needs them. A tile on the right edge holds fewer than sixteen hashes and is written again as it fills.
struct Tile: Equatable, Sendable {
    /// How many hashes a full tile has.
    static let width = 16
    /// How many levels of the tree a tile covers.
    static let height: UInt64 = 4

    /// The stored level: 0 for leaf hashes, 1 for nodes over 16 leaves, 2 for nodes over 256, and so on.
    let level: UInt8
    /// The position among the tiles of its level.
    let index: UInt64
    /// 1 to 16 hashes.
    let hashes: [Hash]

    /// The key under which it is stored: level, then index, most significant byte first.
    var key: [UInt8] { Self.key(level: level, index: index) }

    static func key(level: UInt8, index: UInt64) -> [UInt8] {
        var key = [level]
        key.append(bigEndian: index)
        return key
    }

    /// Reads hashes from the bytes of a stored tile.
    static func hashes(from bytes: UnsafeRawBufferPointer) -> [Hash]? {
        let (count, rest) = bytes.count.quotientAndRemainder(dividingBy: Hash.byteCount)
        guard rest == 0, count >= 1, count <= width else { return nil }
        return (0..<count).map { Hash(unchecked: UnsafeRawBufferPointer(rebasing: bytes[($0 * Hash.byteCount)...])) }
    }

    /// The root over 1, 2, 4, 8 or 16 hashes, which are a perfect subtree.
    static func fold(_ hashes: ArraySlice<Hash>) -> Hash {
        hashes.withUnsafeBufferPointer { fold($0) }
    }

    /// The root over 1, 2, 4, 8 or 16 hashes, which are a perfect subtree. Allocates nothing.
    static func fold(_ hashes: UnsafeBufferPointer<Hash>) -> Hash {
        withUnsafeTemporaryAllocation(of: Hash.self, capacity: width) { level in
            var count = min(hashes.count, width)
            for index in 0..<count {
                level.initializeElement(at: index, to: hashes[index])
            }
            while count > 1 {
                count /= 2
                for index in 0..<count {
                    level[index] = MerkleTree.nodeHash(level[2 * index], level[2 * index + 1])
                }
            }
            return level[0]
        }
    }
}

/// Where the stored tiles of a tree can be read.
protocol TileReading {
    /// The hashes of a tile.
    ///
    /// - Throws: `damaged` when the tile is not there or malformed.
    func tile(level: UInt8, index: UInt64) throws(StorageError) -> [Hash]
}
