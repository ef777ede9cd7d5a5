/// One end of a channel (ICS-04).
public struct ChannelEnd: Hashable, Sendable {
    /// How far the handshake has come.
    public enum State: Int, Hashable, Sendable {
        /// This end has begun.
        case initialized = 1
        /// This end has answered one that has begun.
        case tryOpen = 2
        /// Both ends know of each other; packets may go.
        case open = 3
        /// No packet may go any more.
        case closed = 4
    }

    /// Whether packets are received in the order in which they were sent.
    public enum Ordering: Int, Hashable, Sendable {
        /// In any order, each once.
        case unordered = 1
        /// In the order of their sequences. A packet that times out closes the channel.
        case ordered = 2

        /// The name of the feature by which connection versions allow it.
        public var feature: String { self == .ordered ? "ORDER_ORDERED" : "ORDER_UNORDERED" }
    }

    /// The other end, as far as it is known.
    public struct Counterparty: Hashable, Sendable {
        /// Its port.
        public let port: PortID
        /// Its channel; nil until it has one.
        public let channel: ChannelID?

        /// Names the other end.
        public init(port: PortID, channel: ChannelID?) {
            self.port = port
            self.channel = channel
        }

        /// What names the other end on its chain; nil until it has a channel.
        public var end: ChannelEndID? { channel.map { ChannelEndID(port: port, channel: $0) } }
    }

    /// The longest version, in bytes.
    public static let maximumVersionByteCount = 4096

    /// How far the handshake has come.
    public let state: State
    /// Whether packets keep their order.
    public let ordering: Ordering
    /// The other end.
    public let counterparty: Counterparty
    /// The connection that the channel uses. Channels over several are not supported.
    public let connection: ConnectionID
    /// What the applications agreed to speak; any text.
    public let version: String

    /// Makes an end.
    ///
    /// - Throws: `missing` when an end that knows the other one does not name its channel, `tooLarge` for a version
    ///   above 4096 bytes.
    public init(
        state: State,
        ordering: Ordering,
        counterparty: Counterparty,
        connection: ConnectionID,
        version: String
    ) throws(IBCError) {
        guard counterparty.channel != nil || state == .initialized || state == .closed else {
            throw IBCError(.missing, "an end that is \(state) names the other end's channel; give it")
        }
        guard version.utf8.count <= Self.maximumVersionByteCount else {
            throw IBCError(
                .tooLarge,
                "a channel's version has at most \(Self.maximumVersionByteCount) bytes, not \(version.utf8.count)"
            )
        }
        self.state = state
        self.ordering = ordering
        self.counterparty = counterparty
        self.connection = connection
        self.version = version
    }
}
