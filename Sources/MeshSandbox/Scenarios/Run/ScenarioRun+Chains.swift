import IBC

/// Finding what a scenario's names stand for.
extension ScenarioRun {
    /// The chain of a name.
    ///
    /// - Throws: `unknownName`.
    public func chain(_ name: String) throws(ScenarioError) -> SandboxChain {
        guard let description = scenario.chains.first(where: { $0.name == name }) else {
            throw ScenarioError(.unknownName, "there is no chain \(name.shownShort)")
        }
        return try ScenarioError.running(current?.place) { try network.chain(description.specification.chainID) }
    }

    /// The scenario's name of a chain.
    func name(ofChain chainID: String) -> String {
        scenario.chains.first { $0.specification.chainID == chainID }?.name ?? chainID
    }

    /// The end of an open channel on a chain.
    ///
    /// - Throws: `outOfTurn` when no step has opened it.
    public func end(of channel: String, on chain: String) throws(ScenarioError) -> RelayPath.End {
        let chainID = try self.chain(chain).chainID
        let path = network.relayers.lazy.compactMap { $0.path(named: channel) }.first
        guard let path, let end = [path.first, path.second].first(where: { $0.chainID == chainID }), end.channel != nil
        else {
            throw ScenarioError(
                .outOfTurn,
                "the channel \(channel) is not there yet: begin with the step `\(opening(of: channel))`"
            )
        }
        return end
    }

    /// The step that opens a channel.
    private func opening(of channel: String) -> String {
        let paired = scenario.pairings.flatMap { [$0.control, $0.transfer] }
        return (scenario.channels + paired).first { $0.name == channel }?.opening ?? "open: \(channel)"
    }

    /// The other end of an end's channel; nil for an end of no channel of this scenario.
    func opposite(of end: PacketBook.End) -> PacketBook.End? { network.opposite(of: end) }

    /// What a chain calls a token.
    ///
    /// - Throws: `outOfTurn` when it came over a channel that is not open; `invalidValue` when its path is none.
    public func denomination(_ denomination: ScenarioDenomination) throws(ScenarioError) -> String {
        var trace = try ScenarioError.reading(placeNow) { try DenominationTrace(path: denomination.base) }
        for entry in denomination.entries {
            guard let end = try end(of: entry.channel, on: entry.chain).channelEnd else { continue }
            trace = try ScenarioError.reading(placeNow) { [trace] in try trace.entering(end) }
        }
        return trace.denomination
    }

    /// The packet that a labelled step sent; nil when it sent none.
    public func packet(labelled label: String) -> PacketBook.Packet? { labelledPackets[label].flatMap(packets.packet) }

    var placeNow: ScenarioPlace { current?.place ?? ScenarioPlace(line: 1, column: 1) }
}

extension Network {
    /// The other end of an end's channel; nil for an end of no channel here.
    func opposite(of end: PacketBook.End) -> PacketBook.End? {
        for path in relayers.flatMap(\.paths) {
            guard let first = PacketBook.End(path.first), let second = PacketBook.End(path.second) else { continue }
            if first == end { return second }
            if second == end { return first }
        }
        return nil
    }
}

extension PacketBook.End {
    /// An end of a path; nil while it has no channel.
    init?(_ end: RelayPath.End) {
        guard let channelEnd = end.channelEnd else { return nil }
        self.init(chainID: end.chainID, end: channelEnd.description)
    }
}
