@testable import Storage

/// RFC 6962 written down word for word, over all leaves at once: slow, and plainly right.
enum TreeModel {
    static func root(_ leaves: ArraySlice<Hash>) -> Hash {
        switch leaves.count {
        case 0: return .sha256([])
        case 1: return leaves[leaves.startIndex]
        default:
            let middle = leaves.startIndex + split(leaves.count)
            return MerkleTree.nodeHash(root(leaves[..<middle]), root(leaves[middle...]))
        }
    }

    /// PATH(m, D[n]) of section 2.1.1.
    static func path(_ index: Int, _ leaves: ArraySlice<Hash>) -> [Hash] {
        guard leaves.count > 1 else { return [] }
        let middle = leaves.startIndex + split(leaves.count)
        return index < middle
            ? path(index, leaves[..<middle]) + [root(leaves[middle...])]
            : path(index, leaves[middle...]) + [root(leaves[..<middle])]
    }

    /// SUBPROOF(m, D[n], b) of section 2.1.2.
    static func proof(_ size: Int, _ leaves: ArraySlice<Hash>, isWhole: Bool = true) -> [Hash] {
        if size == leaves.count { return isWhole ? [] : [root(leaves)] }
        let length = split(leaves.count)
        let middle = leaves.startIndex + length
        return size <= length
            ? proof(size, leaves[..<middle], isWhole: isWhole) + [root(leaves[middle...])]
            : proof(size - length, leaves[middle...], isWhole: false) + [root(leaves[..<middle])]
    }

    private static func split(_ count: Int) -> Int {
        var power = 1
        while power * 2 < count { power *= 2 }
        return power
    }
}

/// Tiles in memory, as a tree would have stored them.
struct TileMemory: TileReading {
    private var tiles: [[UInt8]: [Hash]] = [:]

    mutating func store(_ changed: [Tile]) {
        for tile in changed {
            tiles[tile.key] = tile.hashes
        }
    }

    func tile(level: UInt8, index: UInt64) throws(StorageError) -> [Hash] {
        guard let hashes = tiles[Tile.key(level: level, index: index)] else {
            throw StorageError(.damaged, "no tile \(index) of level \(level)")
        }
        return hashes
    }
}
