import Testing

@testable import Storage

/// Every valid proof, mangled every way, must fail.
@Suite("A mangled proof")
struct ProofMutationTests {
    private static let leaves = (UInt8(0)..<70).map { MerkleTree.leafHash([$0]) }

    private static let tree = makeTree()

    private static func makeTree() -> StoredTree<TileMemory> {
        var tiles = TileMemory()
        var frontier = Frontier()
        tiles.store(frontier.append(contentsOf: leaves))
        return StoredTree(tiles: tiles, count: UInt64(leaves.count))
    }

    /// All paths that differ from one in a single step.
    private static func mangled(_ path: [Hash]) -> [[Hash]] {
        var results: [[Hash]] = [path + [.zero], [.zero] + path]
        if let last = path.last { results.append(path + [last]) }
        for index in path.indices {
            for position in [0, 13, 31] {
                var bytes = path[index].bytes
                bytes[position] ^= 1
                if let hash = Hash(bytes) {
                    results.append(path[..<index] + [hash] + path[(index + 1)...])
                }
            }
            results.append(Array(path[..<index] + path[(index + 1)...]))
            if index > 0, path[index] != path[index - 1] {
                var swapped = path
                swapped.swapAt(index, index - 1)
                results.append(swapped)
            }
        }
        return results
    }

    private static func flipped(_ hash: Hash) -> [Hash] {
        (0..<32).compactMap { position in
            var bytes = hash.bytes
            bytes[position] ^= 0x80
            return Hash(bytes)
        }
    }

    @Test("of inclusion is refused", arguments: [1, 2, 3, 7, 8, 16, 17, 33, 64, 70] as [UInt64])
    func refusesInclusion(size: UInt64) throws {
        let root = try Self.tree.root(atSize: size)
        for index in 0..<size {
            let proof = try Self.tree.inclusionProof(of: index, atSize: size)
            let leaf = Self.leaves[Int(index)]
            try #require(proof.verify(leafHash: leaf, root: root))
            for path in Self.mangled(proof.path) {
                #expect(
                    !InclusionProof(leafIndex: index, treeSize: size, path: path).verify(leafHash: leaf, root: root)
                )
            }
            for wrong in Self.flipped(leaf) { #expect(!proof.verify(leafHash: wrong, root: root)) }
            for wrong in Self.flipped(root) { #expect(!proof.verify(leafHash: leaf, root: wrong)) }
            for other in 0..<size + 2 where other != index {
                #expect(
                    !InclusionProof(leafIndex: other, treeSize: size, path: proof.path).verify(
                        leafHash: leaf,
                        root: root
                    )
                )
            }
            #expect(!InclusionProof(leafIndex: index, treeSize: 0, path: proof.path).verify(leafHash: leaf, root: root))
            #expect(
                !InclusionProof(leafIndex: .max, treeSize: .max, path: proof.path).verify(leafHash: leaf, root: root)
            )
        }
    }

    @Test("of consistency is refused", arguments: [2, 3, 7, 8, 17, 33, 64, 70] as [UInt64])
    func refusesConsistency(size: UInt64) throws {
        let newRoot = try Self.tree.root(atSize: size)
        for old in 1...size {
            let oldRoot = try Self.tree.root(atSize: old)
            let proof = try Self.tree.consistencyProof(from: old, to: size)
            try #require(proof.verify(oldRoot: oldRoot, newRoot: newRoot))
            for path in Self.mangled(proof.path) {
                #expect(
                    !ConsistencyProof(oldSize: old, newSize: size, path: path).verify(
                        oldRoot: oldRoot,
                        newRoot: newRoot
                    )
                )
            }
            for wrong in Self.flipped(oldRoot) { #expect(!proof.verify(oldRoot: wrong, newRoot: newRoot)) }
            for wrong in Self.flipped(newRoot) { #expect(!proof.verify(oldRoot: oldRoot, newRoot: wrong)) }
            for (first, second) in [
                (0, size), (old, 0), (size + 1, size), (UInt64.max - 1, UInt64.max), (old, old - 1),
            ] {
                let wrong = ConsistencyProof(oldSize: first, newSize: second, path: proof.path)
                #expect(!wrong.verify(oldRoot: oldRoot, newRoot: newRoot))
            }
            if old < size {
                #expect(!proof.verify(oldRoot: newRoot, newRoot: oldRoot))
            }
        }
    }
}
