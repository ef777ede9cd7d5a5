extension LightClientAttackEvidence {
    /// Builds the evidence from a conflicting block and what the chain says.
    ///
    /// In a lunatic attack it names the common block; otherwise the chains agree on everything that the state
    /// decides, and it names the trusted one. Source: CometBFT 0.38, `newLightClientAttackEvidence`.
    ///
    /// - Parameters:
    ///   - conflictingBlock: The block that was shown to a light client.
    ///   - common: The last block on which both sides agree.
    ///   - trusted: The chain's block at the height of the conflicting one, or its latest.
    /// - Throws: `inconsistent` when the block that would be named is above the conflicting one.
    public init(
        conflictingBlock: LightBlock,
        common: LightBlock,
        trusted: LightBlock
    ) throws(CometBFTError) {
        let unaccused = try Self(conflictingBlock: conflictingBlock, named: common, byzantineValidators: [])
        let isLunatic = unaccused.kind(against: trusted.signedHeader) == .lunatic
        try self.init(
            conflictingBlock: conflictingBlock,
            named: isLunatic ? common : trusted,
            byzantineValidators: unaccused.byzantineValidators(
                commonValidators: common.validators,
                trusted: trusted.signedHeader
            )
        )
    }

    private init(
        conflictingBlock: LightBlock,
        named: LightBlock,
        byzantineValidators: [Validator]
    ) throws(CometBFTError) {
        try self.init(
            conflictingBlock: conflictingBlock,
            commonHeight: named.height,
            byzantineValidators: byzantineValidators,
            totalVotingPower: named.validators.totalPower,
            timestamp: named.time
        )
    }
}
