import Storage

/// The RFC 6962 tree over records as verify grows it: sixteen leaves at a time, without keeping what lies left of the
/// edge.
///
/// Invariant: `open[i]` holds the last `(tileCount >> 4i) % 16` hashes of stored level i + 1, oldest first.
struct EventTree {
    /// How many hashes a tile has.
    static let tileWidth = 16

    /// One level's hashes that came together to a whole tile.
    struct Tile {
        let level: UInt8
        let index: UInt64
        let hashes: [Hash]

        /// The key in the table `tree`: level, then index, most significant byte first.
        var key: [UInt8] { EventTree.key(level: level, index: index) }
    }

    /// How many whole tiles of leaves there are.
    private(set) var tileCount: UInt64 = 0
    private var open: [[Hash]] = []

    static func key(level: UInt8, index: UInt64) -> [UInt8] {
        var key = [level]
        key.append(bigEndian: index)
        return key
    }

    /// How many tiles the tree of `count` leaves has, over all levels.
    static func tileCount(ofLeafCount count: UInt64) -> UInt64 {
        var total: UInt64 = 0
        var remaining = count
        while remaining > 0 {
            total += remaining / 16 + (remaining % 16 == 0 ? 0 : 1)
            remaining /= 16
        }
        return total
    }

    /// Adds sixteen leaves by the root over them.
    ///
    /// - Returns: the tiles of higher levels that are whole now.
    mutating func append(tileRoot: Hash) -> [Tile] {
        tileCount += 1
        var tiles: [Tile] = []
        var arrival = tileRoot
        var level = 0
        while true {
            if open.count == level { open.append([]) }
            open[level].append(arrival)
            guard open[level].count == Self.tileWidth else { return tiles }
            let index = (tileCount >> (4 * UInt64(level + 1))) - 1
            tiles.append(Tile(level: UInt8(level + 1), index: index, hashes: open[level]))
            arrival = open[level].withUnsafeBufferPointer { Self.fold($0) }
            open[level].removeAll(keepingCapacity: true)
            level += 1
        }
    }

    /// The root of the tree with some more leaves, fewer than sixteen.
    func root(withMore leaves: ArraySlice<Hash>) -> Hash {
        // The perfect subtrees from right to left, each joined to what stands right of it.
        var right: Hash?
        leaves.withUnsafeBufferPointer { Self.join($0, to: &right) }
        for level in open {
            level.withUnsafeBufferPointer { Self.join($0, to: &right) }
        }
        return right ?? MerkleTree.emptyRoot
    }

    /// The unfinished tiles of higher levels, on the right edge.
    var edge: [Tile] {
        open.enumerated().compactMap { level, hashes in
            guard !hashes.isEmpty else { return nil }
            return Tile(level: UInt8(level + 1), index: tileCount >> (4 * UInt64(level + 1)), hashes: hashes)
        }
    }

    private static func join(_ hashes: UnsafeBufferPointer<Hash>, to right: inout Hash?) {
        var end = hashes.count
        while end > 0 {
            let size = 1 << end.trailingZeroBitCount
            let subtree = fold(UnsafeBufferPointer(rebasing: hashes[(end - size)..<end]))
            right = right.map { MerkleTree.nodeHash(subtree, $0) } ?? subtree
            end -= size
        }
    }

    /// The root over 1, 2, 4, 8 or 16 hashes, without allocation.
    static func fold(_ hashes: UnsafeBufferPointer<Hash>) -> Hash {
        withUnsafeTemporaryAllocation(of: Hash.self, capacity: tileWidth) { level in
            _ = level.initialize(fromContentsOf: hashes)
            var count = hashes.count
            while count > 1 {
                count /= 2
                for pair in 0..<count {
                    level[pair] = MerkleTree.nodeHash(level[2 * pair], level[2 * pair + 1])
                }
            }
            return level[0]
        }
    }
}
