import CometBFT
import MeshHost
import Testing

@testable import MeshSandbox

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

    /// Evidence that all validators signed another block of a height as well.
    func attack(at height: Int64) throws -> LightClientAttackEvidence {
        let (own, common) = (try signedBlock(height), try signedBlock(height - 1))
        return try LightClientAttackEvidence(
            conflictingBlock: own.twin(signedBy: Signers(validatorKeys)),
            common: common,
            trusted: own
        )
    }
}
