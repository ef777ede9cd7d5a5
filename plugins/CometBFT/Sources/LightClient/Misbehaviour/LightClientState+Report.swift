public import CometBFT

/// Two blocks that contradict each other, each with what to verify it from: the message by which anybody may freeze a
/// client.
///
/// The `Misbehaviour` message of ICS-07. The order of the two does not matter.
public struct MisbehaviourReport: Hashable, Sendable {
    /// One block.
    public let first: ClientUpdate
    /// The other one.
    public let second: ClientUpdate

    /// Puts both together. Nothing is checked before a client does it.
    public init(first: ClientUpdate, second: ClientUpdate) {
        self.first = first
        self.second = second
    }
}

extension LightClientState {
    /// Checks a report of misbehaviour and freezes the client if it holds.
    ///
    /// Both blocks must be signed by more than two thirds of their own power and by more than the trust level of the
    /// validators that the client trusts. Source: ICS-07; ibc-go, `07-tendermint`.
    ///
    /// - Parameters:
    ///   - report: The two blocks.
    ///   - now: The time by which expiry is judged.
    /// - Returns: The misbehaviour, which the client keeps.
    /// - Throws: `frozen`, `expired`, `noMisbehaviour` when both blocks may well be of the chain, and whatever is
    ///   wrong with one of them. The state is then as before.
    @discardableResult
    public mutating func checkMisbehaviour(
        _ report: MisbehaviourReport,
        now: BlockTime
    ) throws(LightClientError) -> Misbehaviour {
        try checkIsActive(now: now)
        let first = report.first.block
        let second = report.second.block
        guard let kind = Misbehaviour.kind(of: first.signedHeader.header, and: second.signedHeader.header) else {
            throw LightClientError(
                .noMisbehaviour,
                "The headers of heights \(first.height) and \(second.height) do not contradict each other. "
                    + "Report two headers of one height, or two whose times are not in the order of their heights."
            )
        }
        try checkWouldConvince(report.first, now: now)
        try checkWouldConvince(report.second, now: now)
        let found = Misbehaviour(kind: kind, first: .init(first), second: .init(second))
        freeze(for: found)
        return found
    }

    /// Demands that a client which trusts the named height could be made to take a block.
    ///
    /// Time is not compared with the trusted header's: that it runs backwards may be the very misbehaviour. And a block
    /// next to the trusted one need not have the validators named there: that many who made one up misbehaved.
    private func checkWouldConvince(_ update: ClientUpdate, now: BlockTime) throws(LightClientError) {
        let trusted = try trustedState(of: update)
        try trusted.header.checkHasNotExpired(options: options, now: now)
        guard update.block.height > update.trustedHeight else {
            throw LightClientError(
                .wrongHeight,
                "The header of height \(update.block.height) is not above the trusted height \(update.trustedHeight) "
                    + "that it is to be verified from. Name a lower one."
            )
        }
        try trusted.checkTrusts(update.block, level: options.trustLevel)
        try update.block.checkIsSigned(chainID: chainID)
    }
}
