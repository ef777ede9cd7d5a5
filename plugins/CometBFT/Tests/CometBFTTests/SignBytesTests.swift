import CometBFT
import Testing

@Suite("Sign bytes")
struct SignBytesTests {
    @Test("Every published vote gives the published bytes, votes that are not well formed too")
    func publishedVotes() throws {
        let vectors = try Vectors.value("vote_sign_bytes.json")["vectors"].elements
        #expect(vectors.count == 14)
        for vector in vectors {
            let bytes = CanonicalVote.signBytes(
                type: try #require(Int(vector["type"].string)),
                height: try #require(Int64(vector["height"].string)),
                round: try #require(Int32(vector["round"].string)),
                blockID: try BlockID(rpc: vector["block_id"]),
                timestamp: try BlockTime(rfc3339: vector["timestamp"].string),
                chainID: vector["chain_id"].string
            )
            #expect(bytes == (try hex(vector["expected_sign_bytes_hex"].string)), "\(vector["name"].string)")
        }
    }

    @Test("The example precommit of the engine's tests gives its bytes")
    func examplePrecommit() throws {
        let bytes = CanonicalVote.signBytes(
            type: 2,
            height: 12_345,
            round: 2,
            blockID: BlockID(
                hash: Hash32(hashing: Array("blockID_hash".utf8)),
                parts: 1_000_000,
                partsHash: Hash32(hashing: Array("blockID_part_set_header_hash".utf8))
            ),
            timestamp: try BlockTime(rfc3339: "2017-12-25T03:00:01.234Z"),
            chainID: "test_chain_id"
        )
        #expect(
            bytes
                == (try hex(
                    "7c0802113930000000000000190200000000000000224a0a208b01023386c371778ecb6368573e539afc3cc860ec3a2f614e54"
                        + "fe5652f4fc80122608c0843d122072db3d959635dff1bb567bedaa70573392c5159666a3f8caf11e413aac52207a2a0b08b1"
                        + "d381d20510809dca6f320d746573745f636861696e5f6964"
                ))
        )
    }

    @Test(
        "A signed double vote has the known bytes and the known signatures",
        arguments: [
            (
                "B",
                "69080211640000000000000022480a203968fdbe3864ee37c4d1bebf536941c057a2df66785f02fccad7d0aaa5aa0fbd1224"
                    + "08011220e02d89fc02298f21f2e3ccedfcde1572069d7000ab67ae29d7d6c420e9cfcdcc2a060880e2cfaa06320a636f6e73"
                    + "756d65722d31",
                "2605731004cbd7c8c2fe39f75f1f4b1b54e0c75639c57e2e2366813f256ea8efceb5b2b23178fe2b3e31e86b14447b4590d1"
                    + "db23f5dac4f4e43f705a6a14de05"
            ),
            (
                "A",
                "69080211640000000000000022480a209e632a51a6b0d337a0e214087e296fe76e4567ae69687daaf52cadbcca9aca941224"
                    + "08011220362a8935f5c3d46da5ad4db022e3419eb5907ef4628114ebe6c7cc5b833d85362a060880e2cfaa06320a636f6e73"
                    + "756d65722d31",
                "51c7bde57f87ebdf1fe7a1d3d540fa9745ae242e2736b83b976aaba078df81e56caddc28d91205ab116a489c033bd8ca4d14"
                    + "cdb30f4623b15a3f903932c2810e"
            ),
        ]
    )
    func signedDoubleVote(name: String, bytes: String, signature: String) throws {
        let key = try PrivateValidator(seed: Array(0..<32))
        #expect(key.key.bytes == (try hex("03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8")))
        #expect(key.address.bytes == (try hex("56475aa75463474c0285df5dbf2bcab73da65135")))
        let vote = try Vote(
            type: .precommit,
            height: 100,
            round: 0,
            blockID: Samples.blockID(name),
            timestamp: BlockTime(seconds: 1_700_000_000),
            validatorAddress: key.address,
            validatorIndex: 0
        )
        #expect(vote.signBytes(chainID: "consumer-1") == (try hex(bytes)))
        let signed = try key.sign(vote, chainID: "consumer-1")
        #expect(signed.signature == (try hex(signature)))
        #expect(signed.signBytes(chainID: "consumer-1") == vote.signBytes(chainID: "consumer-1"))
    }

    @Test("A proposal's bytes hold its type, rounds, block, time and chain, in this order")
    func proposal() throws {
        let proposal = try Proposal(
            height: 1,
            round: 2,
            proofOfLockRound: -1,
            blockID: Samples.blockID("A"),
            timestamp: BlockTime(seconds: 1),
            signature: [9]
        )
        let id = Samples.blockID("A")
        let expected =
            try hex("0820" + "110100000000000000" + "190200000000000000" + "20ffffffffffffffffff01" + "2a48" + "0a20")
            + #require(id.hash).bytes + hex("1224" + "0801" + "1220") + #require(id.partSetHeader.hash).bytes
            + hex("32020801" + "3a0163")
        #expect(proposal.signBytes(chainID: "c") == [UInt8(expected.count)] + expected)
    }

    @Test("Nothing but the signed fields changes a vote's bytes")
    func unsignedFields() throws {
        let samples = try Samples()
        let vote = try samples.vote(for: Samples.blockID("A"))
        let other = try Vote(
            type: vote.type,
            height: vote.height,
            round: vote.round,
            blockID: vote.blockID,
            timestamp: vote.timestamp,
            validatorAddress: samples.keys[2].address,
            validatorIndex: 3,
            signature: [1],
            extension: Vote.Extension(bytes: [1], signature: [2])
        )
        #expect(other.signBytes(chainID: "c") == vote.signBytes(chainID: "c"))
        #expect(vote.signBytes(chainID: "d") != vote.signBytes(chainID: "c"))
        #expect(try samples.vote(for: .nil).signBytes(chainID: "c") != vote.signBytes(chainID: "c"))
    }

    @Test("The entries of a commit stand for precommits for the block and for nil, and an absent one for none")
    func commitVotes() throws {
        let samples = try Samples()
        let commit = try samples.commit(for: Samples.blockID("A"))
        #expect(commit.vote(at: 0) == nil)
        #expect(commit.signBytes(at: 0, chainID: "c") == nil)
        #expect(commit.vote(at: 1)?.blockID == .nil)
        #expect(commit.vote(at: 2)?.blockID == commit.blockID)
        #expect(commit.vote(at: 4) == nil)
        #expect(commit.vote(at: -1) == nil)
        for index in 1...3 {
            let vote = try #require(commit.vote(at: index))
            #expect(vote.type == .precommit)
            #expect(vote.validatorIndex == Int32(index))
            #expect(commit.signBytes(at: index, chainID: "c") == vote.signBytes(chainID: "c"))
        }
    }

    @Test("A key refuses to sign a vote that names another validator")
    func foreignVote() throws {
        let samples = try Samples()
        let vote = try samples.vote(for: .nil)
        let other = try #require(samples.keys.first { $0.address != vote.validatorAddress })
        let error = #expect(throws: CometBFTError.self) { try other.sign(vote, chainID: "c") }
        #expect(error?.code == .inconsistent)
    }
}
