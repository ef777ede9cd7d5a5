import CometBFT
import Testing

@Suite("Well-formed values")
struct WellFormedTests {
    private let samples: Samples

    init() throws {
        samples = try Samples()
    }

    private func code(_ body: () throws -> some Sendable) -> CometBFTError.Code? {
        #expect(throws: CometBFTError.self) { try body() }?.code
    }

    private func vote(
        type: SignedMessageType = .precommit,
        height: Int64 = 1,
        round: Int32 = 0,
        blockID: BlockID = .nil,
        index: Int32 = 0,
        signature: [UInt8] = [],
        extension: Vote.Extension? = nil
    ) throws -> Vote {
        try Vote(
            type: type,
            height: height,
            round: round,
            blockID: blockID,
            timestamp: samples.time,
            validatorAddress: samples.keys[0].address,
            validatorIndex: index,
            signature: signature,
            extension: `extension`
        )
    }

    @Test("A vote needs a vote's type, a height, a round, an index and a nil or complete block id")
    func votes() throws {
        #expect(try vote().isSigned == false)
        #expect(try vote(signature: [1]).isSigned)
        #expect(code { try self.vote(type: .proposal) } == .outOfRange)
        #expect(code { try self.vote(height: 0) } == .outOfRange)
        #expect(code { try self.vote(round: -1) } == .outOfRange)
        #expect(code { try self.vote(index: -1) } == .outOfRange)
        #expect(code { try self.vote(signature: [UInt8](repeating: 1, count: 65)) } == .wrongLength)
        let half = BlockID(hash: .ofNothing, partSetHeader: .zero)
        #expect(code { try self.vote(blockID: half) } == .inconsistent)
        #expect(
            code { try self.vote(blockID: BlockID(hash: .ofNothing, parts: 0, partsHash: .ofNothing)) } == .inconsistent
        )
    }

    @Test("Only a precommit for a block may carry an extension, and an extension is signed")
    func extensions() throws {
        let signed = try Vote.Extension(bytes: [], signature: [1])
        #expect(try vote(blockID: Samples.blockID("A"), extension: signed).extension == signed)
        #expect(code { try self.vote(extension: signed) } == .inconsistent)
        #expect(
            code { try self.vote(type: .prevote, blockID: Samples.blockID("A"), extension: signed) } == .inconsistent
        )
        #expect(code { try Vote.Extension(bytes: [1], signature: []) } == .wrongLength)
    }

    @Test("A proposal needs a complete block id and an earlier proof-of-lock round")
    func proposals() throws {
        func proposal(round: Int32 = 1, lock: Int32 = -1, blockID: BlockID = Samples.blockID("A")) throws -> Proposal {
            try Proposal(height: 1, round: round, proofOfLockRound: lock, blockID: blockID, timestamp: .zero)
        }
        #expect(try proposal(lock: 0).proofOfLockRound == 0)
        #expect(code { try proposal(lock: 1) } == .outOfRange)
        #expect(code { try proposal(lock: -2) } == .outOfRange)
        #expect(code { try proposal(round: -1) } == .outOfRange)
        #expect(code { try proposal(blockID: .nil) } == .inconsistent)
    }

    @Test("A commit needs a height, a round, a complete block id and entries")
    func commits() throws {
        func commit(
            height: Int64 = 1,
            round: Int32 = 0,
            blockID: BlockID = Samples.blockID("A"),
            count: Int = 1
        ) throws -> Commit {
            let entries = [CommitSignature](repeating: .absent, count: count)
            return try Commit(height: height, round: round, blockID: blockID, signatures: entries)
        }
        #expect(try commit().signatures == [.absent])
        #expect(code { try commit(height: 0) } == .outOfRange)
        #expect(code { try commit(round: -1) } == .outOfRange)
        #expect(code { try commit(blockID: .nil) } == .inconsistent)
        #expect(code { try commit(count: 0) } == .outOfRange)
        #expect(code { try commit(count: 10_001) } == .outOfRange)
        #expect(
            code {
                try CommitSignature.Signed(address: samples.keys[0].address, timestamp: .zero, signature: [])
            } == .wrongLength
        )
    }

    @Test("A commit for another header, and validators of another header, are refused")
    func mismatches() throws {
        let header = try samples.header()
        #expect(
            code { try SignedHeader(header: header, commit: samples.commit(for: Samples.blockID("A"))) }
                == .inconsistent
        )
        let blockID = BlockID(hash: header.hash, parts: 1, partsHash: .ofNothing)
        #expect(
            code { try SignedHeader(header: header, commit: samples.commit(for: blockID, height: 101)) }
                == .inconsistent
        )
        let signed = try samples.signedHeader()
        let others = try Samples(count: 3).validators
        #expect(code { try LightBlock(signedHeader: signed, validators: others) } == .inconsistent)
    }

    @Test("A block whose parts are not those of its header is refused")
    func blocks() throws {
        let block = try samples.block()
        #expect(
            code {
                try Block(
                    header: block.header,
                    transactions: [],
                    evidence: block.evidence,
                    lastCommit: block.lastCommit
                )
            } == .inconsistent
        )
        #expect(
            code {
                try Block(
                    header: block.header,
                    transactions: block.transactions,
                    evidence: [],
                    lastCommit: block.lastCommit
                )
            } == .inconsistent
        )
        #expect(
            code {
                try Block(
                    header: block.header,
                    transactions: block.transactions,
                    evidence: block.evidence,
                    lastCommit: nil
                )
            } == .inconsistent
        )
    }

    @Test("Duplicate votes are put in the order of their block ids, and equal or unsigned ones are refused")
    func duplicateVotes() throws {
        let a = try samples.vote(for: Samples.blockID("A"))
        let b = try samples.vote(for: Samples.blockID("B"))
        let evidence = try samples.duplicateVote()
        // The hash of "block B" is the smaller one.
        #expect(evidence.voteA == b)
        #expect(evidence.voteB == a)
        func made(_ first: Vote, _ second: Vote) throws -> DuplicateVoteEvidence {
            try DuplicateVoteEvidence(
                voteA: first,
                voteB: second,
                totalVotingPower: 1,
                validatorPower: 1,
                timestamp: samples.time
            )
        }
        #expect(code { try made(a, b) } == .inconsistent)
        #expect(code { try made(a, a) } == .inconsistent)
        #expect(code { try made(self.vote(), b) } == .missing)
        let nilVote = try samples.vote(for: .nil)
        #expect(try made(nilVote, a).voteA == nilVote)
        let strangers = try ValidatorSet([Validator(key: ValidatorKey([UInt8](repeating: 9, count: 32)), power: 1)])
        #expect(
            code { try DuplicateVoteEvidence(a, b, validators: strangers, blockTime: .zero) } == .unknownValidator
        )
    }

    @Test("A light client attack has a common height up to the block's")
    func lightClientAttacks() throws {
        let block = try samples.lightBlock()
        func attack(height: Int64, power: Int64 = 1) throws -> LightClientAttackEvidence {
            try LightClientAttackEvidence(
                conflictingBlock: block,
                commonHeight: height,
                byzantineValidators: [],
                totalVotingPower: power,
                timestamp: samples.time
            )
        }
        #expect(try attack(height: 100).commonHeight == 100)
        #expect(code { try attack(height: 101) } == .inconsistent)
        #expect(code { try attack(height: 0) } == .outOfRange)
        #expect(code { try attack(height: 1, power: 0) } == .outOfRange)
    }

    @Test("Chain ids have 1 to 50 bytes", arguments: [0, 1, 50, 51])
    func chainIDs(count: Int) throws {
        let json = try samples.header().rpc.replacing("chain_id", with: .string(String(repeating: "c", count: count)))
        if (1...50).contains(count) {
            #expect(try Header(rpc: json).chainID.count == count)
        } else {
            #expect(code { try Header(rpc: json) } == .outOfRange)
        }
    }

    @Test("Hashes, keys, addresses and seeds of a wrong length are refused")
    func lengths() {
        #expect(code { try Hash32([1]) } == .wrongLength)
        #expect(code { try Hash32(hexadecimal: "0") } == .malformed)
        #expect(code { try Hash32(hexadecimal: "0G") } == .malformed)
        #expect(code { try ValidatorAddress([UInt8](repeating: 0, count: 21)) } == .wrongLength)
        #expect(code { try ValidatorKey([UInt8](repeating: 0, count: 33)) } == .wrongLength)
        #expect(code { try PrivateValidator(seed: []) } == .wrongLength)
    }
}
