extension DuplicateVoteEvidence {
    /// Checks that the holder of a key signed two conflicting votes on a chain.
    ///
    /// Prevotes count as well as precommits, and a vote for a block contradicts a vote for nil. The chain id comes from
    /// the caller, who knows which chain is accused; the evidence has none. Powers, time and indexes are not looked at:
    /// nobody signed them. How old the evidence is does not matter here either, see ``EvidenceAgeLimit``.
    ///
    /// Costs two Ed25519 verifications. Source: CometBFT 0.38, `VerifyDuplicateVote`.
    ///
    /// - Throws: `noConflict` when height, round, type or voter differ or the block ids don't; `wrongOrder`;
    ///   `wrongAddress` when the key is not the voter's; `invalidSignature` with index 0 for vote A and 1 for vote B.
    public func verify(chainID: String, key: ValidatorKey) throws(VerificationError) {
        try checkConflict()
        for (index, vote) in [voteA, voteB].enumerated() {
            do throws(VerificationError) {
                try vote.verify(chainID: chainID, key: key)
            } catch {
                throw VerificationError(error.code, "Vote \(index == 0 ? "A" : "B"): \(error.message)", index: index)
            }
        }
    }

    /// Checks the evidence against the validator set of its height, and what it states about that set.
    ///
    /// - Parameters:
    ///   - chainID: The chain that is accused.
    ///   - validators: The set at the height of the votes.
    ///   - blockTime: The time of the block at that height, where the evidence's statement of it is to be checked too.
    /// - Throws: `unknownValidator`, `wrongStatement` when a power or the time is another one, and all of the above.
    public func verify(
        chainID: String,
        validators: ValidatorSet,
        blockTime: BlockTime? = nil
    ) throws(VerificationError) {
        try checkConflict()
        guard let (_, validator) = validators.validator(at: voteA.validatorAddress) else {
            throw VerificationError(
                .unknownValidator,
                "Validator \(voteA.validatorAddress) is not in the set of height \(height). "
                    + "Give the set of that height."
            )
        }
        try Self.check(validatorPower, is: validator.power, "the validator's power", height: height)
        try Self.check(totalVotingPower, is: validators.totalPower, "the total power", height: height)
        if let blockTime { try Self.check(timestamp, is: blockTime, "the block's time", height: height) }
        try verify(chainID: chainID, key: validator.key)
    }

    private func checkConflict() throws(VerificationError) {
        guard
            voteA.height == voteB.height, voteA.round == voteB.round, voteA.type == voteB.type,
            voteA.validatorAddress == voteB.validatorAddress
        else {
            throw VerificationError(
                .noConflict,
                "The votes differ in height, round, type or voter, so one does not contradict the other. "
                    + "Give two votes of one step of one validator."
            )
        }
        guard voteA.blockID != voteB.blockID else {
            throw VerificationError(
                .noConflict,
                "Both votes are for the same block. Voting twice for one block is no misbehaviour."
            )
        }
        guard voteA.blockID.key.lexicographicallyPrecedes(voteB.blockID.key) else {
            throw VerificationError(.wrongOrder, "The votes are not in the order of their block ids. Exchange them.")
        }
    }

    private static func check<Value: Equatable>(
        _ stated: Value,
        is actual: Value,
        _ what: String,
        height: Int64
    ) throws(VerificationError) {
        guard stated == actual else {
            throw VerificationError(
                .wrongStatement,
                "The evidence states \(stated) as \(what) at height \(height), and it is \(actual). "
                    + "Build the evidence from the set of that height."
            )
        }
    }
}
