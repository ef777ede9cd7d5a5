/// Roots and proofs of any size of a tree whose tiles are stored.
struct StoredTree<Tiles: TileReading> {
    let tiles: Tiles
    /// How many leaves are stored.
    let count: UInt64

    /// The root of the first `size` leaves.
    ///
    /// - Throws: `outOfRange`, `damaged`.
    /// - Complexity: O(log n) reads and hashes.
    func root(atSize size: UInt64) throws(StorageError) -> Hash {
        guard size <= count else { throw Self.beyond("the tree size \(size)", count) }
        return size == 0 ? MerkleTree.emptyRoot : try hash(from: 0, to: size)
    }

    /// The path from a leaf to the root of the first `size` leaves (RFC 6962, section 2.1.1).
    ///
    /// - Throws: `outOfRange`, `damaged`.
    /// - Complexity: O(log n) reads.
    func inclusionProof(of leaf: UInt64, atSize size: UInt64) throws(StorageError) -> InclusionProof {
        guard size <= count else { throw Self.beyond("the tree size \(size)", count) }
        guard leaf < size else { throw Self.beyond("the record \(leaf)", size) }
        var path: [Hash] = []
        var (start, end) = (UInt64(0), size)
        while end - start > 1 {
            let middle = start + MerkleTree.split(end - start)
            if leaf < middle {
                path.append(try hash(from: middle, to: end))
                end = middle
            } else {
                path.append(try hash(from: start, to: middle))
                start = middle
            }
        }
        return InclusionProof(leafIndex: leaf, treeSize: size, path: path.reversed())
    }

    /// The proof that the first `oldSize` leaves are a prefix of the first `newSize` (RFC 6962, section 2.1.2).
    ///
    /// - Throws: `outOfRange` also for an old size of 0, of which there is nothing to prove; `damaged`.
    /// - Complexity: O(log n) reads.
    func consistencyProof(from oldSize: UInt64, to newSize: UInt64) throws(StorageError) -> ConsistencyProof {
        guard newSize <= count else { throw Self.beyond("the tree size \(newSize)", count) }
        guard oldSize >= 1, oldSize <= newSize else {
            throw StorageError(
                .outOfRange,
                "There is no consistency proof from size \(oldSize) to \(newSize). Ask from 1 to at most the new size."
            )
        }
        var path: [Hash] = []
        var (start, end) = (UInt64(0), newSize)
        while oldSize != end {
            let middle = start + MerkleTree.split(end - start)
            if oldSize <= middle {
                path.append(try hash(from: middle, to: end))
                end = middle
            } else {
                path.append(try hash(from: start, to: middle))
                start = middle
            }
        }
        // The verifier knows the old root itself; it needs the last subtree only where that is not the whole old tree.
        if start > 0 {
            path.append(try hash(from: start, to: end))
        }
        return ConsistencyProof(oldSize: oldSize, newSize: newSize, path: path.reversed())
    }

    /// The root over a range that is a subtree of the recursive split: its start is a multiple of a power of two not
    /// smaller than its length.
    private func hash(from start: UInt64, to end: UInt64) throws(StorageError) -> Hash {
        var right: Hash?
        var end = end
        while end > start {
            let level = UInt64((end - start).trailingZeroBitCount)
            let subtree = try perfectSubtree(level: level, index: (end >> level) - 1)
            right = right.map { MerkleTree.nodeHash(subtree, $0) } ?? subtree
            end -= 1 << level
        }
        return right ?? MerkleTree.emptyRoot
    }

    /// The root over the leaves from `index << level` up to `(index + 1) << level`.
    private func perfectSubtree(level: UInt64, index: UInt64) throws(StorageError) -> Hash {
        let (stored, above) = level.quotientAndRemainder(dividingBy: Tile.height)
        let first = index << above
        let (tile, offset) = first.quotientAndRemainder(dividingBy: UInt64(Tile.width))
        let hashes = try tiles.tile(level: UInt8(stored), index: tile)
        let range = Int(offset)..<(Int(offset) + (1 << Int(above)))
        guard hashes.indices.contains(range.lowerBound), range.upperBound <= hashes.count else {
            throw StorageError(
                .damaged,
                "The event tree's tile \(tile) of level \(stored) is too short. Restore the store from a backup."
            )
        }
        return Tile.fold(hashes[range])
    }

    private static func beyond(_ what: String, _ count: UInt64) -> StorageError {
        StorageError(.outOfRange, "There is no \(what) among \(count) records. Ask for what the log holds.")
    }
}

extension StoredTree: Sendable where Tiles: Sendable {}
