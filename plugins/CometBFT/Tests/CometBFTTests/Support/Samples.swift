import CometBFT
import Testing

/// A small chain with everything in it: extensions, absent and nil entries, both kinds of evidence.
struct Samples {
    let chainID = "consumer-1"
    let keys: [PrivateValidator]
    let validators: ValidatorSet
    let time: BlockTime

    init(count: Int = 4) throws {
        keys = try (1...count).map { try PrivateValidator(seed: [UInt8](repeating: UInt8($0), count: 32)) }
        validators = try ValidatorSet(
            keys.enumerated().map { index, key in
                try Validator(key: key.key, power: Int64(10 + index), proposerPriority: Int64(index) - 2)
            }
        )
        time = try BlockTime(seconds: 1_700_000_000, nanoseconds: 123_000_000)
    }

    static func blockID(_ name: String, parts: UInt32 = 1) -> BlockID {
        BlockID(
            hash: Hash32(hashing: Array("block \(name)".utf8)),
            parts: parts,
            partsHash: Hash32(hashing: Array("parts \(name)".utf8))
        )
    }

    func key(of validator: Validator) throws -> PrivateValidator {
        try #require(keys.first { $0.address == validator.address })
    }

    func vote(
        for blockID: BlockID,
        type: SignedMessageType = .precommit,
        height: Int64 = 100,
        extension: Vote.Extension? = nil
    ) throws -> Vote {
        let key = try key(of: validators.validators[0])
        let vote = try Vote(
            type: type,
            height: height,
            round: 0,
            blockID: blockID,
            timestamp: time,
            validatorAddress: key.address,
            validatorIndex: 0,
            extension: `extension`
        )
        return try key.sign(vote, chainID: chainID)
    }

    func proposal() throws -> Proposal {
        try keys[0].sign(
            Proposal(height: 100, round: 2, proofOfLockRound: 1, blockID: Self.blockID("A"), timestamp: time),
            chainID: chainID
        )
    }

    func header(
        height: Int64 = 100,
        lastCommitHash: Hash32? = .ofNothing,
        transactions: [[UInt8]] = [],
        evidence: [Evidence] = []
    ) throws -> Header {
        try Header(
            version: Version(app: 7),
            chainID: chainID,
            height: height,
            time: time,
            lastBlockID: height == 1 ? .nil : Self.blockID("before"),
            lastCommitHash: lastCommitHash,
            dataHash: Block.dataHash(of: transactions),
            validatorsHash: validators.hash,
            nextValidatorsHash: validators.hash,
            consensusHash: Hash32(hashing: [1]),
            appHash: [1, 2, 3],
            lastResultsHash: .ofNothing,
            evidenceHash: evidence.hash,
            proposerAddress: keys[0].address
        )
    }

    /// A commit in which the first validator is absent and the second voted for nil.
    func commit(for blockID: BlockID, height: Int64 = 100) throws -> Commit {
        let signatures = try validators.validators.enumerated().map { index, validator -> CommitSignature in
            let voted: BlockID = index == 1 ? .nil : blockID
            let vote = try Vote(
                type: .precommit,
                height: height,
                round: 1,
                blockID: voted,
                timestamp: time,
                validatorAddress: validator.address,
                validatorIndex: Int32(index)
            )
            let signed = try key(of: validator).sign(vote, chainID: chainID)
            let part = try CommitSignature.Signed(
                address: signed.validatorAddress,
                timestamp: signed.timestamp,
                signature: signed.signature
            )
            return index == 0 ? .absent : index == 1 ? .nil(part) : .commit(part)
        }
        return try Commit(height: height, round: 1, blockID: blockID, signatures: signatures)
    }

    func signedHeader(height: Int64 = 100) throws -> SignedHeader {
        let header = try header(height: height)
        let blockID = BlockID(hash: header.hash, parts: 1, partsHash: .ofNothing)
        return try SignedHeader(header: header, commit: commit(for: blockID, height: height))
    }

    func lightBlock() throws -> LightBlock {
        let set = try ValidatorSet(validators.validators, proposer: validators.validators[1])
        return try LightBlock(signedHeader: signedHeader(), validators: set)
    }

    func duplicateVote() throws -> DuplicateVoteEvidence {
        try DuplicateVoteEvidence(
            vote(for: Self.blockID("A")),
            vote(for: Self.blockID("B")),
            validators: validators,
            blockTime: time
        )
    }

    func lightClientAttack() throws -> LightClientAttackEvidence {
        try LightClientAttackEvidence(
            conflictingBlock: lightBlock(),
            commonHeight: 90,
            byzantineValidators: Array(validators.validators.prefix(2)),
            totalVotingPower: validators.totalPower,
            timestamp: time
        )
    }

    func block() throws -> Block {
        let commit = try commit(for: Self.blockID("before"), height: 99)
        let evidence: [Evidence] = [
            .duplicateVote(try duplicateVote()), .lightClientAttack(try lightClientAttack()),
        ]
        let transactions: [[UInt8]] = [[1, 2, 3], [], Array("transfer".utf8)]
        return try Block(
            header: header(lastCommitHash: commit.hash, transactions: transactions, evidence: evidence),
            transactions: transactions,
            evidence: evidence,
            lastCommit: commit
        )
    }

    func firstBlock() throws -> Block {
        try Block(header: header(height: 1), transactions: [], evidence: [], lastCommit: nil)
    }
}
