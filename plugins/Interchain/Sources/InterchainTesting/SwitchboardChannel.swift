import IBC
public import InterchainEvents
public import ModuleKit

/// A channel that a test's genesis already has, in the section `switchboard`.
///
///     [{ "port": "transfer", "channel": "channel-3", "ordering": "unordered", "version": "", "sent": "0",
///        "counterparty_port": "transfer", "counterparty_channel": "channel-7" }]
///
/// It is open, over `connection-0`. What is left out stands as above, but for the port and the channel.
public struct SwitchboardChannel: Sendable, Hashable {
    /// The port on this chain.
    public var port: String
    /// The channel's identifier on this chain.
    public var channel: String
    /// Whether packets keep their order.
    public var isOrdered = false
    /// What both ends have agreed on.
    public var version = ""
    /// How many packets have left through it.
    public var sentCount: UInt64 = 0
    /// The port on the other chain.
    public var counterpartyPort: String
    /// The channel's identifier on the other chain.
    public var counterpartyChannel: String

    /// Describes a channel through which nothing has been sent; on the other chain, too, it is of the port.
    public init(
        port: String,
        channel: String,
        counterpartyPort: String? = nil,
        counterpartyChannel: String = "channel-7"
    ) {
        self.port = port
        self.channel = channel
        self.counterpartyPort = counterpartyPort ?? port
        self.counterpartyChannel = counterpartyChannel
    }

    /// The channel of a running test.
    public init(_ channel: InterchainChannel) {
        self.init(
            port: channel.portID,
            channel: channel.channelID,
            counterpartyPort: channel.end.counterparty.portID,
            counterpartyChannel: channel.end.counterparty.channelID
        )
        isOrdered = channel.end.ordering == .ordered
        version = channel.end.version
        sentCount = channel.nextSequenceSend - min(channel.nextSequenceSend, 1)
    }

    /// The entry of the section.
    public var json: JSONValue {
        [
            "port": .string(port), "channel": .string(channel),
            "ordering": .string(isOrdered ? "ordered" : "unordered"), "version": .string(version),
            "sent": .string(String(sentCount)), "counterparty_port": .string(counterpartyPort),
            "counterparty_channel": .string(counterpartyChannel),
        ]
    }

    init(_ entry: JSONField) throws(ModuleError) {
        self.init(
            port: try entry["port"].string(),
            channel: try entry["channel"].string(),
            counterpartyPort: try entry["counterparty_port"].optional?.string()
        )
        if let channel = try entry["counterparty_channel"].optional?.string() { counterpartyChannel = channel }
        isOrdered = try entry["ordering"].optional?.string() == "ordered"
        version = try entry["version"].optional?.string() ?? ""
        sentCount = try entry["sent"].optional?.integer() ?? 0
    }

    var imported: InterchainChannelImported {
        .with {
            $0.portID = port
            $0.channelID = channel
            $0.end.state = .open
            $0.end.ordering = isOrdered ? .ordered : .unordered
            $0.end.counterparty.portID = counterpartyPort
            $0.end.counterparty.channelID = counterpartyChannel
            $0.end.connectionHops = ["connection-0"]
            $0.end.version = version
            $0.nextSequenceSend = sentCount.addingReportingOverflow(1).partialValue
        }
    }
}
