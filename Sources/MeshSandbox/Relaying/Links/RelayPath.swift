public import IBC

/// A channel between two chains, and what it stands on: a client, a connection and a channel on each side.
public struct RelayPath: Sendable, Hashable {
    /// One end of a path.
    public struct End: Sendable, Hashable {
        /// The chain.
        public let chainID: String
        /// The port of the application.
        public let port: PortID
        /// The client of the other chain; nil until there is one.
        public internal(set) var client: ClientID?
        /// The connection; nil until there is one.
        public internal(set) var connection: ConnectionID?
        /// The channel; nil until there is one.
        public internal(set) var channel: ChannelID?

        /// Describes an end.
        ///
        /// - Parameters:
        ///   - client: a client of the other chain that is there; unless given, a sound one is looked for or made.
        ///   - connection: a connection that is there, if any.
        ///   - channel: a channel that is there, if any.
        public init(
            _ chainID: String,
            port: PortID = .transfer,
            client: ClientID? = nil,
            connection: ConnectionID? = nil,
            channel: ChannelID? = nil
        ) {
            self.chainID = chainID
            self.port = port
            self.client = client
            self.connection = connection
            self.channel = channel
        }

        /// The end of the channel; nil until there is one.
        public var channelEnd: ChannelEndID? { channel.map { ChannelEndID(port: port, channel: $0) } }
    }

    /// How far a path has come.
    public enum Phase: String, Sendable, Hashable, Comparable, CaseIterable {
        /// Its clients are being made.
        case clients
        /// Its connection is being opened.
        case connection
        /// Its channel is being opened.
        case channel
        /// Packets may go.
        case open
        /// Both ends are closed.
        case closed

        /// The earlier one first.
        public static func < (left: Self, right: Self) -> Bool {
            (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
        }
    }

    /// The name by which the network knows it.
    public let name: String
    /// The end at which handshakes begin.
    public internal(set) var first: End
    /// The other end.
    public internal(set) var second: End
    /// Whether packets keep their order.
    public let ordering: ChannelEnd.Ordering
    /// The version that is proposed to the first application; empty leaves it to the application.
    public let version: String
    /// How packets and acknowledgements are delivered.
    public var policy: DeliveryPolicy
    /// How far it has come.
    public internal(set) var phase = Phase.clients

    /// Describes a path.
    public init(
        _ name: String,
        from first: End,
        to second: End,
        ordering: ChannelEnd.Ordering = .unordered,
        version: String = "",
        policy: DeliveryPolicy = .prompt
    ) {
        self.name = name
        self.first = first
        self.second = second
        self.ordering = ordering
        self.version = version
        self.policy = policy
    }
}

extension RelayPath {
    /// The path as a relayer knows it that has just been started: the identifiers, and nothing of how far it has come.
    init(restarting path: RelayPath) {
        self = path
        phase = .clients
    }
}
