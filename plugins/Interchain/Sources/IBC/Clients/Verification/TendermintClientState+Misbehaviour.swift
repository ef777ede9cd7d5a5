public import CometBFT
import LightClient

extension TendermintClientState {
    /// Verifies that a client which trusts the named heights could be made to take either of two headers that
    /// contradict each other.
    ///
    /// Times are not compared with the trusted headers': that they run backwards may be the very misbehaviour. And a
    /// header next to the trusted one need not have the validators named there: that many who made one up misbehaved.
    /// Source: ICS-07; ibc-go, `07-tendermint`, `verifyMisbehaviour`; in addition, more than two thirds of each block's
    /// own validators must have signed it, as in an update.
    ///
    /// - Parameters:
    ///   - misbehaviour: The two headers.
    ///   - first: The consensus state of the first one's trusted height.
    ///   - second: The consensus state of the second one's trusted height.
    ///   - now: The time by which expiry is judged.
    /// - Throws: `expired` when what is trusted is too old, `invalidHeader` or `notEnoughTrust`.
    public func verify(
        _ misbehaviour: TendermintMisbehaviour,
        first: TendermintConsensusState,
        second: TendermintConsensusState,
        now: BlockTime
    ) throws(IBCError) {
        try checking("the first header") { () throws(IBCError) in
            try checkWouldConvince(misbehaviour.first, from: first, now: now)
        }
        try checking("the second header") { () throws(IBCError) in
            try checkWouldConvince(misbehaviour.second, from: second, now: now)
        }
    }

    private func checkWouldConvince(
        _ header: TendermintHeader,
        from trusted: TendermintConsensusState,
        now: BlockTime
    ) throws(IBCError) {
        guard !options.hasExpired(trusted.time, now: now) else {
            throw IBCError(
                .expired,
                "what is trusted of height \(header.trustedHeight) is older than the trusting period "
                    + "\(options.trustingPeriod); verify from a later height"
            )
        }
        // Compares the revision and the hash of the trusted validators.
        let state = try trustedState(trusted, of: header)
        do throws(VerificationError) {
            try state.validators.verify(
                header.block.signedHeader.commit,
                chainID: chainID,
                trusting: options.trustLevel
            )
        } catch {
            throw IBCError(
                error.code == .notEnoughPower ? .notEnoughTrust : .invalidHeader,
                error.message,
                cause: error
            )
        }
        do throws(VerificationError) {
            try header.block.verify(chainID: chainID, .light)
        } catch {
            throw IBCError(.invalidHeader, error.message, cause: error)
        }
    }
}
