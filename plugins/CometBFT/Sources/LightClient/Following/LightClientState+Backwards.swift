public import CometBFT

extension LightClientState {
    /// The header of a height below the latest one, verified by the chain of hashes from a trusted header above it.
    ///
    /// Each header names the hash of the one before, so no signature is needed, and the age of the headers does not
    /// matter. Costs one block of the provider for each height between. The state does not change.
    ///
    /// Source: CometBFT 0.38, `VerifyBackwards`.
    ///
    /// - Parameters:
    ///   - height: The height, 1 or more and not above the latest one.
    ///   - provider: Where blocks come from.
    ///   - stepLimit: How many blocks are asked for at most.
    /// - Throws: `frozen`, `wrongHeight`, `wrongHash` or `wrongTime` when a header doesn't fit the one above it,
    ///   `tooManySteps`, and what the provider throws.
    public func verifiedHeader(
        at height: Int64,
        from provider: some LightBlockProvider,
        stepLimit: Int = standardStepLimit
    ) throws(LightClientError) -> Header {
        try checkIsNotFrozen()
        let index = firstIndex(notBelow: height)
        guard height > 0, index < history.count else {
            throw LightClientError(
                .wrongHeight,
                "Height \(height) is not between 1 and the latest trusted height \(latest.height). "
                    + "Update the client to come to higher ones."
            )
        }
        var provider = BoundedProvider(provider: provider, chainID: chainID, stepsLeft: stepLimit)
        var trusted = history[index]
        while trusted.height > height {
            let header = try provider.lightBlock(at: trusted.height - 1).signedHeader.header
            guard header.hash == trusted.lastBlockID.hash else {
                throw LightClientError(
                    .wrongHash,
                    "The header of height \(header.height) is not the one that the header above it names. "
                        + "Ask another provider."
                )
            }
            guard header.time < trusted.time else {
                throw LightClientError(
                    .wrongTime,
                    "The header of height \(header.height) is not earlier than the one above it. Ask another provider."
                )
            }
            trusted = header
        }
        return trusted
    }
}
