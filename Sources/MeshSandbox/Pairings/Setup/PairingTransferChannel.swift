import IBC
import InterchainEvents
public import MeshHost
public import ModuleKit

/// The channel for tokens between the two chains of a pairing, over which rewards come.
public struct PairingTransferChannel: Sendable, Hashable {
    /// One end of it, by its chain's own names.
    public struct End: Sendable, Hashable {
        /// The label of the transfer instance.
        public let instance: String
        /// The channel, such as `channel-0`.
        public let channel: String

        /// Names an end.
        public init(instance: String, channel: String) {
            self.instance = instance
            self.channel = channel
        }
    }

    /// The provider's end.
    public let provider: End
    /// The consumer's end.
    public let consumer: End

    /// Names a channel.
    public init(provider: End, consumer: End) {
        self.provider = provider
        self.consumer = consumer
    }

    /// The end on a chain.
    public subscript(side: PairingSide) -> End { side == .provider ? provider : consumer }

    /// The channels for tokens over a connection: open at both ends, each naming the other, of transfer instances.
    ///
    /// - Returns: by the number on the consumer.
    /// - Throws: what Interchain throws.
    /// - Complexity: O(channels).
    public static func all(over connection: PairingConnection, provider: ChainHost, consumer: ChainHost)
        throws(ModuleError) -> [PairingTransferChannel]
    {
        let ours = try openEnds(on: provider, over: connection.provider)
        return try openEnds(on: consumer, over: connection.consumer).compactMap { theirs in
            guard let near = ours.first(where: { $0.id == theirs.far && $0.far == theirs.id }) else { return nil }
            return PairingTransferChannel(provider: near.end, consumer: theirs.end)
        }
    }

    private static func openEnds(on chain: ChainHost, over connection: ConnectionID) throws(ModuleError)
        -> [(id: ChannelEndID, far: ChannelEndID?, end: End)]
    {
        guard let interchain = chain.firstLabel(ofModule: interchainModuleName) else { return [] }
        let channels = try Pages.all(from: UInt64(0)) { (start) throws(ModuleError) in
            let page = try chain.query(InterchainQuery.with { $0.channels.start = start }, of: interchain).channels
            return (page.channels, page.hasNext ? page.next : nil)
        }
        var found: [(id: ChannelEndID, far: ChannelEndID?, end: End)] = []
        for channel in channels {
            let (id, end) = try ModuleError.wrapping { () throws(IBCError) in
                (
                    ChannelEndID(port: try PortID(channel.portID), channel: try ChannelID(channel.channelID)),
                    try ChannelEnd(protobuf: channel.end)
                )
            }
            guard end.state == .open, end.connection == connection,
                let instance = try chain.transferInstance(owning: id.port, interchain)
            else { continue }
            let far = end.counterparty.channel.map { ChannelEndID(port: end.counterparty.port, channel: $0) }
            found.append((id, far, End(instance: instance, channel: id.channel.text)))
        }
        return found
    }
}

extension ChainHost {
    /// The label of the transfer instance that owns a port; nil where none does.
    fileprivate func transferInstance(owning port: PortID, _ interchain: String) throws(ModuleError) -> String? {
        let number = try query(InterchainQuery.with { $0.port.portID = port.text }, of: interchain).port.application
        return machine.instancesInOrder
            .first { $0.identity.number == number && $0.identity.module == "transfer" }?.identity.label
    }
}
