import CometBFT
import Crypto
import Testing

@Suite("Real chains")
struct RealChainTests {
    @Test("A real light block holds together, and survives JSON and protobuf", arguments: Vectors.lightBlockPaths)
    func lightBlock(path: String) throws {
        let block = try Vectors.lightBlock(path)
        let header = block.signedHeader.header
        #expect(header.hash == block.signedHeader.commit.blockID.hash)
        #expect(block.validators.hash == header.validatorsHash)
        try expectValidSignatures(block)
        #expect(try LightBlock(encoded: block.encoded) == block)
        #expect(try LightBlock(json: Array(block.json.utf8)) == block)
    }

    @Test("Every commit of a real network is for its header, and is signed by its validators")
    func commits() throws {
        let network = try Network()
        #expect(network.commits.count == 11)
        for (commit, page) in zip(network.commits, network.pages) {
            let set = try ValidatorSet(pages: [page])
            let block = try LightBlock(signedHeader: commit.signedHeader, validators: set)
            #expect(block.height == page.height)
            try expectValidSignatures(block)
            #expect(try SignedHeader(encoded: commit.signedHeader.encoded) == commit.signedHeader)
            #expect(try ValidatorSet(encoded: set.encoded) == set)
        }
        #expect(network.commits.last?.isCanonical == false)
    }

    @Test("A commit of a real network, printed, is the text that the node gave")
    func printedCommit() throws {
        let captured = try Vectors.value("network-1.json")
        for member in captured["commits"].members {
            #expect(try CommitResponse(rpc: member.value).json == member.value.text())
        }
        for member in captured["validators"].members {
            #expect(try ValidatorsPage(rpc: member.value).json == member.value.text())
        }
        for block in captured["evidence_blocks"].elements {
            #expect(try BlockResponse(rpc: block).json == block.text())
        }
    }

    @Test("The genesis of a real network gives its first validators and its consensus hash")
    func genesis() throws {
        let network = try Network()
        let first = try #require(network.commits.first).signedHeader.header
        #expect(network.genesis.chainID == first.chainID)
        #expect(network.genesis.time == first.time)
        #expect(network.genesis.validators?.hash == first.validatorsHash)
        #expect(network.genesis.consensusParameters?.hash == first.consensusHash)
        #expect(try Genesis(json: Array(network.genesis.json.utf8)) == network.genesis)
    }

    @Test("Blocks with evidence recompute every hash, and survive JSON and protobuf")
    func evidenceBlocks() throws {
        let network = try Network()
        #expect(network.evidence.count == 2)
        for response in network.evidenceBlocks {
            let block = response.block
            #expect(block.hash == response.blockID.hash)
            #expect(block.evidence.hash == block.header.evidenceHash)
            #expect(block.lastCommit?.hash == block.header.lastCommitHash)
            #expect(Block.dataHash(of: block.transactions) == block.header.dataHash)
            #expect(try Block(encoded: block.encoded) == block)
            #expect(try Block(json: Array(block.json.utf8)) == block)
        }
    }

    @Test("A block's protobuf is what the engine cut into parts: the root over them is that of the block id")
    func partSetHash() throws {
        for response in try Network().evidenceBlocks {
            #expect(response.blockID.partSetHeader.total == 1)
            #expect(MerkleTree.root(of: [response.block.encoded]) == response.blockID.partSetHeader.hash)
            #expect(response.block.id == response.blockID)
        }
    }

    @Test("Both votes of real evidence are signed by the validator that they name")
    func evidenceSignatures() throws {
        let network = try Network()
        let set = try #require(network.genesis.validators)
        for evidence in network.evidence {
            guard case .duplicateVote(let duplicate) = evidence else {
                Issue.record("the capture holds duplicate votes only")
                continue
            }
            for vote in [duplicate.voteA, duplicate.voteB] {
                let found = try #require(set.validator(at: vote.validatorAddress))
                #expect(found.index == Int(vote.validatorIndex))
                let key = try Curve25519.Signing.PublicKey(rawRepresentation: found.validator.key.bytes)
                let message = vote.signBytes(chainID: network.genesis.chainID)
                #expect(key.isValidSignature(vote.signature, for: message))
            }
            #expect(duplicate.totalVotingPower == set.totalPower)
            #expect(try Evidence(encoded: evidence.encoded) == evidence)
        }
    }

    private func expectValidSignatures(_ block: LightBlock) throws {
        let commit = block.signedHeader.commit
        var signed = 0
        for (index, validator) in block.validators.validators.enumerated() {
            guard let vote = commit.vote(at: index) else { continue }
            signed += 1
            #expect(vote.validatorAddress == validator.address)
            let key = try Curve25519.Signing.PublicKey(rawRepresentation: validator.key.bytes)
            let message = vote.signBytes(chainID: block.signedHeader.header.chainID)
            #expect(key.isValidSignature(vote.signature, for: message))
        }
        #expect(signed > 0)
    }
}
