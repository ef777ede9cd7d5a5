public import CometBFT

extension LightClientState {
    /// How many blocks one call asks a provider for unless said otherwise.
    public static let standardStepLimit = 1000

    /// Follows the chain up to a height, or to the provider's latest block.
    ///
    /// Tries to skip to the block at once. Where too little trusted power signed it, the block half way is verified
    /// first, and so on down to adjacent blocks, which always decide. Each block verified on the way is trusted from
    /// then on, also when a later one fails. Source: CometBFT, `spec/light-client/verification`.
    ///
    /// - Parameters:
    ///   - height: The height to come to; nil for the provider's latest.
    ///   - now: The time by which expiry and drift are judged.
    ///   - provider: Where blocks come from. It may lie, return other blocks, or go on without end.
    ///   - stepLimit: How many blocks are asked for at most.
    /// - Returns: `accepted`, or `unchanged` when the target or a higher block is trusted already and nothing
    ///   contradicts it.
    /// - Throws: `wrongHeight` for a height below the latest one that isn't in the history (see
    ///   ``verifiedHeader(at:from:stepLimit:)``), `noAgreement` when the provider has another block at the latest
    ///   height (see ``crossCheck(with:now:stepLimit:)``), `tooManySteps`, and whatever is wrong with a block.
    public mutating func update(
        to height: Int64? = nil,
        now: BlockTime,
        from provider: some LightBlockProvider,
        stepLimit: Int = standardStepLimit
    ) throws(LightClientError) -> UpdateOutcome {
        try checkIsActive(now: now)
        if let height, height <= latest.height {
            guard header(at: height) == nil else { return .unchanged }
            throw LightClientError(
                .wrongHeight,
                "Height \(height) is below the latest trusted height \(latest.height) and not in the history. "
                    + "Verify it backwards."
            )
        }
        var provider = BoundedProvider(provider: provider, chainID: chainID, stepsLeft: stepLimit)
        let target = try provider.lightBlock(at: height)
        guard target.height > latest.height else {
            if let known = header(at: target.height), known != target.signedHeader.header {
                throw LightClientError(
                    .noAgreement,
                    "The provider has another block of height \(target.height) than the trusted one. "
                        + "Cross-check with it to find out whether that is an attack."
                )
            }
            return .unchanged
        }
        try follow(to: target, now: now, from: &provider)
        return .accepted
    }

    /// Bisects between the latest block and a target above it.
    ///
    /// Every pending block lies half way between the latest one and the pending one before it, so there are at most 64.
    mutating func follow<Provider>(
        to target: LightBlock,
        now: BlockTime,
        from provider: inout BoundedProvider<Provider>
    ) throws(LightClientError) {
        var pending = [target]
        while let candidate = pending.last {
            switch TrustedState(latest).verify(candidate, options: options, now: now) {
            case .success:
                trust(candidate, now: now)
                pending.removeLast()
            case .notEnoughTrust:
                // Adjacent blocks never end here, so the middle lies strictly between the two.
                let middle = latest.height + (candidate.height - latest.height) / 2
                pending.append(try provider.lightBlock(at: middle))
            case .invalid(let error):
                throw error
            }
        }
    }
}
