import CometBFT
import CometBFTTesting
import Testing

@Suite("Verification of commits")
struct CommitVerificationTests {
    static let chainID = "test-chain"
    static let height: Int64 = 7
    static let blockID = BlockID.numbered(1)

    private func commit(_ validators: TestValidators, ballots: (Int) -> Ballot = { _ in .block }) throws -> Commit {
        try validators.commit(
            of: Self.blockID,
            height: Self.height,
            time: TestChain.standardStart,
            chainID: Self.chainID,
            ballots: ballots
        )
    }

    private func failure(
        _ commit: Commit,
        by validators: ValidatorSet,
        of blockID: BlockID = blockID,
        height: Int64 = height,
        chainID: String = chainID,
        _ coverage: SignatureCoverage = .all,
        workers: Int = 1
    ) -> VerificationError? {
        CometBFTTests.failure { () throws(VerificationError) in
            try validators.verify(
                commit,
                of: blockID,
                height: height,
                chainID: chainID,
                coverage,
                workers: workers
            )
        }
    }

    private func failure(
        _ commit: Commit,
        trustedBy validators: ValidatorSet,
        _ level: TrustLevel = .oneThird,
        _ coverage: SignatureCoverage = .light,
        workers: Int = 1
    ) -> VerificationError? {
        CometBFTTests.failure { () throws(VerificationError) in
            try validators.verify(commit, chainID: Self.chainID, trusting: level, coverage, workers: workers)
        }
    }

    @Test("A commit that everybody signed holds, however it is checked", arguments: [1, 2, 5, 64])
    func acceptsFullCommits(workers: Int) throws {
        let validators = try TestValidators(0..<7)
        let commit = try commit(validators)
        for coverage in [SignatureCoverage.all, .blockVotes, .light] {
            #expect(failure(commit, by: validators.set, coverage, workers: workers) == nil)
            #expect(failure(commit, trustedBy: validators.set, .twoThirds, coverage, workers: workers) == nil)
        }
    }

    @Test("Exactly two thirds of the power is too little, one more is enough")
    func demandsMoreThanTwoThirds() throws {
        let exact = try TestValidators([(1, 4), (2, 2), (3, 3)])
        let signedBySixOfNine = try commit(exact) { exact.set.validators[$0].power == 3 ? .absent : .block }
        let signedBySevenOfNine = try commit(exact) { exact.set.validators[$0].power == 2 ? .absent : .block }
        for coverage in [SignatureCoverage.all, .blockVotes, .light] {
            #expect(failure(signedBySixOfNine, by: exact.set, coverage)?.code == .notEnoughPower)
            #expect(failure(signedBySevenOfNine, by: exact.set, coverage) == nil)
        }
    }

    @Test("Votes for nil and absent validators count for nothing", arguments: [Ballot.absent, .nil])
    func countsBlockVotesOnly(ballot: Ballot) throws {
        let validators = try TestValidators(0..<4)
        let oneMissing = try commit(validators) { $0 == 2 ? ballot : .block }
        let twoMissing = try commit(validators) { $0 >= 2 ? ballot : .block }
        let allMissing = try commit(validators) { _ in ballot }
        for coverage in [SignatureCoverage.all, .blockVotes, .light] {
            #expect(failure(oneMissing, by: validators.set, coverage) == nil)
            #expect(failure(twoMissing, by: validators.set, coverage)?.code == .notEnoughPower)
            #expect(failure(allMissing, by: validators.set, coverage)?.code == .notEnoughPower)
            #expect(failure(allMissing, trustedBy: validators.set, .oneThird, coverage)?.code == .notEnoughPower)
        }
    }

    @Test("A bad signature is found by its index; by the light check only before enough power signed")
    func findsBadSignatures() throws {
        let validators = try TestValidators(0..<10)
        for bad in 0..<10 {
            let commit = try commit(validators) { $0 == bad ? .forged : .block }
            for workers in [1, 2, 3] {
                for coverage in [SignatureCoverage.all, .blockVotes] {
                    let error = failure(commit, by: validators.set, coverage, workers: workers)
                    #expect(error?.code == .invalidSignature && error?.index == bad)
                }
                // Seven of ten equal powers are enough, so the last three are not looked at.
                let error = failure(commit, by: validators.set, .light, workers: workers)
                #expect(error?.index == (bad < 7 ? bad : nil))
                #expect((error == nil) == (bad >= 7))
                let trusting = failure(commit, trustedBy: validators.set, workers: workers)
                #expect(trusting?.index == (bad < 4 ? bad : nil))
            }
        }
    }

    @Test("The first of several bad signatures is named, for any number of workers", arguments: [1, 2, 3, 16])
    func namesTheFirst(workers: Int) throws {
        let validators = try TestValidators(0..<10)
        let commit = try commit(validators) { $0 == 4 || $0 == 7 || $0 == 9 ? .forged : .block }
        #expect(failure(commit, by: validators.set, workers: workers)?.index == 4)
    }

    @Test("A bad signature under a vote for nil matters only where all are checked")
    func checksNilVotes() throws {
        let validators = try TestValidators(0..<4)
        let good = try commit(validators) { $0 == 1 ? .nil : .block }
        let signed = try #require(good.signatures[1].signed)
        let bad = try good.replacing(1, with: .nil(signed.with(signature: [UInt8](repeating: 7, count: 64))))
        #expect(failure(bad, by: validators.set, .all)?.index == 1)
        #expect(failure(bad, by: validators.set, .blockVotes) == nil)
        #expect(failure(bad, by: validators.set, .light) == nil)
    }

