import CometBFT
import CometBFTTesting
import Testing

@Suite("Verification of votes and proposals")
struct VoteVerificationTests {
    let validators: TestValidators
    let vote: Vote

    init() throws {
        validators = try TestValidators(0..<3)
        vote = try validators.vote(by: 1, height: 5, for: .numbered(9), time: TestChain.standardStart, chainID: "a-1")
    }

    @Test("A vote holds for its chain, its key and its place in the set")
    func acceptsVotes() throws {
        try vote.verify(chainID: "a-1", key: validators.signers[1].key)
        try validators.set.verify(vote, chainID: "a-1")
        let prevote = try validators.vote(
            by: 0,
            type: .prevote,
            height: 5,
            for: .nil,
            time: TestChain.standardStart,
            chainID: "a-1"
        )
        try validators.set.verify(prevote, chainID: "a-1")
    }

    @Test("A vote for another chain, of another key, or at another place is refused")
    func refusesVotes() throws {
        #expect(
            code { () throws(VerificationError) in try validators.set.verify(vote, chainID: "a-2") }
                == .invalidSignature
        )
        #expect(
            code { () throws(VerificationError) in try vote.verify(chainID: "a-1", key: validators.signers[0].key) }
                == .wrongAddress
        )
        let others = try TestValidators(5..<8).set
        #expect(code { () throws(VerificationError) in try others.verify(vote, chainID: "a-1") } == .wrongAddress)
        let one = try TestValidators(0..<1).set
        #expect(code { () throws(VerificationError) in try one.verify(vote, chainID: "a-1") } == .unknownValidator)
    }

    @Test("A vote without a signature is refused")
    func refusesUnsignedVotes() throws {
        let unsigned = try Vote(
            type: .precommit,
            height: 5,
            round: 0,
            blockID: .numbered(9),
            timestamp: TestChain.standardStart,
            validatorAddress: validators.signers[1].address,
            validatorIndex: 1
        )
        #expect(
            code { () throws(VerificationError) in try validators.set.verify(unsigned, chainID: "a-1") }
                == .invalidSignature
        )
    }

    @Test("A proposal holds for its chain and its proposer only")
    func checksProposals() throws {
        let proposal = try validators.signers[2].sign(
            Proposal(height: 5, round: 1, blockID: .numbered(9), timestamp: TestChain.standardStart),
            chainID: "a-1"
        )
        let key = validators.signers[2].key
        let other = validators.signers[0].key
        #expect(code { () throws(VerificationError) in try proposal.verify(chainID: "a-1", key: key) } == nil)
        #expect(
            code { () throws(VerificationError) in try proposal.verify(chainID: "a-2", key: key) } == .invalidSignature
        )
        #expect(
            code { () throws(VerificationError) in try proposal.verify(chainID: "a-1", key: other) }
                == .invalidSignature
        )
    }
}
