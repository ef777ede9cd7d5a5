import IBC
import InterchainEvents
import ModuleKit

/// An end of a channel as it is shown.
struct ChannelRow {
    let channel: InterchainChannel
    let end: ChannelEnd

    init(_ channel: InterchainChannel) throws(CommandError) {
        self.channel = channel
        end = try CommandError.readingStored("the channel \(channel.portID)/\(channel.channelID)") {
            try ChannelEnd(protobuf: channel.end)
        }
    }

    /// `transfer/channel-0`.
    var name: String { "\(channel.portID)/\(channel.channelID)" }

    /// The other end, `transfer/channel-7`; its channel is a dash until it has one.
    var counterparty: String { "\(end.counterparty.port)/\(end.counterparty.channel?.text ?? "–")" }

    /// The end as programs read it.
    var document: JSONValue { .object(object) }

    var object: JSONObject {
        var object = JSONObject()
        object["port_id"] = .string(channel.portID)
        object["channel_id"] = .string(channel.channelID)
        object["state"] = .string(end.state.name)
        object["ordering"] = .string(end.ordering.name)
        object["version"] = .string(end.version)
        object["counterparty"] = [
            "port_id": .string(end.counterparty.port.text),
            "channel_id": .optional(end.counterparty.channel?.text),
        ]
        object["connection_id"] = .string(end.connection.text)
        object["client_id"] = .string(channel.clientID)
        object["next_sequence_send"] = .whole(channel.nextSequenceSend)
        object["next_sequence_receive"] = .whole(channel.nextSequenceReceive)
        object["next_sequence_acknowledge"] = .whole(channel.nextSequenceAcknowledge)
        return object
    }
}
