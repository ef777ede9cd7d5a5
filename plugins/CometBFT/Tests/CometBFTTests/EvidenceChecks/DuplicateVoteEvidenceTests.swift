import CometBFT
import CometBFTTesting
import Testing

@Suite("Evidence of duplicate votes")
struct DuplicateVoteEvidenceTests {
    let chainID = "consumer-1"
    let time = TestChain.standardStart
    let validators: TestValidators

    init() throws {
        validators = try TestValidators([(1, 5), (2, 7), (3, 11)])
    }

    private func failure(_ evidence: DuplicateVoteEvidence, chainID: String? = nil) -> VerificationError? {
        CometBFTTests.failure { () throws(VerificationError) in
            try evidence.verify(chainID: chainID ?? self.chainID, validators: validators.set)
        }
    }

    /// Two votes in the order that evidence wants, with some parts of the second one different.
    private func evidence(
        by other: Int = 1,
        type: SignedMessageType = .precommit,
        height: Int64 = 9,
        round: Int32 = 0
    ) throws -> DuplicateVoteEvidence {
        let first = try validators.vote(by: 1, height: 9, for: .numbered(1), time: time, chainID: chainID)
        let second = try validators.vote(
            by: other,
            type: type,
            height: height,
            round: round,
            for: .numbered(2),
            time: time,
            chainID: chainID
        )
        return try DuplicateVoteEvidence(first, second, validators: validators.set, blockTime: time)
    }

    @Test("Prevotes count as well as precommits", arguments: [SignedMessageType.prevote, .precommit])
    func acceptsBothTypes(type: SignedMessageType) throws {
        let evidence = try validators.duplicateVote(
            by: 0,
            type: type,
            height: 9,
            round: 3,
            time: time,
            chainID: chainID
        )
        try evidence.verify(chainID: chainID, key: validators.signers[0].key)
        try evidence.verify(chainID: chainID, validators: validators.set, blockTime: time)
    }

    @Test("A block against nil is a conflict")
    func acceptsNil() throws {
        let evidence = try validators.duplicateVote(
            by: 0,
            height: 9,
            blockIDs: (.numbered(1), .nil),
            time: time,
            chainID: chainID
        )
        #expect(evidence.voteA.blockID == .nil)
        #expect(failure(evidence) == nil)
    }

    @Test("Votes of another height, round, type or voter are no conflict")
    func demandsOneStep() throws {
        #expect(failure(try evidence()) == nil)
        #expect(failure(try evidence(by: 2))?.code == .noConflict)
        #expect(failure(try evidence(type: .prevote))?.code == .noConflict)
        #expect(failure(try evidence(height: 10))?.code == .noConflict)
        #expect(failure(try evidence(round: 1))?.code == .noConflict)
    }

    @Test(
        "A validator whose lock changes from round to round is innocent",
        arguments: [SignedMessageType.prevote, .precommit]
    )
    func toleratesLockChanges(type: SignedMessageType) throws {
        let votes = try (0..<3).map { round in
            try validators.vote(
                by: 1,
                type: type,
                height: 9,
                round: round,
                for: .numbered(UInt64(round)),
                time: time,
                chainID: chainID
            )
        }
        for (first, second) in [(0, 1), (1, 2), (0, 2)] {
            let evidence = try DuplicateVoteEvidence(
                votes[first],
                votes[second],
                validators: validators.set,
                blockTime: time
            )
            #expect(failure(evidence)?.code == .noConflict)
        }
    }

    @Test("Two votes of different times for one block can't be made into evidence")
    func demandsDifferentBlocks() throws {
        let vote = try validators.vote(by: 1, height: 9, for: .numbered(1), time: time, chainID: chainID)
        let later = try validators.vote(
            by: 1,
            height: 9,
            for: .numbered(1),
            time: BlockTime(seconds: time.seconds + 1),
            chainID: chainID
        )
        #expect(throws: CometBFTError.self) {
            try DuplicateVoteEvidence(vote, later, validators: validators.set, blockTime: time)
        }
    }

    @Test("The chain id is the caller's, and another one is refused")
    func demandsTheChain() throws {
        let error = failure(try evidence(), chainID: "consumer-2")
        #expect(error?.code == .invalidSignature && error?.index == 0)
    }

    @Test("Another validator's key is refused")
    func demandsTheKey() throws {
        let evidence = try evidence()
        #expect(
            code { () throws(VerificationError) in
                try evidence.verify(chainID: chainID, key: validators.signers[0].key)
            } == .wrongAddress
        )
    }

    @Test("Stated powers and time have to be those of the set, and the voter has to be in it")
    func demandsTheSet() throws {
        let good = try evidence()
        func stating(total: Int64 = 23, power: Int64 = 7) throws -> DuplicateVoteEvidence {
            try DuplicateVoteEvidence(
                voteA: good.voteA,
                voteB: good.voteB,
                totalVotingPower: total,
                validatorPower: power,
                timestamp: time
            )
        }
        #expect(failure(try stating()) == nil)
        for wrong in [0, -1, 8, Int64.max, Int64.min] {
            #expect(failure(try stating(total: wrong))?.code == .wrongStatement)
            #expect(failure(try stating(power: wrong))?.code == .wrongStatement)
        }
        #expect(
            code { () throws(VerificationError) in
                try good.verify(chainID: chainID, validators: validators.set, blockTime: .zero)
            } == .wrongStatement
        )
        let others = try TestValidators(10..<13).set
        #expect(
            code { () throws(VerificationError) in try good.verify(chainID: chainID, validators: others) }
                == .unknownValidator
        )
    }
}
