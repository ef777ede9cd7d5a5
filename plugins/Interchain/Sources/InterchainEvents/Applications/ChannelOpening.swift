public import IBC

/// An end of a channel that is being opened, as its application sees it.
public struct ChannelOpening: Hashable, Sendable {
    /// The end on this chain.
    public let end: ChannelEndID
    /// Whether packets keep their order.
    public let ordering: ChannelEnd.Ordering
    /// The connection that the channel uses.
    public let connection: ConnectionID
    /// The other end; it has no channel yet where the handshake begins here.
    public let counterparty: ChannelEnd.Counterparty
    /// At the beginning of a handshake, what its sender proposes, perhaps nothing; afterwards, what the other end says. It
    /// is the other chain's word: any text.
    public let version: String

    /// Describes an end that is being opened.
    public init(
        end: ChannelEndID,
        ordering: ChannelEnd.Ordering,
        connection: ConnectionID,
        counterparty: ChannelEnd.Counterparty,
        version: String
    ) {
        self.end = end
        self.ordering = ordering
        self.connection = connection
        self.counterparty = counterparty
        self.version = version
    }
}
