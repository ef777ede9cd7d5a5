import IBC
import InterchainEvents
import ModuleKit

extension Interchain {
    func answer(_ query: InterchainChannelQuery, _ state: StateReader) throws(ModuleError) -> InterchainAnswer {
        let id = try ChannelEndID(portID: query.portID, channelID: query.channelID)
        let description = try describe(id, state)
        return .with { $0.channel = description }
    }

    /// The channels of all ports, by number.
    func answer(_ query: InterchainChannelsQuery, _ state: StateReader) throws(ModuleError) -> InterchainAnswer {
        let count = try counters.value(in: state)?.channels ?? 0
        let page = Page(from: query.start, limit: query.limit, of: count)
        var channels = InterchainChannels()
        for number in page.range {
            // An import may leave numbers out.
            guard let port = try channelPorts.value(for: number, in: state) else { continue }
            let id = try ChannelEndID(portID: port, channelID: ChannelID(number: number).text)
            channels.channels.append(try describe(id, state))
        }
        if let next = page.next { channels.next = next }
        return .with { $0.channels = channels }
    }

    private func describe(_ id: ChannelEndID, _ state: StateReader) throws(ModuleError) -> InterchainChannel {
        let end = try channel(id, in: state).end
        let connection = try connections.value(for: .connection(end.connection), in: state)
        let nextSequenceSend = try nextSequenceSend(id, in: state)
        let nextSequenceReceive = try nextSequenceReceive(id, in: state)
        let nextSequenceAcknowledge = try nextSequenceAcknowledge(id, in: state)
        return .with {
            $0.portID = id.port.text
            $0.channelID = id.channel.text
            $0.end = end.protobuf
            $0.nextSequenceSend = nextSequenceSend
            $0.nextSequenceReceive = nextSequenceReceive
            $0.nextSequenceAcknowledge = nextSequenceAcknowledge
            $0.clientID = connection?.client.text ?? ""
        }
    }
}
