/// Two signed votes of one validator for different blocks.
///
/// Well formed (CometBFT 0.38, `DuplicateVoteEvidence.ValidateBasic`): both votes are signed, and vote A's block id comes
/// first in the order of ``BlockID/key``. That both are of one validator, height, round and type, and that the
/// signatures hold, is checked elsewhere.
public struct DuplicateVoteEvidence: Hashable, Sendable {
    /// The vote whose block id comes first.
    public let voteA: Vote
    /// The vote whose block id comes second.
    public let voteB: Vote
    /// The total power of the set at the votes' height. Not signed by anybody.
    public let totalVotingPower: Int64
    /// The validator's power in that set. Not signed by anybody.
    public let validatorPower: Int64
    /// The time of the block at that height. Not signed by anybody.
    public let timestamp: BlockTime

    /// Takes both votes in their order.
    ///
    /// - Throws: `missing` when a vote is not signed, `inconsistent` when the block ids are equal or in the wrong order.
    public init(
        voteA: Vote,
        voteB: Vote,
        totalVotingPower: Int64,
        validatorPower: Int64,
        timestamp: BlockTime
    ) throws(CometBFTError) {
        guard voteA.isSigned, voteB.isSigned else {
            throw CometBFTError(.missing, "evidence holds signed votes, and one of these is not signed")
        }
        guard voteA.blockID.key.lexicographicallyPrecedes(voteB.blockID.key) else {
            throw CometBFTError(
                .inconsistent,
                "the block ids of the votes must differ, and that of vote A must come first"
            )
        }
        self.voteA = voteA
        self.voteB = voteB
        self.totalVotingPower = totalVotingPower
        self.validatorPower = validatorPower
        self.timestamp = timestamp
    }

    /// Takes both votes in any order, and the powers from the set of their height.
    ///
    /// - Throws: As above, and `unknownValidator` when the set does not hold the voter.
    public init(
        _ first: Vote,
        _ second: Vote,
        validators: ValidatorSet,
        blockTime: BlockTime
    ) throws(CometBFTError) {
        guard let (_, validator) = validators.validator(at: first.validatorAddress) else {
            throw CometBFTError(.unknownValidator, "validator \(first.validatorAddress) is not in the set")
        }
        let ordered = first.blockID.key.lexicographicallyPrecedes(second.blockID.key)
        try self.init(
            voteA: ordered ? first : second,
            voteB: ordered ? second : first,
            totalVotingPower: validators.totalPower,
            validatorPower: validator.power,
            timestamp: blockTime
        )
    }

    /// The height of the votes.
    public var height: Int64 { voteA.height }

    /// The SHA-256 of the protobuf bytes.
    public var hash: Hash32 {
        Hash32(hashing: encoded)
    }
}
