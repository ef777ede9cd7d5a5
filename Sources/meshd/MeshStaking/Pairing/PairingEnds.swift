import ConverterEvents
import ExternalStakingEvents
import IBC
import InterchainEvents
import MeshHost
import ModuleKit

/// The two ends of a pairing: an External Staking and a Converter that are set up for each other.
struct PairingEnds {
    let provider: ChainView
    let consumer: ChainView
    /// The label of the provider's end.
    let externalStaking: String
    /// The label of the consumer's end.
    let converter: String

    /// Finds the ends.
    ///
    /// - Parameters:
    ///   - externalStaking: the provider's end, by label or address; any unless given.
    ///   - converter: the consumer's end, by label or address; any unless given.
    /// - Throws: `badInput` when no two ends, or more than two, are set up for each other.
    init(provider: ChainView, consumer: ChainView, externalStaking: String?, converter: String?)
        throws(CommandError)
    {
        let ours = try PairingEnd.all(.externalStaking, named: externalStaking, of: provider)
        let theirs = try PairingEnd.all(.converter, named: converter, of: consumer)
        let pairs = ours.flatMap { our in theirs.filter { our.belongs(to: $0) }.map { (our, $0) } }
        guard let (our, their) = pairs.first else {
            let sides = (ours + theirs).map { "\n  \($0.description)" }.joined()
            throw CommandError(
                .badInput,
                "no External Staking of \(provider.host.chainID) and Converter of \(consumer.host.chainID) are set up for "
                    + "each other: name the homes of the two chains with --provider and --consumer. There is:\(sides)"
            )
        }
        guard pairs.count == 1 else {
            let list = pairs.map { "\($0.label) with \($1.label)" }.joined(separator: "; ")
            throw CommandError(
                .badInput,
                "\(provider.host.chainID) and \(consumer.host.chainID) have several pairings: name one with "
                    + "--external-staking or --converter: \(list)"
            )
        }
        (self.provider, self.consumer) = (provider, consumer)
        (self.externalStaking, self.converter) = (our.label, their.label)
    }
}

/// One end of a pairing, and where it is set up to find the other.
private struct PairingEnd {
    /// Where the other end is.
    struct Remote {
        /// This chain's connection, and the other chain's name for it; nil until the other chain has one.
        let connection: String
        let counterpartyConnection: String?
        let chainID: String
        let port: String
    }

    let chainID: String
    let label: String
    /// The port that it owns.
    let port: String
    /// Nil until it is set up.
    let remote: Remote?

    private init(_ label: String, port: String, connection: String, remotePort: String, _ chain: ChainView)
        throws(CommandError)
    {
        self.label = label
        self.port = port
        chainID = chain.host.chainID
        guard !connection.isEmpty else {
            remote = nil
            return
        }
        let found = try chain.interchain { $0.connection.connectionID = connection }.connection
        let end = try CommandError.readingStored("the connection \(connection)") {
            try ConnectionEnd(protobuf: found.end)
        }
        remote = Remote(
            connection: connection,
            counterpartyConnection: end.counterparty.connection?.text,
            chainID: try chain.client(end.client.text).chainID,
            port: remotePort
        )
    }

    /// All ends of a kind on a chain, or the named one.
    ///
    /// - Throws: `badInput` when there is none.
    static func all(_ kind: MeshModule, named reference: String?, of chain: ChainView) throws(CommandError) -> [Self] {
        var labels = chain.labels(of: kind)
        guard !labels.isEmpty else {
            let other = kind.module == MeshModule.converter.module ? "consumer" : "provider"
            throw CommandError(
                .badInput,
                "\(chain.host.chainID) has no \(kind.title), so it is no \(other): name the home of the \(other) with "
                    + "--\(other); perhaps the two homes are the wrong way round"
            )
        }
        if reference != nil { labels = [try chain.label(of: kind, named: reference)] }
        return try labels.map { (label) throws(CommandError) in
            if kind.module == MeshModule.converter.module {
                let settings = try chain.converter(label) { $0.settings = .init() }.settings
                let remote = settings.remoteEndpoint
                return try PairingEnd(
                    label,
                    port: settings.portID,
                    connection: remote.connectionID,
                    remotePort: remote.portID,
                    chain
                )
            }
            let settings = try chain.externalStaking(label) { $0.settings = .init() }.settings
            let remote = settings.remoteEndpoint
            return try PairingEnd(
                label,
                port: settings.portID,
                connection: remote.connectionID,
                remotePort: remote.portID,
                chain
            )
        }
    }

    /// Whether each of the two is where the other one looks for it. Ports alone would not do: two chains can have the same.
    func belongs(to other: PairingEnd) -> Bool {
        guard let remote, let back = other.remote else { return false }
        return remote.chainID == other.chainID && back.chainID == chainID
            && remote.port == other.port && back.port == port
            && remote.counterpartyConnection == back.connection && back.counterpartyConnection == remote.connection
    }

    /// `main-converter of consumer-1, for provider-1 over connection-0`.
    var description: String {
        let place = remote.map { "for \($0.chainID) over \($0.connection)" } ?? "which does not know its other end yet"
        return "\(label) of \(chainID), \(place)"
    }
}
