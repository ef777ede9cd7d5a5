public import CometBFT
public import ICS23

/// A client of a CometBFT chain together with its consensus states, in memory.
///
/// A value: it changes only by the methods that say so, and where they throw it is as before. A chain that stores each
/// consensus state under its own path composes the same checks of ``TendermintClientState`` itself.
public struct TendermintClient: Hashable, Sendable {
    /// What came of an update.
    public enum UpdateOutcome: Hashable, Sendable {
        /// The header is trusted now.
        case accepted
        /// The client has the same of that height already.
        case unchanged
        /// The header is valid and contradicts what the client trusts, so the client is frozen now.
        case frozen
    }

    /// What the client takes as given, and how far it has come.
    public private(set) var state: TendermintClientState
    /// What is verified of single heights. Those within the unbonding period are kept.
    public private(set) var consensusStates = ConsensusStates()

    /// Starts a client from a consensus state that is trusted for a reason outside of this library.
    public init(state: TendermintClientState, trusting initial: TendermintConsensusState) {
        self.state = state
        consensusStates[state.latestHeight] = initial
    }

    /// Whether the client can be used at a time.
    public func status(now: BlockTime) -> ClientStatus {
        state.status(latest: consensusStates[state.latestHeight], now: now)
    }

    /// Verifies a header from what the client trusts, and takes it over.
    ///
    /// The header may lie below the latest one. A valid header that contradicts what is trusted, at its own height or
    /// by its time, freezes the client.
    ///
    /// - Throws: `frozen` or `expired`; `unknownHeight` when its trusted height is not known; what
    ///   ``TendermintClientState/verify(_:from:now:)`` throws.
    public mutating func update(_ header: TendermintHeader, now: BlockTime) throws(IBCError) -> UpdateOutcome {
        try checkIsActive(now: now)
        let neighbours = consensusStates.neighbours(of: header.height)
        // Only a header of the client's own chain may be taken for known; another one's is refused by its signatures.
        if header.chainID == state.chainID, let known = neighbours.same, try known == header.consensusState() {
            return .unchanged
        }
        let verified = try state.verify(header, from: consensusState(at: header.trustedHeight), now: now)
        guard !state.contradicts(verified, neighbours) else {
            state.freeze()
            return .frozen
        }
        consensusStates[header.height] = verified
        state.advance(to: header.height)
        consensusStates.forget(olderThan: state.unbondingPeriod, now: now)
        return .accepted
    }

    /// Verifies a report of misbehaviour and freezes the client if it holds.
    ///
    /// - Throws: `frozen` or `expired`; `unknownHeight`; what
    ///   ``TendermintClientState/verify(_:first:second:now:)`` throws.
    public mutating func freeze(for misbehaviour: TendermintMisbehaviour, now: BlockTime) throws(IBCError) {
        try checkIsActive(now: now)
        try state.verify(
            misbehaviour,
            first: consensusState(at: misbehaviour.first.trustedHeight),
            second: consensusState(at: misbehaviour.second.trustedHeight),
            now: now
        )
        state.freeze()
    }

    /// Lets a frozen client go on. Only governance may decide this.
    public mutating func unfreeze() {
        state.unfreeze()
    }

    /// What is verified of a height.
    ///
    /// - Throws: `unknownHeight`.
    public func consensusState(at height: Height) throws(IBCError) -> TendermintConsensusState {
        guard let known = consensusStates[height] else {
            throw IBCError(
                .unknownHeight,
                "the client of \(quoted(state.chainID)) has no consensus state of height \(height), its latest is "
                    + "\(state.latestHeight); update it to that height first"
            )
        }
        return known
    }

    /// Checks that the chain's store holds a value under a path, by a proof of some height.
    ///
    /// - Throws: `frozen` or `expired`; `unknownHeight`; `invalidProof`.
    public func verifyMembership(
        of path: StorePath,
        in prefix: CommitmentPrefix,
        value: [UInt8],
        proof: MerkleProof,
        at height: Height,
        now: BlockTime
    ) throws(IBCError) {
        try checkIsActive(now: now)
        try state.verifyMembership(
            of: path,
            in: prefix,
            value: value,
            proof: proof,
            against: consensusState(at: height)
        )
    }

    /// Checks that the chain's store holds nothing under a path, by a proof of some height.
    ///
    /// - Throws: `frozen` or `expired`; `unknownHeight`; `invalidProof`.
    public func verifyNonMembership(
        of path: StorePath,
        in prefix: CommitmentPrefix,
        proof: MerkleProof,
        at height: Height,
        now: BlockTime
    ) throws(IBCError) {
        try checkIsActive(now: now)
        try state.verifyNonMembership(of: path, in: prefix, proof: proof, against: consensusState(at: height))
    }

    private func checkIsActive(now: BlockTime) throws(IBCError) {
        try state.checkIsActive(latest: consensusStates[state.latestHeight], now: now)
    }
}
