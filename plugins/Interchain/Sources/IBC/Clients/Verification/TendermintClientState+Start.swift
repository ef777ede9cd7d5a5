public import CometBFT
import LightClient

extension TendermintClientState {
    /// Checks that a client may be started from a consensus state of its latest height, which is trusted for a reason
    /// outside of this library.
    ///
    /// - Throws: `frozen`; `expired` when the consensus state is older than the trusting period; `fromTheFuture` when it is
    ///   ahead of now by the clock drift or more.
    public func checkCanStart(from initial: TendermintConsensusState, now: BlockTime) throws(IBCError) {
        guard !isFrozen else {
            throw IBCError(.frozen, "a client can't be started frozen; set the frozen height to zero")
        }
        guard !options.hasExpired(initial.time, now: now) else {
            throw IBCError(
                .expired,
                "the consensus state of height \(latestHeight) is older than the trusting period "
                    + "\(options.trustingPeriod); start from a later one"
            )
        }
        guard !options.isFromTheFuture(initial.time, now: now) else {
            throw IBCError(
                .fromTheFuture,
                "the consensus state of height \(latestHeight) is ahead of now by \(options.maximumClockDrift) or more; "
                    + "check its time, or wait"
            )
        }
    }
}
