import IBC
import InterchainEvents
import ModuleKit

extension GenesisImport {
    /// Reads channels, then what is kept of their packets.
    mutating func readChannelSection(_ section: JSONField) throws(ModuleError) {
        let sequences = ChannelSequences(
            send: try sequences(section, "send_sequences"),
            receive: try sequences(section, "recv_sequences"),
            acknowledge: try sequences(section, "ack_sequences")
        )
        for field in try section["channels"].elements() { try readChannel(field, sequences) }
        for name in ["send_sequences", "recv_sequences", "ack_sequences"] {
            for field in try section[name].elements() { _ = try importedChannel(of: field, in: name) }
        }
        try readPackets(section)
        noteParams(
            section["params"],
            unless: GenesisLayout.channelParams,
            "\(Self.channels).params",
            "channels are not upgraded here"
        )
        try noteUnknownMembers(of: section, known: Self.channelSectionMembers, at: Self.channels)
    }

    static let channels = ".channel_genesis"
    private static let channelSectionMembers = [
        "channels", "acknowledgements", "commitments", "receipts", "send_sequences", "recv_sequences", "ack_sequences",
        "next_channel_sequence", "params",
    ]
    private static let endMembers = ["state", "ordering", "counterparty", "connection_hops", "version"]
    /// The states of a channel that is being upgraded.
    private static let upgradeStates: [JSONValue] = ["STATE_FLUSHING", "STATE_FLUSHCOMPLETE"]

    private mutating func readChannel(_ field: JSONField, _ sequences: ChannelSequences) throws(ModuleError) {
        let place = "\(Self.channels).channels[]"
        let id = try field.channelEnd()
        let channel = try field["channel_id"].identifier(ChannelID.self, countedBy: counters.channels)
        guard let number = channel.number, try !interchain.channelPorts.contains(number, in: context),
            !skippedChannels.contains(id)
        else {
            throw field["channel_id"].invalid("this channel stands here twice; remove one")
        }
        let known = ["port_id", "channel_id", "upgrade_sequence"] + Self.endMembers
        try noteUnknownMembers(of: field, known: known, at: place)
        guard let end = try end(field, place), try canBeKept(end, id, field, place) else {
            skippedChannels.insert(id)
            return
        }
        let send = try sequences.send.first(of: id, field)
        let receive = try sequences.receive.first(of: id, field)
        let acknowledge = try sequences.acknowledge.first(of: id, field)
        try context.emit(
            .with {
                $0.channelImported.portID = id.port.text
                $0.channelImported.channelID = id.channel.text
                $0.channelImported.end = end.protobuf
                $0.channelImported.nextSequenceSend = send
                $0.channelImported.nextSequenceReceive = receive
                $0.channelImported.nextSequenceAcknowledge = acknowledge
            }
        )
    }

    /// The end of a channel; nil where it is none that this chain can have.
    private mutating func end(_ field: JSONField, _ place: String) throws(ModuleError) -> ChannelEnd? {
        let isUpgrading = field["state"].value.map(Self.upgradeStates.contains) ?? false
        guard !isUpgrading, try field["upgrade_sequence"].integerIfAny() == 0 else {
            skip(place, "the channel was upgraded, or is being upgraded, and this chain knows no upgrades", field)
            return nil
        }
        let message = try message(ChannelEnd.Protobuf.self, Self.endMembers, of: field)
        return try supported(field, place) { () throws(IBCError) in try ChannelEnd(protobuf: message) }
    }

    /// Whether all is there that an end needs: its connection, a version, and an application.
    private mutating func canBeKept(_ end: ChannelEnd, _ id: ChannelEndID, _ field: JSONField, _ place: String)
        throws(ModuleError) -> Bool
    {
        let hop = field["connection_hops"][0]
        guard let connection = try importedConnection(hop) else {
            skip(place, "the connection of the channel is skipped", field)
            return false
        }
        guard connection.state == .open, connection.versions.first?.allows(end.ordering) == true else {
            throw hop.invalid("a channel needs an open connection, whose version allows \(end.ordering.feature)")
        }
        guard !end.isAwaitingAcceptance else {
            skip(place, "the channel has no version, so no application has agreed to it", field)
            return false
        }
        guard try interchain.ports.contains(id.port.text, in: context) else {
            skip(place, "no application has bound the port of the channel: deploy one that does", field)
            return false
        }
        return true
    }

    /// The channel that an entry of a list is of; nil where it was skipped.
    ///
    /// - Throws: `invalidValue` when there is no such channel at all.
    mutating func importedChannel(of field: JSONField, in name: String) throws(ModuleError) -> ChannelEndID? {
        let id = try field.channelEnd()
        if try interchain.channels.contains(.channelEnd(id), in: context) { return id }
        guard skippedChannels.contains(id) else {
            throw field.invalid("there is no channel \(id) in channel_genesis.channels; add it, or remove this")
        }
        skip("\(Self.channels).\(name)[]", "the channel that this is of is skipped", field)
        return nil
    }

    private mutating func sequences(_ section: JSONField, _ name: String) throws(ModuleError) -> SequenceList {
        var list = SequenceList(name: name)
        for field in try section[name].elements() {
            let sequence: UInt64 = try field["sequence"].integer()
            guard sequence > 0 else { throw field["sequence"].invalid("sequences start at 1") }
            guard list.sequences.updateValue(sequence, forKey: try field.channelEnd()) == nil else {
                throw field.invalid("this channel stands here twice; remove one")
            }
            try noteUnknownMembers(
                of: field,
                known: ["port_id", "channel_id", "sequence"],
                at: "\(Self.channels).\(name)[]"
            )
        }
        return list
    }
}

/// The next sequences of all channels.
private struct ChannelSequences {
    let send: SequenceList
    let receive: SequenceList
    let acknowledge: SequenceList
}

/// The next sequences of one kind, by channel.
private struct SequenceList {
    let name: String
    var sequences: [ChannelEndID: UInt64] = [:]

    /// The next sequence of a channel.
    func first(of id: ChannelEndID, _ field: JSONField) throws(ModuleError) -> UInt64 {
        guard let sequence = sequences[id] else {
            throw field.invalid("\(name) has no sequence of this channel; add it")
        }
        return sequence
    }
}
