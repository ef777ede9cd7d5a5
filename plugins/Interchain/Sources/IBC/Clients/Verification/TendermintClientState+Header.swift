public import CometBFT
import LightClient

extension TendermintClientState {
    /// Verifies a header from what the client trusts. Says nothing about whether the client is active, and whether the
    /// header contradicts another one.
    ///
    /// Source: ICS-07; ibc-go, `07-tendermint`, `verifyHeader`.
    ///
    /// - Parameters:
    ///   - header: The header, from anybody.
    ///   - trusted: The consensus state of the header's trusted height.
    ///   - now: The time by which expiry and drift are judged.
    /// - Returns: What to keep of the header.
    /// - Throws: `expired` when what is trusted is too old, `invalidHeader`, `notEnoughTrust` or `fromTheFuture`.
    public func verify(
        _ header: TendermintHeader,
        from trusted: TendermintConsensusState,
        now: BlockTime
    ) throws(IBCError) -> TendermintConsensusState {
        let state = try trustedState(trusted, of: header)
        switch state.verify(header.block, options: options, now: now) {
        case .success: return try header.consensusState()
        case .notEnoughTrust(let error), .invalid(let error): throw IBCError(error)
        }
    }

    /// Whether a verified header contradicts what the client has of its own height or of those next to it.
    ///
    /// Two headers of one height that agree in time, root and next validators are told apart only by a report of
    /// misbehaviour, which has both.
    ///
    /// - Parameters:
    ///   - verified: What is to be kept of the header.
    ///   - neighbours: What the client has around the header's height.
    public func contradicts(_ verified: TendermintConsensusState, _ neighbours: ConsensusNeighbours) -> Bool {
        if let same = neighbours.same { return same != verified }
        if let previous = neighbours.previous, previous.time >= verified.time { return true }
        if let next = neighbours.next, next.time <= verified.time { return true }
        return false
    }

    /// What a light client starts from.
    func trustedState(
        _ trusted: TendermintConsensusState,
        of header: TendermintHeader
    ) throws(IBCError) -> TrustedState {
        guard header.trustedHeight.revision == latestHeight.revision else {
            throw IBCError(
                .invalidHeader,
                "the client is of revision \(latestHeight.revision), and the header of \(header.trustedHeight.revision)"
            )
        }
        let known = try takingOver("trusted header") { () throws(CometBFTError) in
            try knownHeader(at: Int64(clamping: header.trustedHeight.height), trusted)
        }
        do throws(LightClientError) {
            return try TrustedState(header: known, validators: header.trustedValidators)
        } catch {
            throw IBCError(error)
        }
    }

    /// The trusted header, as far as it is known. Verification reads its chain, height, time and next validators only.
    private func knownHeader(
        at height: Int64,
        _ trusted: TendermintConsensusState
    ) throws(CometBFTError) -> Header {
        try Header(
            version: Version(),
            chainID: chainID,
            height: height,
            time: trusted.time,
            lastBlockID: .nil,
            lastCommitHash: nil,
            dataHash: nil,
            // Its own validators are not known, so the next ones are the only set that is trusted.
            validatorsHash: trusted.nextValidatorsHash,
            nextValidatorsHash: trusted.nextValidatorsHash,
            consensusHash: .ofNothing,
            appHash: trusted.root,
            lastResultsHash: nil,
            evidenceHash: nil,
            proposerAddress: ValidatorAddress([UInt8](repeating: 0, count: ValidatorAddress.byteCount))
        )
    }
}

extension IBCError {
    /// Takes over what a light client found.
    init(_ error: LightClientError) {
        let code: Code =
            switch error.code {
            case .expired: .expired
            case .notEnoughTrust: .notEnoughTrust
            case .fromTheFuture: .fromTheFuture
            default: .invalidHeader
            }
        self.init(code, error.message, cause: error)
    }
}
