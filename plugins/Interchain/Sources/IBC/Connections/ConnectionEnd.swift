/// One end of a connection: what two chains agreed on before they talk through channels (ICS-03).
///
/// Delay periods are not supported, so none is kept.
public struct ConnectionEnd: Hashable, Sendable {
    /// How far the handshake has come.
    public enum State: Int, Hashable, Sendable {
        /// This end has begun.
        case initialized = 1
        /// This end has answered one that has begun.
        case tryOpen = 2
        /// Both ends know of each other.
        case open = 3
    }

    /// The other end, as far as it is known.
    public struct Counterparty: Hashable, Sendable {
        /// The client of this chain on the other chain.
        public let client: ClientID
        /// The other end; nil until it is known.
        public let connection: ConnectionID?
        /// The store in which the other chain keeps what it proves.
        public let prefix: CommitmentPrefix

        /// Names the other end.
        public init(client: ClientID, connection: ConnectionID?, prefix: CommitmentPrefix) {
            self.client = client
            self.connection = connection
            self.prefix = prefix
        }
    }

    /// How many versions an end offers at most.
    public static let maximumVersionCount = 16

    /// The client of the other chain on this chain.
    public let client: ClientID
    /// What this end offers; once the other end has chosen, the one chosen version.
    public let versions: [ConnectionVersion]
    /// How far the handshake has come.
    public let state: State
    /// The other end.
    public let counterparty: Counterparty

    /// Makes an end.
    ///
    /// - Throws: `missing` without a version, or when an end that knows the other one does not name it; `tooLarge` for
    ///   more than 16 versions; `inconsistent` when an open end has not one version.
    public init(
        client: ClientID,
        versions: [ConnectionVersion],
        state: State,
        counterparty: Counterparty
    ) throws(IBCError) {
        guard !versions.isEmpty else {
            throw IBCError(.missing, "the connection has no version; offer one, such as version 1")
        }
        guard versions.count <= Self.maximumVersionCount else {
            throw IBCError(
                .tooLarge,
                "a connection offers at most \(Self.maximumVersionCount) versions, not \(versions.count)"
            )
        }
        guard state != .open || versions.count == 1 else {
            throw IBCError(.inconsistent, "an open connection has the one version agreed on, not \(versions.count)")
        }
        guard counterparty.connection != nil || state == .initialized else {
            throw IBCError(.missing, "an end that is \(state) names the other end's connection; give it")
        }
        self.client = client
        self.versions = versions
        self.state = state
        self.counterparty = counterparty
    }
}
