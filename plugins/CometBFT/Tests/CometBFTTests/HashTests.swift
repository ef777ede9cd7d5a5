import CometBFT
import Testing

@Suite("Hashes")
struct HashTests {
    @Test("Every published header has the published hash, and one without validators is refused")
    func publishedHeaders() throws {
        let vectors = try Vectors.value("header_hash.json")["vectors"].elements
        #expect(vectors.count == 3)
        for vector in vectors {
            if vector["expected_hash"] == .null {
                let error = #expect(throws: CometBFTError.self) { try Header(rpc: vector["header"]) }
                #expect(error?.code == .wrongLength)
                #expect(error?.message.contains("validators_hash") == true)
            } else {
                let header = try Header(rpc: vector["header"])
                #expect(header.hash.description == vector["expected_hash"].string, "\(vector["name"].string)")
            }
        }
    }

    @Test("Every published list of leaves has the published root")
    func publishedTrees() throws {
        let vectors = try Vectors.value("merkle_tree.json")
        #expect(vectors["vectors"].elements.count == 6)
        for vector in vectors["vectors"].elements {
            let leaves = try vector["leaves_hex"].elements.map { try hex($0.string) }
            #expect(MerkleTree.root(of: leaves).bytes == (try hex(vector["expected_root_hex"].string)))
        }
        for vector in vectors["hasher"].elements where vector["desc"].string != "inner node" {
            // The inner node is published over strings shorter than a hash; the trees above cover nodes.
            let expected = try Hash32(hexadecimal: vector["expected"].string)
            let leaf = try hex(vector["leaf_hex"].string)
            let isTree = vector["desc"].string == "empty tree"
            #expect((isTree ? MerkleTree.root(of: []) : MerkleTree.leafHash(leaf)) == expected)
        }
    }

    @Test("A tree splits at the largest power of two below its count", arguments: [3, 5, 6, 7, 8, 9, 100])
    func treeShape(count: Int) {
        let leaves = (0..<count).map { [UInt8($0)] }
        var split = 1
        while split * 2 < count { split *= 2 }
        let left = MerkleTree.root(of: Array(leaves.prefix(split)))
        let right = MerkleTree.root(of: Array(leaves.dropFirst(split)))
        #expect(MerkleTree.root(of: leaves) == MerkleTree.nodeHash(left: left, right: right))
    }

    @Test("Changing any field of a header changes its hash")
    func everyFieldCounts() throws {
        let header = try Samples().header()
        let json = header.rpc
        let replacements: [(String, JSONValue)] = [
            (
                "version",
                ["block": "12", "app": "7"]
            ),
            (
                "version",
                ["block": "11", "app": "8"]
            ),
            ("chain_id", .string("consumer-2")),
            ("height", .string("101")),
            ("time", .string("2023-11-14T22:13:20.124Z")),
            ("last_block_id", Samples.blockID("other").rpc),
            ("last_commit_hash", .string("")),
            ("data_hash", .string("")),
            ("validators_hash", .string(Hash32.ofNothing.description)),
            ("next_validators_hash", .string(Hash32.ofNothing.description)),
            ("consensus_hash", .string(Hash32.ofNothing.description)),
            ("app_hash", .string("")),
            ("last_results_hash", .string("")),
            ("evidence_hash", .string("")),
            ("proposer_address", .string(String(repeating: "0", count: 40))),
        ]
        var seen: Set<Hash32> = [header.hash]
        for (name, value) in replacements {
            let changed = try Header(rpc: json.replacing(name, with: value))
            #expect(seen.insert(changed.hash).inserted, "\(name)")
        }
    }

    @Test("The hash of a light client attack leaves out the block hash's last byte, as the engine does")
    func lightClientAttackHash() throws {
        let evidence = try Samples().lightClientAttack()
        // 90 as a zigzag varint is 180: b4 01.
        let message = evidence.conflictingBlock.signedHeader.hash.bytes.prefix(31) + [0, 0xb4, 0x01]
        #expect(evidence.hash == Hash32(hashing: Array(message)))
    }

    @Test("The hash of a duplicate vote is that of its protobuf, and a list's root is over those bytes")
    func duplicateVoteHash() throws {
        let samples = try Samples()
        let evidence = try samples.duplicateVote()
        #expect(evidence.hash == Hash32(hashing: evidence.encoded))
        #expect([Evidence.duplicateVote(evidence)].hash == MerkleTree.leafHash(evidence.encoded))
        #expect([Evidence]().hash == .ofNothing)
    }
}
