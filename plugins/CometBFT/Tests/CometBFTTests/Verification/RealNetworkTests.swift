import CometBFT
import Testing

@Suite("Verification of what a real network signed")
struct RealNetworkTests {
    let network: Network
    let chainID: String

    init() throws {
        network = try Network()
        chainID = network.genesis.chainID
    }

    private func validators(at height: Int64) throws -> ValidatorSet {
        try ValidatorSet(pages: [#require(network.pages.first { $0.height == height })])
    }

    @Test("Every commit verifies", arguments: [SignatureCoverage.all, .blockVotes, .light])
    func verifiesCommits(coverage: SignatureCoverage) throws {
        #expect(network.commits.count == 11)
        for response in network.commits {
            let header = response.signedHeader
            let validators = try validators(at: header.header.height)
            try header.verify(chainID: chainID, validators: validators, coverage)
            try header.verify(chainID: chainID, validators: validators, coverage, workers: 2)
        }
    }

    @Test("The light blocks of public chains verify", arguments: Vectors.lightBlockPaths)
    func verifiesLightBlocks(path: String) throws {
        let block = try Vectors.lightBlock(path)
        try block.verify(chainID: block.signedHeader.header.chainID)
    }

    @Test("Both duplicate votes verify")
    func verifiesEvidence() throws {
        #expect(network.evidence.count == 2)
        for case .duplicateVote(let evidence) in network.evidence {
            let validators = try validators(at: evidence.height)
            let time = try #require(network.commits.first { $0.signedHeader.header.height == evidence.height })
                .signedHeader.header.time
            try evidence.verify(chainID: chainID, validators: validators, blockTime: time)
        }
    }

    @Test("A commit with any byte of what is signed changed does not verify", arguments: 0..<11)
    func refusesMutatedCommits(place: Int) throws {
        let header = network.commits[place].signedHeader
        let validators = try validators(at: header.header.height)
        // In the last one a validator is absent: there even a light client needs every signature.
        let coverage: SignatureCoverage = place == 10 ? .light : .all
        let commit = header.commit
        func holds(_ commit: Commit, _ validators: ValidatorSet, chainID: String? = nil) -> Bool {
            code { () throws(VerificationError) in
                try validators.verify(
                    commit,
                    of: commit.blockID,
                    height: commit.height,
                    chainID: chainID ?? self.chainID,
                    coverage
                )
            } == nil
        }
        #expect(holds(commit, validators))
        for height in mutations(of: commit.height) where height > 0 {
            #expect(!holds(try commit.with(height: height), validators))
        }
        for round in mutations(of: commit.round) where round >= 0 {
            #expect(!holds(try commit.with(round: round), validators))
        }
        for blockID in try mutations(of: commit.blockID) where blockID.isComplete {
            #expect(!holds(try commit.with(blockID: blockID), validators))
        }
        for chainID in mutations(of: chainID) { #expect(!holds(commit, validators, chainID: chainID)) }
        for (index, entry) in commit.signatures.enumerated() {
            guard let signed = entry.signed else { continue }
            #expect(!holds(try commit.replacing(index, with: .nil(signed)), validators))
            let changed =
                try mutations(of: signed.signature).map { try signed.with(signature: $0) }
                + mutations(of: signed.timestamp).map { try signed.with(timestamp: $0) }
                + mutations(of: signed.address.bytes).map { try signed.with(address: ValidatorAddress($0)) }
            for signed in changed { #expect(!holds(try commit.replacing(index, with: .commit(signed)), validators)) }
        }
    }

    @Test("A commit does not verify with any byte of a key changed, even where the address is changed to fit")
    func refusesMutatedKeys() throws {
        let header = try #require(network.commits.last).signedHeader
        let validators = try validators(at: header.header.height)
        let index = try #require(header.commit.signatures.lastIndex { $0.signed != nil })
        let signed = try #require(header.commit.signatures[index].signed)
        for bytes in mutations(of: validators.validators[index].key.bytes) {
            var members = validators.validators
            members[index] = try Validator(key: ValidatorKey(bytes), power: members[index].power)
            let changed = try ValidatorSet(members)
            // Powers are equal, so a new address may stand anywhere: entries move with their validators.
            let entries = try changed.validators.map { member -> CommitSignature in
                guard member.address != members[index].address else {
                    return .commit(try signed.with(address: member.address))
                }
                let place = try #require(validators.validator(at: member.address)).index
                return header.commit.signatures[place]
            }
            let commit = try header.commit.with(signatures: entries)
            #expect(
                code { () throws(VerificationError) in
                    try changed.verify(commit, of: commit.blockID, height: commit.height, chainID: chainID)
                } == .invalidSignature
            )
        }
    }

    @Test("Evidence with any byte of what is signed changed does not verify")
    func refusesMutatedEvidence() throws {
        for case .duplicateVote(let evidence) in network.evidence {
            let validators = try validators(at: evidence.height)
            let voter = try #require(validators.validator(at: evidence.voteA.validatorAddress)).validator
            func holds(_ first: Vote, _ second: Vote) -> Bool {
                guard
                    let changed = try? DuplicateVoteEvidence(
                        voteA: first,
                        voteB: second,
                        totalVotingPower: evidence.totalVotingPower,
                        validatorPower: evidence.validatorPower,
                        timestamp: evidence.timestamp
                    )
                else { return false }
                return code { () throws(VerificationError) in
                    try changed.verify(chainID: chainID, validators: validators)
                } == nil
            }
            #expect(holds(evidence.voteA, evidence.voteB))
            #expect(!holds(evidence.voteB, evidence.voteA))
            for vote in try evidence.voteA.signedMutations() { #expect(!holds(vote, evidence.voteB)) }
            for vote in try evidence.voteB.signedMutations() { #expect(!holds(evidence.voteA, vote)) }
            for chainID in mutations(of: chainID) {
                #expect(
                    code { () throws(VerificationError) in
                        try evidence.verify(chainID: chainID, validators: validators)
                    } == .invalidSignature
                )
            }
            for bytes in mutations(of: voter.key.bytes) {
                let key = try ValidatorKey(bytes)
                #expect(
                    code { () throws(VerificationError) in try evidence.verify(chainID: chainID, key: key) }
                        == .wrongAddress
                )
            }
        }
    }
}

extension Vote {
    /// The same vote with one byte of a field changed that its signature covers or that names the voter, and with one
    /// byte of the signature changed.
    fileprivate func signedMutations() throws -> [Vote] {
        func with(
            type: SignedMessageType? = nil,
            height: Int64? = nil,
            round: Int32? = nil,
            blockID: BlockID? = nil,
            timestamp: BlockTime? = nil,
            address: ValidatorAddress? = nil,
            signature: [UInt8]? = nil
        ) -> Vote? {
            try? Vote(
                type: type ?? self.type,
                height: height ?? self.height,
                round: round ?? self.round,
                blockID: blockID ?? self.blockID,
                timestamp: timestamp ?? self.timestamp,
                validatorAddress: address ?? validatorAddress,
                validatorIndex: validatorIndex,
                signature: signature ?? self.signature
            )
        }
        let types: [SignedMessageType] = [.prevote, .precommit]
        let changed: [Vote?] =
            try types.filter { $0 != type }.map { with(type: $0) }
            + mutations(of: height).map { with(height: $0) }
            + mutations(of: round).map { with(round: $0) }
            + mutations(of: blockID).map { with(blockID: $0) }
            + (blockID.isNil ? [] : [with(blockID: .nil)])
            + mutations(of: timestamp).map { with(timestamp: $0) }
            + mutations(of: validatorAddress.bytes).map { with(address: try ValidatorAddress($0)) }
            + mutations(of: signature).map { with(signature: $0) }
        return changed.compactMap { $0 }
    }
}
