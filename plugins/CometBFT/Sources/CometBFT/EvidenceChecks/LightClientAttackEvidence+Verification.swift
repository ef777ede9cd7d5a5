extension LightClientAttackEvidence {
    /// Checks that a block contradicts the chain, that it would have convinced a light client, and who is to blame.
    ///
    /// The conflicting block must be signed by more than two thirds of its own set and, when it is above the common
    /// height, by more than a third of the common one. Every signature for a block that accuses somebody is verified,
    /// also those that the thresholds don't need; in an equivocation this goes for the chain's own commit too.
    ///
    /// Source: CometBFT 0.38, `VerifyLightClientAttack`.
    ///
    /// - Parameters:
    ///   - chainID: The chain that is accused.
    ///   - common: The chain's header at the common height.
    ///   - commonValidators: The set of that height.
    ///   - trusted: The chain's header at the height of the conflicting block, or its latest one if the chain has
    ///     not come so far.
    /// - Returns: Which kind of attack it is. Those to blame are the evidence's byzantine validators.
    /// - Throws: `wrongChain`, `wrongHeight`, `wrongHash`, `wrongStatement`, `noConflict`, and what the checks of
    ///   commits throw.
    public func verify(
        chainID: String,
        common: SignedHeader,
        commonValidators: ValidatorSet,
        trusted: SignedHeader
    ) throws(VerificationError) -> LightClientAttack {
        let conflicting = conflictingBlock.signedHeader
        for header in [conflicting, common, trusted] { try header.check(chainID: chainID) }
        try check(common: common, commonValidators: commonValidators)
        try checkContradiction(to: trusted)
        if commonHeight != conflicting.header.height {
            try commonValidators.verify(conflicting.commit, chainID: chainID, trusting: .oneThird, .blockVotes)
        } else if !followsFromState(of: trusted.header) {
            throw VerificationError(
                .wrongStatement,
                "The evidence claims that the chains agree at height \(commonHeight), and its block of that height "
                    + "does not follow from the chain's state. Name the last height on which both agree."
            )
        }
        try conflictingBlock.verify(chainID: chainID, .blockVotes)
        let kind = kind(against: trusted)
        if kind == .equivocation {
            try trusted.verify(
                chainID: chainID,
                ownValidators: conflictingBlock.validators,
                .blockVotes,
                workers: 1
            )
        }
        try checkAccused(commonValidators: commonValidators, trusted: trusted)
        return kind
    }

    private func check(common: SignedHeader, commonValidators: ValidatorSet) throws(VerificationError) {
        guard common.header.height == commonHeight else {
            throw VerificationError(
                .wrongHeight,
                "The common height is \(commonHeight), and the header given is of \(common.header.height). "
                    + "Give the chain's header at the common height."
            )
        }
        guard commonValidators.hash == common.header.validatorsHash else {
            throw VerificationError(
                .wrongHash,
                "The validators given are not those of height \(commonHeight). Give the set of that height."
            )
        }
        guard totalVotingPower == commonValidators.totalPower, timestamp == common.header.time else {
            throw VerificationError(
                .wrongStatement,
                "The evidence states another total power or another time than height \(commonHeight) has. "
                    + "Build the evidence from the block of that height."
            )
        }
    }

    private func checkContradiction(to trusted: SignedHeader) throws(VerificationError) {
        let conflicting = conflictingBlock.signedHeader
        guard trusted.header.height <= conflicting.header.height else {
            throw VerificationError(
                .wrongHeight,
                "The conflicting block is of height \(conflicting.header.height), and the trusted header of "
                    + "\(trusted.header.height). Give the chain's header at the height of the block."
            )
        }
        if trusted.header.height < conflicting.header.height {
            // The chain has not come so far, so the block has to break the rule that time only grows.
            guard conflicting.header.time <= trusted.header.time else {
                throw VerificationError(
                    .noConflict,
                    "The block of height \(conflicting.header.height) is above and later than the trusted header, "
                        + "which is no contradiction. Wait until the chain has come to that height."
                )
            }
        } else if trusted.hash == conflicting.hash {
            throw VerificationError(
                .noConflict,
                "The block of height \(conflicting.header.height) is the chain's own. There was no attack."
            )
        }
    }

    private func checkAccused(commonValidators: ValidatorSet, trusted: SignedHeader) throws(VerificationError) {
        let expected = byzantineValidators(commonValidators: commonValidators, trusted: trusted)
        guard expected.count == byzantineValidators.count else {
            throw VerificationError(
                .wrongStatement,
                "The evidence accuses \(byzantineValidators.count) validators, and \(expected.count) misbehaved. "
                    + "List exactly those."
            )
        }
        for (index, (stated, actual)) in zip(byzantineValidators, expected).enumerated() {
            guard stated.address == actual.address, stated.power == actual.power else {
                throw VerificationError(
                    .wrongStatement,
                    "The evidence accuses \(stated.address) with power \(stated.power) at place \(index), and "
                        + "\(actual.address) with \(actual.power) belongs there. List those who misbehaved, the "
                        + "largest power first, then by address.",
                    index: index
                )
            }
        }
    }
}
