import ArgumentParser
import IBC
import InterchainEvents
import ModuleKit

/// `meshd query channels`.
struct QueryChannels: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "channels",
        abstract: "Lists the channels to other chains: how far they are open, and which packet comes next.",
        discussion: """
            The last three columns are the sequences of the next packet to send, to receive and to be acknowledged. The \
            last two count on ordered channels only.

            Example:
              meshd query channels
            """
    )

    @OptionGroup var global: GlobalOptions

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        var rows: [ChannelRow] = []
        for channel in try chain.channels() { rows.append(try ChannelRow(channel)) }
        let all = rows
        return Report(["channels": .array(all.map(\.document))]) { style in
            guard !all.isEmpty else { return style.dim("this chain has no channels") + "\n" }
            var table = Table(
                .init("channel"),
                .init("state"),
                .init("ordering"),
                .init("version"),
                .init("other end"),
                .init("connection"),
                .init("client"),
                .init("send", .right),
                .init("receive", .right),
                .init("acknowledge", .right)
            )
            for row in all {
                table.add(
                    .init(row.name, .bold),
                    row.end.state.cell,
                    .init(row.end.ordering.name),
                    .init(row.end.version),
                    .init(row.counterparty),
                    .init(row.end.connection.text),
                    .init(row.channel.clientID, .dim),
                    .init(row.channel.nextSequenceSend.grouped),
                    .init(row.channel.nextSequenceReceive.grouped),
                    .init(row.channel.nextSequenceAcknowledge.grouped)
                )
            }
            return table.text(style)
        }
    }
}

/// `meshd query channel`.
struct QueryChannel: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "channel",
        abstract: "Shows one channel, the chain to which it leads, and the path by which others have it proven.",
        discussion: """
            Example:
              meshd query channel transfer channel-0
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The port, such as transfer.")
    var port: String

    @Argument(help: "The channel, such as channel-0.")
    var channel: String

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let id = try ChannelEndID(port: port, channel: channel)
        let row = try ChannelRow(try chain.channel(id))
        let client = try chain.client(row.channel.clientID)
        let path = StorePath.channelEnd(id).text
        var object = row.object
        object["chain_id"] = .string(client.chainID)
        object["client_status"] = .string(client.status)
        object["path"] = .string(path)
        return Report(.object(object)) { style in
            Facts(
                ("channel", .init(row.name, .bold)),
                ("state", row.end.state.cell),
                ("ordering", .init(row.end.ordering.name)),
                ("version", .init(row.end.version)),
                ("other end", .init("\(row.counterparty) on \(client.chainID)")),
                ("connection", .init(row.end.connection.text)),
                ("client", .init("\(client.clientID), \(client.status)")),
                ("next to send", .init(row.channel.nextSequenceSend.grouped)),
                ("next to receive", .init(row.channel.nextSequenceReceive.grouped)),
                ("next to be acknowledged", .init(row.channel.nextSequenceAcknowledge.grouped)),
                ("path", .init(path, .dim))
            )
            .text(style)
        }
    }
}

extension ChannelEndID {
    /// The end that a command line names.
    ///
    /// - Throws: `badInput` when one of them is no identifier.
    init(port: String, channel: String) throws(CommandError) {
        self = try CommandError.readingArgument { () throws(IBCError) in
            ChannelEndID(port: try PortID(port), channel: try ChannelID(channel))
        }
    }
}
