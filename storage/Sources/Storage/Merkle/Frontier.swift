/// The right edge of a growing RFC 6962 tree: all that is needed to append leaves and to know the root.
///
/// Holds at most fifteen hashes for every four levels. Appending costs amortised one node hash per leaf.
public struct Frontier: Sendable, Equatable {
    /// How many leaves the tree has.
    public private(set) var count: UInt64 = 0

    // Invariant: `open[s]` holds the last `(count >> 4s) % 16` hashes of stored level s, oldest first.
    private var open: [[Hash]] = []

    /// The edge of the empty tree.
    public init() {}

    /// Reads the edge of the tree of the first `count` leaves.
    ///
    /// - Throws: `damaged` when a tile is not there.
    /// - Complexity: O(log n) reads.
    init(count: UInt64, tiles: some TileReading) throws(StorageError) {
        self.count = count
        var level: UInt8 = 0
        var remaining = count
        while remaining > 0 {
            let used = Int(remaining % UInt64(Tile.width))
            let index = remaining / UInt64(Tile.width)
            var hashes: [Hash] = []
            if used > 0 {
                let stored = try tiles.tile(level: level, index: index)
                guard stored.count >= used else {
                    throw StorageError(
                        .damaged,
                        """
                        The event tree's tile \(index) of level \(level) has \(stored.count) of \(used) hashes. \
                        Restore the store from a backup, or rebuild it from a peer's log.
                        """
                    )
                }
                hashes = Array(stored.prefix(used))
            }
            open.append(hashes)
            remaining = index
            level += 1
        }
    }

    /// The root of the tree.
    ///
    /// - Complexity: O(log n) hashes.
    public var root: Hash {
        // The perfect subtrees from right to left, each joined to what stands right of it.
        var right: Hash?
        for hashes in open {
            var end = hashes.count
            while end > 0 {
                let size = 1 << end.trailingZeroBitCount
                let subtree = Tile.fold(hashes[(end - size)..<end])
                right = right.map { MerkleTree.nodeHash(subtree, $0) } ?? subtree
                end -= size
            }
        }
        return right ?? MerkleTree.emptyRoot
    }

    /// Appends one leaf.
    ///
    /// - Complexity: amortised one node hash; allocates nothing but room for new levels.
    public mutating func append(_ leafHash: Hash) {
        var arrival = leafHash
        var level = 0
        while true {
            if open.count == level {
                open.append([])
            }
            open[level].append(arrival)
            guard open[level].count == Tile.width else { break }
            arrival = open[level].withUnsafeBufferPointer { Tile.fold($0) }
            open[level].removeAll(keepingCapacity: true)
            level += 1
        }
        count += 1
    }

    /// Appends leaves.
    ///
    /// - Returns: the tiles that changed, level by level, each level in order of index.
    mutating func append(contentsOf leafHashes: [Hash]) -> [Tile] {
        var tiles: [Tile] = []
        var arrivals = leafHashes
        var level = 0
        while !arrivals.isEmpty {
            if open.count == level {
                open.append([])
            }
            let firstIndex = (count >> (Tile.height * UInt64(level))) / UInt64(Tile.width)
            let hashes = open[level] + arrivals
            let fullCount = hashes.count / Tile.width
            for tile in 0...fullCount {
                let slice = hashes[(tile * Tile.width)..<min((tile + 1) * Tile.width, hashes.count)]
                guard !slice.isEmpty else { continue }
                tiles.append(Tile(level: UInt8(level), index: firstIndex + UInt64(tile), hashes: Array(slice)))
            }
            open[level] = Array(hashes[(fullCount * Tile.width)...])
            arrivals = LeafHasher.parallel(count: fullCount) { tile in
                Tile.fold(hashes[(tile * Tile.width)..<((tile + 1) * Tile.width)])
            }
            level += 1
        }
        count += UInt64(leafHashes.count)
        return tiles
    }
}