    @Test("A signature of a wrong length does not verify, and nothing traps", arguments: [1, 32, 63])
    func refusesWrongLengths(count: Int) throws {
        let validators = try TestValidators(0..<4)
        let good = try commit(validators)
        let signed = try #require(good.signatures[0].signed)
        let bad = try good.replacing(0, with: .commit(signed.with(signature: Array(signed.signature.prefix(count)))))
        #expect(failure(bad, by: validators.set)?.code == .invalidSignature)
    }

    @Test("Another height, block, chain or number of entries is refused")
    func refusesOthers() throws {
        let validators = try TestValidators(0..<4)
        let other = try TestValidators(0..<5)
        let commit = try commit(validators)
        #expect(failure(commit, by: validators.set, height: 8)?.code == .wrongHeight)
        #expect(failure(commit, by: validators.set, of: .numbered(2))?.code == .wrongBlock)
        #expect(failure(commit, by: validators.set, of: .nil)?.code == .wrongBlock)
        #expect(failure(commit, by: validators.set, chainID: "another-chain")?.code == .invalidSignature)
        #expect(failure(commit, by: validators.set, chainID: "")?.code == .invalidSignature)
        #expect(failure(commit, by: other.set)?.code == .wrongSignatureCount)
    }

    @Test("An entry at another validator's place is refused, also with a signature that holds")
    func refusesExchangedEntries() throws {
        let validators = try TestValidators(0..<4)
        let good = try commit(validators)
        var entries = good.signatures
        entries.swapAt(1, 2)
        let error = failure(try good.with(signatures: entries), by: validators.set)
        #expect(error?.code == .wrongAddress && error?.index == 1)
    }

    @Test("Trusting looks up by address, in any order, and passes strangers over")
    func looksUpByAddress() throws {
        let trusted = try TestValidators(0..<3)
        let later = try TestValidators(2..<6)
        let commit = try commit(later)
        // One of three is exactly a third.
        #expect(failure(commit, trustedBy: trusted.set)?.code == .notEnoughPower)
        let more = try self.commit(TestValidators(1..<9))
        #expect(failure(more, trustedBy: trusted.set) == nil)
        #expect(failure(more, trustedBy: trusted.set, .twoThirds)?.code == .notEnoughPower)
        let strangers = try self.commit(TestValidators(10..<14))
        #expect(failure(strangers, trustedBy: trusted.set)?.code == .notEnoughPower)
    }

    @Test("One validator that stands in a commit twice is refused")
    func refusesDoubleVotes() throws {
        let validators = try TestValidators(0..<4)
        let good = try commit(validators)
        let twice = try good.with(signatures: [good.signatures[0], good.signatures[0]] + good.signatures.dropFirst(2))
        let error = failure(twice, trustedBy: validators.set, .twoThirds)
        #expect(error?.code == .doubleVote && error?.index == 1)
    }

    @Test("The largest powers add up without overflow")
    func takesTheLargestPowers() throws {
        let half = ValidatorSet.maximumTotalPower / 2
        let validators = try TestValidators([(1, half), (2, half), (3, 1)])
        let good = try commit(validators)
        #expect(failure(good, by: validators.set) == nil)
        #expect(failure(good, trustedBy: validators.set, try TrustLevel(.max - 1, over: .max)) == nil)
    }

    @Test("The largest set is refused at once when all are absent, and at the first signature when all are made up")
    func takesTheLargestSets() throws {
        var generator = SeededGenerator(seed: 1)
        let set = try ValidatorSet(
            (0..<ValidatorSet.maximumCount).map { _ in
                try Validator(key: ValidatorKey(generator.bytes(count: 32)), power: 1)
            }
        )
        let absent = try Commit(
            height: Self.height,
            round: 0,
            blockID: Self.blockID,
            signatures: [CommitSignature](repeating: .absent, count: set.validators.count)
        )
        #expect(failure(absent, by: set)?.code == .notEnoughPower)
        #expect(failure(absent, trustedBy: set)?.code == .notEnoughPower)
        let madeUp = try absent.with(
            signatures: set.validators.map { validator in
                .commit(
                    try CommitSignature.Signed(
                        address: validator.address,
                        timestamp: TestChain.standardStart,
                        signature: [UInt8](repeating: 1, count: 64)
                    )
                )
            }
        )
        #expect(failure(madeUp, by: set)?.index == 0)
        #expect(failure(madeUp, trustedBy: set)?.index == 0)
    }

    @Test("A header is checked against its chain and its set")
    func checksSignedHeaders() throws {
        var chain = TestChain(validators: try TestValidators(0..<4))
        let block = try chain.append()
        let other = try TestValidators(4..<8).set
        #expect(code { () throws(VerificationError) in try block.verify(chainID: "test-chain") } == nil)
        #expect(code { () throws(VerificationError) in try block.verify(chainID: "test-chain-2") } == .wrongChain)
        #expect(
            code { () throws(VerificationError) in
                try block.signedHeader.verify(chainID: "test-chain", validators: other)
            } == .wrongHash
        )
        #expect(
            code { () throws(VerificationError) in
                try block.signedHeader.verify(chainID: "test-chain", validators: block.validators)
            } == nil
        )
    }
}
