public import CometBFT

/// What a second provider says about the latest trusted block.
public enum CrossCheckOutcome: Hashable, Sendable {
    /// It has the same block.
    case agrees
    /// It has another block, which is valid as well: the chain is attacked, and the client is frozen now.
    ///
    /// Which of the two is the chain's own the client can't know. From `common`, the last block on which both agree,
    /// evidence against either side can be built, see `LightClientAttackEvidence`.
    case attack(Misbehaviour, common: LightBlock)
}

extension LightClientState {
    /// Compares the latest trusted block with what a second, independent provider has.
    ///
    /// If it has another block, that block is verified from the last header in the history on which both agree. Only
    /// one that holds freezes the client: a liar can't. Source: CometBFT 0.38, `light/detector.go`.
    ///
    /// - Parameters:
    ///   - witness: The second provider.
    ///   - now: The time by which expiry and drift are judged.
    ///   - stepLimit: How many blocks are asked for at most.
    /// - Throws: `frozen`, `expired`, `noAgreement` when the witness shares no header of the history, `tooManySteps`,
    ///   and whatever is wrong with the witness' block. The state is then as before, and the witness should be
    ///   dropped.
    public mutating func crossCheck(
        with witness: some LightBlockProvider,
        now: BlockTime,
        stepLimit: Int = standardStepLimit
    ) throws(LightClientError) -> CrossCheckOutcome {
        try checkIsActive(now: now)
        var provider = BoundedProvider(provider: witness, chainID: chainID, stepsLeft: stepLimit)
        let other = try provider.lightBlock(at: latest.height)
        guard other.signedHeader.header != latest.signedHeader.header else { return .agrees }
        let common = try lastCommonBlock(with: &provider)
        var otherClient = goneBack(to: common)
        try otherClient.follow(to: other, now: now, from: &provider)
        let found = Misbehaviour(kind: .fork, first: .init(latest), second: .init(other))
        freeze(for: found)
        return .attack(found, common: common)
    }

    private func lastCommonBlock<Provider>(
        with provider: inout BoundedProvider<Provider>
    ) throws(LightClientError) -> LightBlock {
        for header in history.dropLast().reversed() {
            let block = try provider.lightBlock(at: header.height)
            if block.signedHeader.header == header { return block }
        }
        throw LightClientError(
            .noAgreement,
            "The witness shares no header that the client of \(chainID) still keeps, so its blocks can't be verified. "
                + "Ask another witness."
        )
    }
}
