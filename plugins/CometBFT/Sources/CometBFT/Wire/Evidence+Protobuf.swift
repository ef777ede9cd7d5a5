public import CometBFTProtobuf
import Foundation

extension DuplicateVoteEvidence: ProtobufRepresentable {
    /// Two votes.
    public static var maximumEncodedByteCount: Int { 2 * Vote.maximumEncodedByteCount }

    /// Checks a message and takes it over.
    public init(protobuf: Tendermint_Types_DuplicateVoteEvidence) throws(CometBFTError) {
        let voteA = try required(protobuf.voteA, if: protobuf.hasVoteA, "vote_a")
        let voteB = try required(protobuf.voteB, if: protobuf.hasVoteB, "vote_b")
        let timestamp = try required(protobuf.timestamp, if: protobuf.hasTimestamp, "timestamp")
        try self.init(
            voteA: checking("vote_a") { () throws(CometBFTError) in try Vote(protobuf: voteA) },
            voteB: checking("vote_b") { () throws(CometBFTError) in try Vote(protobuf: voteB) },
            totalVotingPower: protobuf.totalVotingPower,
            validatorPower: protobuf.validatorPower,
            timestamp: BlockTime(protobuf: timestamp)
        )
    }

    /// The message.
    public var protobuf: Tendermint_Types_DuplicateVoteEvidence {
        var message = Tendermint_Types_DuplicateVoteEvidence()
        message.voteA = voteA.protobuf
        message.voteB = voteB.protobuf
        message.totalVotingPower = totalVotingPower
        message.validatorPower = validatorPower
        message.timestamp = timestamp.protobuf
        return message
    }
}

extension LightClientAttackEvidence: ProtobufRepresentable {
    /// A light block, and as many validators again.
    public static var maximumEncodedByteCount: Int {
        LightBlock.maximumEncodedByteCount + ValidatorSet.maximumEncodedByteCount
    }

    /// Checks a message and takes it over.
    public init(protobuf: Tendermint_Types_LightClientAttackEvidence) throws(CometBFTError) {
        let block = try required(protobuf.conflictingBlock, if: protobuf.hasConflictingBlock, "conflicting_block")
        let timestamp = try required(protobuf.timestamp, if: protobuf.hasTimestamp, "timestamp")
        var byzantine: [Validator] = []
        for (index, validator) in protobuf.byzantineValidators.enumerated() {
            byzantine.append(
                try checking("byzantine validator \(index)") { () throws(CometBFTError) in
                    try Validator(protobuf: validator)
                }
            )
        }
        try self.init(
            conflictingBlock: checking("conflicting_block") { () throws(CometBFTError) in
                try LightBlock(protobuf: block)
            },
            commonHeight: protobuf.commonHeight,
            byzantineValidators: byzantine,
            totalVotingPower: protobuf.totalVotingPower,
            timestamp: BlockTime(protobuf: timestamp)
        )
    }

    /// The message.
    public var protobuf: Tendermint_Types_LightClientAttackEvidence {
        var message = Tendermint_Types_LightClientAttackEvidence()
        message.conflictingBlock = conflictingBlock.protobuf
        message.commonHeight = commonHeight
        message.byzantineValidators = byzantineValidators.map(\.protobuf)
        message.totalVotingPower = totalVotingPower
        message.timestamp = timestamp.protobuf
        return message
    }
}

extension Evidence: ProtobufRepresentable {
    /// As much as the larger kind.
    public static var maximumEncodedByteCount: Int {
        max(DuplicateVoteEvidence.maximumEncodedByteCount, LightClientAttackEvidence.maximumEncodedByteCount)
    }

    /// Checks a message and takes it over.
    public init(protobuf: Tendermint_Types_Evidence) throws(CometBFTError) {
        switch protobuf.sum {
        case .duplicateVoteEvidence(let evidence):
            self = .duplicateVote(try DuplicateVoteEvidence(protobuf: evidence))
        case .lightClientAttackEvidence(let evidence):
            self = .lightClientAttack(try LightClientAttackEvidence(protobuf: evidence))
        case nil:
            throw CometBFTError(.missing, "the evidence is missing, or of a kind that is not known here")
        }
    }

    /// The message.
    public var protobuf: Tendermint_Types_Evidence {
        var message = Tendermint_Types_Evidence()
        switch self {
        case .duplicateVote(let evidence): message.duplicateVoteEvidence = evidence.protobuf
        case .lightClientAttack(let evidence): message.lightClientAttackEvidence = evidence.protobuf
        }
        return message
    }
}
