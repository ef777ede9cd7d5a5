import CometBFT
import MeshHost
import MeshSandbox
import Testing

/// What validators of a sandbox's chain sign when they misbehave.
extension SandboxChain {
    /// The signed block of a height.
    func signedBlock(_ height: Int64) throws -> LightBlock {
        try #require(try host().store.lightBlock(at: UInt64(height)))
    }

    /// Two votes for different blocks, by the validator at an index of the set of a height.
    func conflictingVotes(
        by index: Int = 0,
        at height: Int64,
        type: SignedMessageType = .precommit,
        rounds: (Int32, Int32) = (0, 0)
    ) throws -> [Vote] {
        let block = try signedBlock(height)
        let validator = block.validators.validators[index]
        let key = try #require(validatorKeys.first { $0.address == validator.address })
        let ids = [block.signedHeader.commit.blockID, BlockID.nil]
        return try zip(ids, [rounds.0, rounds.1]).map { id, round in
            let vote = try Vote(
                type: type,
                height: height,
                round: round,
                blockID: id,
                timestamp: block.time,
                validatorAddress: validator.address,
                validatorIndex: Int32(index)
            )
            return try key.sign(vote, chainID: chainID)
        }
    }

    /// Evidence that all validators signed another block of a height.
    func attack(at height: Int64) throws -> LightClientAttackEvidence {
        let (own, common) = (try signedBlock(height), try signedBlock(height - 1))
        let header = try own.signedHeader.header.with(appHash: [9])
        let id = BlockID(hash: header.hash, parts: 1, partsHash: header.hash)
        let signatures = try own.validators.validators.enumerated().map { index, validator in
            let key = try #require(validatorKeys.first { $0.address == validator.address })
            let vote = try Vote(
                type: .precommit,
                height: height,
                round: 0,
                blockID: id,
                timestamp: own.time,
                validatorAddress: validator.address,
                validatorIndex: Int32(index)
            )
            let signed = try key.sign(vote, chainID: chainID)
            return CommitSignature.commit(
                try CommitSignature.Signed(
                    address: validator.address,
                    timestamp: own.time,
                    signature: signed.signature
                )
            )
        }
        let commit = try Commit(height: height, round: 0, blockID: id, signatures: signatures)
        return try LightClientAttackEvidence(
            conflictingBlock: LightBlock(
                signedHeader: SignedHeader(header: header, commit: commit),
                validators: own.validators
            ),
            common: common,
            trusted: own
        )
    }
}

extension Header {
    fileprivate func with(appHash: [UInt8]) throws -> Header {
        try Header(
            version: version,
            chainID: chainID,
            height: height,
            time: time,
            lastBlockID: lastBlockID,
            lastCommitHash: lastCommitHash,
            dataHash: dataHash,
            validatorsHash: validatorsHash,
            nextValidatorsHash: nextValidatorsHash,
            consensusHash: consensusHash,
            appHash: appHash,
            lastResultsHash: lastResultsHash,
            evidenceHash: evidenceHash,
            proposerAddress: proposerAddress
        )
    }
}
