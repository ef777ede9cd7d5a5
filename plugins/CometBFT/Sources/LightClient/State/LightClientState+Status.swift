public import CometBFT

extension LightClientState {
    /// Whether a client can be used.
    public enum Status: Hashable, Sendable {
        /// It takes updates.
        case active
        /// Its latest header is older than the trusting period, so it can't verify any other.
        case expired
        /// It has seen misbehaviour.
        case frozen
    }

    /// Whether the client can be used at a time.
    public func status(now: BlockTime) -> Status {
        if misbehaviour != nil { return .frozen }
        return options.hasExpired(latest.time, now: now) ? .expired : .active
    }

    /// Demands a client that takes updates.
    func checkIsActive(now: BlockTime) throws(LightClientError) {
        try checkIsNotFrozen()
        try latest.signedHeader.header.checkHasNotExpired(options: options, now: now)
    }

    /// Demands a client that has seen no misbehaviour.
    func checkIsNotFrozen() throws(LightClientError) {
        guard let misbehaviour else { return }
        throw LightClientError(
            .frozen,
            "The client of \(chainID) is frozen since it saw two headers that contradict each other, of heights "
                + "\(misbehaviour.first.header.height) and \(misbehaviour.second.header.height). "
                + "Find out what happened on the chain, then start a new client."
        )
    }
}
