/// What an identifier names, and how long it may be.
public protocol IdentifierKind {
    /// What it names, for messages.
    static var noun: String { get }
    /// How many characters there may be.
    static var lengths: ClosedRange<Int> { get }
}

/// A kind of identifier that chains make by counting: a prefix, a hyphen, and a number from 0 on.
///
/// Another chain may name its ends otherwise, so only identifiers made here must have this form.
public protocol NumberedIdentifierKind: IdentifierKind {
    /// What stands before the hyphen, such as `channel`.
    static var prefix: String { get }
}

/// The identifier of a client: 9 to 64 characters. Those made here are `07-tendermint-0`, `07-tendermint-1`, and so on.
public typealias ClientID = Identifier<ClientKind>

/// The identifier of a connection: 10 to 64 characters. Those made here are `connection-0`, `connection-1`, and so on.
public typealias ConnectionID = Identifier<ConnectionKind>

/// The identifier of a channel: 8 to 64 characters. Those made here are `channel-0`, `channel-1`, and so on.
public typealias ChannelID = Identifier<ChannelKind>

/// The identifier of a port: 2 to 128 characters. A port belongs to one application of a chain.
public typealias PortID = Identifier<PortKind>

/// Clients.
public enum ClientKind: NumberedIdentifierKind {
    /// The noun.
    public static let noun = "client id"
    /// 9 to 64.
    public static let lengths = 9...64
    /// The type of a client of a CometBFT chain (ICS-07).
    public static let prefix = "07-tendermint"
}

/// Connections.
public enum ConnectionKind: NumberedIdentifierKind {
    /// The noun.
    public static let noun = "connection id"
    /// 10 to 64.
    public static let lengths = 10...64
    /// What stands before the hyphen.
    public static let prefix = "connection"
}

/// Channels.
public enum ChannelKind: NumberedIdentifierKind {
    /// The noun.
    public static let noun = "channel id"
    /// 8 to 64.
    public static let lengths = 8...64
    /// What stands before the hyphen.
    public static let prefix = "channel"
}

/// Ports.
public enum PortKind: IdentifierKind {
    /// The noun.
    public static let noun = "port id"
    /// 2 to 128.
    public static let lengths = 2...128
}

extension PortID {
    /// The port of token transfers (ICS-20).
    public static var transfer: PortID { PortID(checked: "transfer") }
}
