/// What names one end of a channel on its chain: the port and the channel.
public struct ChannelEndID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The port.
    public let port: PortID
    /// The channel.
    public let channel: ChannelID

    /// Puts both together.
    public init(port: PortID, channel: ChannelID) {
        self.port = port
        self.channel = channel
    }

    /// `port/channel`, as denominations and addresses spell it.
    public var description: String { "\(port)/\(channel)" }

    /// Orders by port, then by channel.
    public static func < (left: Self, right: Self) -> Bool {
        (left.port, left.channel) < (right.port, right.channel)
    }
}
