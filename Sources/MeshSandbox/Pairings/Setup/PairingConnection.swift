public import IBC
import InterchainEvents
public import MeshHost
public import ModuleKit

/// The connection between the two chains of a pairing, by each one's name for it.
public struct PairingConnection: Sendable, Hashable {
    /// What the provider calls it.
    public let provider: ConnectionID
    /// What the consumer calls it.
    public let consumer: ConnectionID
    /// The channel for tokens over it by which rewards come; nil where there is none, or none is chosen yet.
    public var transfer: PairingTransferChannel?

    /// Names a connection.
    public init(provider: ConnectionID, consumer: ConnectionID, transfer: PairingTransferChannel? = nil) {
        self.provider = provider
        self.consumer = consumer
        self.transfer = transfer
    }

    /// What a chain calls it.
    public subscript(side: PairingSide) -> ConnectionID { side == .provider ? provider : consumer }

    /// The connections between two chains: open at both ends, each naming the other, over clients of each other's chain.
    ///
    /// - Returns: by the number on the consumer.
    /// - Throws: what Interchain throws; `notFound` on a chain without it.
    /// - Complexity: O(connections).
    public static func all(provider: ChainHost, consumer: ChainHost) throws(ModuleError) -> [PairingConnection] {
        let ours = try openConnections(of: provider, to: consumer.chainID)
        return try openConnections(of: consumer, to: provider.chainID).compactMap { theirs in
            guard let far = theirs.far, ours.contains(where: { $0.near == far && $0.far == theirs.near }) else {
                return nil
            }
            return PairingConnection(provider: far, consumer: theirs.near)
        }
    }

    private static func openConnections(of chain: ChainHost, to chainID: String) throws(ModuleError)
        -> [(near: ConnectionID, far: ConnectionID?)]
    {
        guard let interchain = chain.firstLabel(ofModule: interchainModuleName) else {
            throw ModuleError(
                .notFound,
                "\(chain.chainID) has no Interchain: a pairing needs a chain that other chains can connect to"
            )
        }
        let connections = try Pages.all(from: UInt64(0)) { (start) throws(ModuleError) in
            let page = try chain.query(InterchainQuery.with { $0.connections.start = start }, of: interchain)
                .connections
            return (page.connections, page.hasNext ? page.next : nil)
        }
        var found: [(near: ConnectionID, far: ConnectionID?)] = []
        for connection in connections {
            let (id, end) = try ModuleError.wrapping { () throws(IBCError) in
                (try ConnectionID(connection.connectionID), try ConnectionEnd(protobuf: connection.end))
            }
            let query = InterchainQuery.with { $0.client.clientID = end.client.text }
            guard end.state == .open, try chain.query(query, of: interchain).client.chainID == chainID else {
                continue
            }
            found.append((id, end.counterparty.connection))
        }
        return found
    }
}

extension ChainHost {
    /// The label of the first instance of a module, which serves the others.
    func firstLabel(ofModule module: String) -> String? {
        machine.instancesInOrder.first { $0.identity.module == module }?.identity.label
    }
}
