import StorageTestSupport
import Testing

@testable import Storage

@Suite("The event tree")
struct MerkleTreeTests {
    private let leafHashes = MerkleVectors.leaves.map { MerkleTree.leafHash($0) }

    @Test("has the published roots for 0 to 8 leaves", arguments: 0...8)
    func hasPublishedRoots(size: Int) {
        var frontier = Frontier()
        for hash in leafHashes.prefix(size) { frontier.append(hash) }
        #expect(frontier.root == MerkleVectors.roots[size])
        #expect(MerkleTree.root(of: ByteArena(MerkleVectors.leaves.prefix(size))) == MerkleVectors.roots[size])
    }

    @Test("hashes the published leaf and node")
    func hashesPublished() {
        let leaf = MerkleTree.leafHash(Array("L123456".utf8))
        #expect(leaf.hexadecimal == "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56")
    }

    @Test("gives and accepts the published proofs")
    func hasPublishedProofs() throws {
        var tiles = TileMemory()
        var frontier = Frontier()
        tiles.store(frontier.append(contentsOf: leafHashes))
        let tree = StoredTree(tiles: tiles, count: 8)
        for vector in MerkleVectors.inclusion {
            let proof = try tree.inclusionProof(of: vector.from, atSize: vector.size)
            #expect(proof.path == vector.path)
            #expect(proof.verify(leafHash: leafHashes[Int(vector.from)], root: MerkleVectors.roots[Int(vector.size)]))
        }
        for vector in MerkleVectors.consistency {
            let proof = try tree.consistencyProof(from: vector.from, to: vector.size)
            #expect(proof.path == vector.path)
            let (old, new) = (MerkleVectors.roots[Int(vector.from)], MerkleVectors.roots[Int(vector.size)])
            #expect(proof.verify(oldRoot: old, newRoot: new))
        }
    }

    @Test("is the same however leaves arrive, at every size, with every proof as in the RFC")
    func followsModel() throws {
        let count = 300
        let leaves = (0..<count).map { MerkleTree.leafHash([UInt8($0 & 255), UInt8($0 >> 8)]) }
        var generator = SplitMix64(seed: 1)
        var tiles = TileMemory()
        var frontier = Frontier()
        while frontier.count < count {
            let start = Int(frontier.count)
            let end = min(start + Int.random(in: 1...40, using: &generator), count)
            tiles.store(frontier.append(contentsOf: Array(leaves[start..<end])))
            #expect(frontier.root == TreeModel.root(leaves[..<end]))
            #expect(try Frontier(count: frontier.count, tiles: tiles) == frontier)
        }
        let tree = StoredTree(tiles: tiles, count: UInt64(count))
        for size in [1, 2, 3, 15, 16, 17, 31, 32, 33, 255, 256, 257, 299, 300] {
            let root = try tree.root(atSize: UInt64(size))
            #expect(root == TreeModel.root(leaves[..<size]))
            #expect(try Frontier(count: UInt64(size), tiles: tiles).root == root)
            for index in stride(from: 0, to: size, by: size > 40 ? 13 : 1) {
                let proof = try tree.inclusionProof(of: UInt64(index), atSize: UInt64(size))
                #expect(proof.path == TreeModel.path(index, leaves[..<size]))
                #expect(proof.verify(leafHash: leaves[index], root: root))
            }
            for old in stride(from: 1, through: size, by: size > 40 ? 11 : 1) {
                let proof = try tree.consistencyProof(from: UInt64(old), to: UInt64(size))
                #expect(proof.path == TreeModel.proof(old, leaves[..<size]))
                #expect(proof.verify(oldRoot: TreeModel.root(leaves[..<old]), newRoot: root))
            }
        }
    }

    @Test("hashes many leaves on all cores to the same as one by one")
    func hashesInParallel() {
        let arena = ByteArena((0..<5_000).map { [UInt8](repeating: UInt8($0 & 255), count: $0 % 300) })
        let one = arena.indices.map { MerkleTree.leafHash(arena[$0]) }
        #expect(LeafHasher.hashes(of: arena) == one)
        var (bulk, single) = (Frontier(), Frontier())
        _ = bulk.append(contentsOf: one)
        for hash in one { single.append(hash) }
        #expect(bulk == single)
        #expect(bulk.root == MerkleTree.root(ofLeafHashes: one))
    }

    @Test("tells what lies outside of it, and tiles that are gone")
    func refusesOutside() {
        let tree = StoredTree(tiles: TileMemory(), count: 10)
        #expect(code { _ = try tree.root(atSize: 11) } == .outOfRange)
        #expect(code { _ = try tree.inclusionProof(of: 10, atSize: 10) } == .outOfRange)
        #expect(code { _ = try tree.inclusionProof(of: 0, atSize: 11) } == .outOfRange)
        #expect(code { _ = try tree.consistencyProof(from: 0, to: 5) } == .outOfRange)
        #expect(code { _ = try tree.consistencyProof(from: 6, to: 5) } == .outOfRange)
        #expect(code { _ = try tree.consistencyProof(from: 6, to: 11) } == .outOfRange)
        #expect(code { _ = try tree.root(atSize: 10) } == .damaged)
        #expect(code { _ = try Frontier(count: 10, tiles: TileMemory()) } == .damaged)
    }
}
