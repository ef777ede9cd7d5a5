public import CometBFT

extension LightClientState {
    /// Verifies one block from a trusted height and takes it over.
    ///
    /// The block may lie below the latest one; then it fills a gap in the history. A valid block that contradicts the
    /// history, by its hash or by its time, freezes the client. Source: ICS-07; ibc-go, `07-tendermint`.
    ///
    /// - Parameters:
    ///   - update: The block and what to verify it from.
    ///   - now: The time by which expiry and drift are judged.
    /// - Throws: `frozen`, `expired`, `unknownHeight`, `wrongHash` when the trusted validators are others, and
    ///   whatever is wrong with the block. The state is then as before.
    public mutating func apply(_ update: ClientUpdate, now: BlockTime) throws(LightClientError) -> UpdateOutcome {
        try checkIsActive(now: now)
        let known = header(at: update.block.height)
        if let known, known == update.block.signedHeader.header { return .unchanged }
        switch try trustedState(of: update).verify(update.block, options: options, now: now) {
        case .success: break
        case .notEnoughTrust(let error), .invalid(let error): throw error
        }
        if let found = contradiction(to: update.block) {
            freeze(for: found)
            return .frozen(found)
        }
        trust(update.block, now: now)
        return .accepted
    }

    /// The trusted header that an update names, with the validators that it brings.
    func trustedState(of update: ClientUpdate) throws(LightClientError) -> TrustedState {
        guard let header = header(at: update.trustedHeight) else {
            throw LightClientError(
                .unknownHeight,
                "The client of \(chainID) trusts no header of height \(update.trustedHeight). "
                    + "Verify from a height in its history."
            )
        }
        return try TrustedState(header: header, validators: update.trustedValidators)
    }

    /// The trusted header that a verified block contradicts: at its own height, or just below or above.
    private func contradiction(to block: LightBlock) -> Misbehaviour? {
        let index = firstIndex(notBelow: block.height)
        for neighbour in history[max(0, index - 1)..<min(history.count, index + 2)] {
            guard let kind = Misbehaviour.kind(of: neighbour, and: block.signedHeader.header) else { continue }
            let first = neighbour == latest.signedHeader.header ? .init(latest) : Misbehaviour.Side(neighbour)
            return Misbehaviour(kind: kind, first: first, second: Misbehaviour.Side(block))
        }
        return nil
    }
}
