import CometBFT
import IBC
import InterchainEvents
import ModuleKit

extension Interchain {
    /// How many heights an update forgets at most: more than it adds, so that what is kept shrinks to the unbonding
    /// period.
    private static let forgottenHeightsMax = 2

    /// Brings a client to a further header, or to one in between. A header that is known changes nothing, and one that
    /// contradicts what is known freezes the client.
    func handle(_ request: InterchainUpdateClient, _ context: Context) throws(ModuleError) {
        let id = try ClientID(reading: request.clientID)
        let client = try requireActive(id, context)
        let header = try ModuleError.wrapping { () throws(IBCError) in
            try TendermintHeader(encoded: Array(request.header))
        }
        let offered = try InterchainVerifiedHeader(header.block.signedHeader.header)
        // Only a header of the client's own chain may be taken for known; another one's is refused by its signatures.
        if header.chainID == client.chainID,
            let known = try verifiedHeaders.value(for: Pair(id.text, header.height), in: context),
            known.agrees(with: offered)
        {
            return
        }
        let trusted = try consensusState(of: id, at: header.trustedHeight, in: context)
        let now = try context.block.time.blockTime
        try context.charge(Work.verification(of: header))
        _ = try ModuleError.wrapping { () throws(IBCError) in try client.verify(header, from: trusted, now: now) }
        guard try fits(offered, client, id, context) else {
            try freeze(id, at: header.height, context)
            return
        }
        let forgotten = try heights(of: id, olderThan: client.unbondingPeriod, now: now, context)
        try context.emit(
            .with {
                $0.clientUpdated.clientID = id.text
                $0.clientUpdated.header = offered
                $0.clientUpdated.forgotten = forgotten
            }
        )
    }

    /// Whether a header that was verified contradicts nothing of what the client has of its own height and of those
    /// next to it.
    func fits(_ verified: InterchainVerifiedHeader, _ client: TendermintClientState, _ id: ClientID, _ context: Context)
        throws(ModuleError) -> Bool
    {
        let height = Height(protobuf: verified.height)
        let same = try verifiedHeaders.value(for: Pair(id.text, height), in: context)
        // Headers that differ only in what is no part of a consensus state are a fork all the same.
        if let same, !same.agrees(with: verified) { return false }
        let neighbours = ConsensusNeighbours(
            same: try same?.consensusState,
            previous: try verifiedHeader(of: id, below: height, in: context)?.consensusState,
            next: try verifiedHeader(of: id, above: height, in: context)?.consensusState
        )
        return !client.contradicts(try verified.consensusState, neighbours)
    }

    /// Records that a client saw misbehaviour.
    ///
    /// - Throws: `invalidHeader` when it was forgiven: then the header that shows it is just not taken.
    func freeze(_ id: ClientID, at height: Height, _ context: Context) throws(ModuleError) {
        if let forgiven = try forgivenHeights.value(for: id.text, in: context), height <= forgiven {
            throw ModuleError(
                .invalidHeader,
                "the header of \(height) contradicts what \(id) trusts, and that was looked at when the client was unfrozen: "
                    + "bring a header above \(forgiven)"
            )
        }
        try context.emit(
            .with {
                $0.clientFrozen.clientID = id.text
                $0.clientFrozen.height = height.protobuf
            }
        )
    }

    /// The lowest heights of a client, as far as they are older than a period.
    ///
    /// An active client's latest height is never among them: it is younger than the trusting period, which is below the
    /// unbonding period.
    private func heights(of id: ClientID, olderThan period: Duration, now: BlockTime, _ context: Context)
        throws(ModuleError) -> [Ibc_Core_Client_V1_Height]
    {
        var old: [Ibc_Core_Client_V1_Height] = []
        try verifiedHeaders.forEach(startingWith: id.text, in: context) { (_, header) throws(ModuleError) in
            guard now.duration(since: try header.consensusState.time) > period else { return false }
            old.append(header.height)
            return old.count < Self.forgottenHeightsMax
        }
        return old
    }
}
