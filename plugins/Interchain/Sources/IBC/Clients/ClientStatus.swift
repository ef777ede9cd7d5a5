public import CometBFT
import LightClient

/// Whether a client can be used (ICS-02).
public enum ClientStatus: Hashable, Sendable {
    /// It takes updates, and proofs are checked against it.
    case active
    /// Its latest header is older than the trusting period.
    case expired
    /// It has seen misbehaviour.
    case frozen
}

extension TendermintClientState {
    /// Whether the client can be used.
    ///
    /// - Parameters:
    ///   - latest: The consensus state of ``latestHeight``; without one the client counts as expired.
    ///   - now: The time of this chain.
    public func status(latest: TendermintConsensusState?, now: BlockTime) -> ClientStatus {
        if isFrozen { return .frozen }
        guard let latest, !options.hasExpired(latest.time, now: now) else { return .expired }
        return .active
    }

    /// Demands a client that can be used.
    ///
    /// - Throws: `frozen` or `expired`.
    public func checkIsActive(latest: TendermintConsensusState?, now: BlockTime) throws(IBCError) {
        switch status(latest: latest, now: now) {
        case .active: return
        case .frozen:
            throw IBCError(
                .frozen,
                "the client of \(quoted(chainID)) is frozen since it saw misbehaviour; governance may unfreeze it"
            )
        case .expired:
            throw IBCError(
                .expired,
                "the client of \(quoted(chainID)) was not updated within its trusting period "
                    + "\(options.trustingPeriod); start a new client"
            )
        }
    }
}
