import ConverterEvents
import ExternalStakingEvents
import IBC
import InterchainEvents
import MeshHost
import MeshSandbox
import ModuleKit

/// Where an end of a pairing looks for the other end, and the channels that its port has.
struct PairingLink {
    /// The port that the end owns.
    let port: String
    /// This chain's connection to the other one, and the other end's port; empty until it is set up.
    let remote: (connection: String, port: String)
    /// By number; those of handshakes that got nowhere as well.
    let channels: [ChannelRow]

    /// Looks at an instance; nil where it is no end of a pairing.
    ///
    /// - Complexity: O(channels of the chain).
    init?(_ instance: HostInstance, _ chain: ChainView) throws(CommandError) {
        switch instance.module {
        case PairingRole.converter.module:
            let settings = try chain.converter(instance.label) { $0.settings = .init() }.settings
            port = settings.portID
            remote = (settings.remoteEndpoint.connectionID, settings.remoteEndpoint.portID)
        case PairingRole.externalStaking.module:
            let settings = try chain.externalStaking(instance.label) { $0.settings = .init() }.settings
            port = settings.portID
            remote = (settings.remoteEndpoint.connectionID, settings.remoteEndpoint.portID)
        default: return nil
        }
        var rows: [ChannelRow] = []
        for channel in try chain.channels() where channel.portID == port { rows.append(try ChannelRow(channel)) }
        channels = rows
    }

    /// The other end as programs read it.
    var peer: JSONValue {
        guard !remote.connection.isEmpty else { return .null }
        return ["connection_id": .string(remote.connection), "port_id": .string(remote.port)]
    }

    var peerCell: Table.Cell {
        remote.connection.isEmpty
            ? .init("not known yet", .yellow) : .init("\(remote.port) over \(remote.connection)")
    }

    /// A channel as programs read it, without what counts packets.
    static func document(_ row: ChannelRow) -> JSONValue {
        [
            "port_id": .string(row.channel.portID),
            "channel_id": .string(row.channel.channelID),
            "state": .string(row.end.state.name),
            "ordering": .string(row.end.ordering.name),
            "version": .string(row.end.version),
            "connection_id": .string(row.end.connection.text),
            "counterparty": [
                "port_id": .string(row.end.counterparty.port.text),
                "channel_id": .optional(row.end.counterparty.channel?.text),
            ],
        ]
    }

    static func cell(_ row: ChannelRow) -> Table.Cell {
        .init("\(row.channel.channelID) to \(row.counterparty), \(row.end.state.name)", row.end.state.cell.paint)
    }
}
