import CometBFT
import IBC
import InterchainEvents
import ModuleKit

/// What is kept of clients. All of it reads state alone.
extension Interchain {
    /// A client, in whatever state it is.
    ///
    /// - Throws: `unknownClient`.
    func client(_ id: ClientID, in state: some StateReading) throws(ModuleError) -> TendermintClientState {
        guard let client = try clientStates.value(for: .clientState(id), in: state) else {
            throw ModuleError(.unknownClient, "there is no client \(id): create one, or list those that there are")
        }
        return client
    }

    /// A client that can be used.
    ///
    /// - Throws: `unknownClient`, `clientFrozen`, `clientExpired`.
    @discardableResult
    func requireActive(_ id: ClientID, _ context: Context) throws(ModuleError) -> TendermintClientState {
        let client = try client(id, in: context)
        let latest = try latestConsensusState(of: id, in: context)
        let now = try context.block.time.blockTime
        try ModuleError.wrapping { () throws(IBCError) in try client.checkIsActive(latest: latest, now: now) }
        return client
    }

    /// What a client has verified of its latest height; nil where the state is damaged.
    ///
    /// - Throws: `unknownClient`.
    func latestConsensusState(of id: ClientID, in state: some StateReading) throws(ModuleError)
        -> TendermintConsensusState?
    {
        let latest = try client(id, in: state).latestHeight
        return try consensusStates.value(for: .consensusState(id, at: latest), in: state)
    }

    /// What a client has verified of a height.
    ///
    /// - Throws: `unknownHeight`.
    func consensusState(of id: ClientID, at height: Height, in state: some StateReading) throws(ModuleError)
        -> TendermintConsensusState
    {
        guard let known = try consensusStates.value(for: .consensusState(id, at: height), in: state) else {
            throw Self.unknownHeight(height, of: id)
        }
        return known
    }

    /// What a client has verified of a height, with the hashes of headers.
    ///
    /// - Throws: `unknownHeight`.
    func verifiedHeader(of id: ClientID, at height: Height, in state: some StateReading) throws(ModuleError)
        -> InterchainVerifiedHeader
    {
        guard let known = try verifiedHeaders.value(for: Pair(id.text, height), in: state) else {
            throw Self.unknownHeight(height, of: id)
        }
        return known
    }

    /// The nearest header that a client has verified below a height, or at it where that is asked for.
    func verifiedHeader(
        of id: ClientID,
        below height: Height,
        orAt isIncluded: Bool = false,
        in state: some StateReading
    ) throws(ModuleError) -> InterchainVerifiedHeader? {
        try nearest(to: height, orAt: isIncluded, of: id, reversed: true, in: state)
    }

    /// The nearest header that a client has verified above a height.
    func verifiedHeader(of id: ClientID, above height: Height, in state: some StateReading) throws(ModuleError)
        -> InterchainVerifiedHeader?
    {
        try nearest(to: height, orAt: false, of: id, reversed: false, in: state)
    }

    private func nearest(
        to height: Height,
        orAt isIncluded: Bool,
        of id: ClientID,
        reversed: Bool,
        in state: some StateReading
    ) throws(ModuleError) -> InterchainVerifiedHeader? {
        var found: InterchainVerifiedHeader?
        let start = Pair(id.text, height)
        try verifiedHeaders.forEach(in: state, from: start, reversed: reversed) { (key, header) throws(ModuleError) in
            guard key.first == id.text else { return false }
            guard isIncluded || key.second != height else { return true }
            found = header
            return false
        }
        return found
    }

    private static func unknownHeight(_ height: Height, of id: ClientID) -> ModuleError {
        ModuleError(
            .unknownHeight,
            "the client \(id) has verified no header of height \(height): update it to that height first"
        )
    }
}
