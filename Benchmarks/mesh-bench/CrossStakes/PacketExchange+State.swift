import IBC
import InterchainEvents
import ModuleKit

/// Channels: how they are opened, kept and shown.
extension PacketExchange {
    /// Takes a step of a handshake. There is one channel on each side, so both ends have the same identifier.
    func open(_ message: InterchainMessage, _ context: Context) throws(ModuleError) {
        var end = Ibc_Core_Channel_V1_Channel()
        switch message.message {
        case .channelOpenInit(let request):
            (end.state, end.ordering, end.connectionHops) = (.init_, request.ordering, [request.connectionID])
            end.counterparty.portID = request.counterpartyPortID
            let step = try step(request.portID, end, request.version, context)
            try context.emit(.with { $0.channelOpenInit = step })
        case .channelOpenTry(let request):
            (end.state, end.ordering, end.connectionHops) = (.tryopen, request.ordering, [request.connectionID])
            end.counterparty = request.counterparty
            let step = try step(request.portID, end, request.counterpartyVersion, context)
            try context.emit(.with { $0.channelOpenTry = step })
        case .channelOpenAck(let request):
            end = try channel(request.portID, request.channelID, context).end
            end.state = .open
            end.version = request.counterpartyVersion
            end.counterparty.channelID = request.counterpartyChannelID
            let step = try step(request.portID, end, request.counterpartyVersion, context)
            try context.emit(.with { $0.channelOpenAck = step })
        case .channelOpenConfirm(let request):
            end = try channel(request.portID, request.channelID, context).end
            end.state = .open
            let step = try step(request.portID, end, end.version, context)
            try context.emit(.with { $0.channelOpenConfirm = step })
        default: return
        }
    }

    private func step(_ port: String, _ end: Ibc_Core_Channel_V1_Channel, _ version: String, _ context: Context)
        throws(ModuleError) -> InterchainChannelStep
    {
        let application = try owner(of: port, context)
        return .with {
            $0.portID = port
            $0.channelID = Self.channelID
            $0.end = end
            $0.application = application
            $0.proposedVersion = version
        }
    }

    static let channelID = "channel-0"

    func apply(_ event: InterchainEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .portBound(let event): try ports.set(event.application, for: event.portID, in: state)
        case .channelOpenInit(let step), .channelOpenTry(let step), .channelOpenAck(let step),
            .channelOpenConfirm(let step):
            try keep(step, state)
        case .channelAccepted(let event):
            try channels.update("\(event.portID)/\(event.channelID)", in: state) { kept in
                kept?.channel.end.version = event.version
            }
        case .packetSent(let event):
            try channels.update("\(event.packet.sourcePort)/\(event.packet.sourceChannel)", in: state) { kept in
                kept?.channel.nextSequenceSend += 1
            }
        default: return
        }
    }

    private func keep(_ step: InterchainChannelStep, _ state: StateWriter) throws(ModuleError) {
        let channel = InterchainChannel.with {
            $0.portID = step.portID
            $0.channelID = step.channelID
            $0.end = step.end
            $0.nextSequenceSend = 1
            $0.clientID = "07-tendermint-0"
        }
        try channels.set(KeptChannel(channel), for: "\(step.portID)/\(step.channelID)", in: state)
    }

    func answer(_ query: InterchainQuery, _ state: StateReader) throws(ModuleError) -> InterchainAnswer {
        switch query.query {
        case .channel(let query):
            let found = try channel(query.portID, query.channelID, state)
            return .with { $0.channel = found }
        case .client(let query):
            return .with {
                $0.client.clientID = query.clientID
                $0.client.chainID = "counterparty-1"
                $0.client.status = query.hasTime ? "active" : ""
            }
        default: throw ModuleError(.invalidArgument, "the packet exchange knows channels and its client alone")
        }
    }

    func channel(_ port: String, _ channel: String, _ state: some StateReading) throws(ModuleError) -> InterchainChannel
    {
        guard let found = try channels.value(for: "\(port)/\(channel)", in: state) else {
            throw ModuleError(.unknownChannel, "there is no \(port)/\(channel)")
        }
        return found.channel
    }

    func owner(of port: String, _ state: some StateReading) throws(ModuleError) -> UInt32 {
        guard let owner = try ports.value(for: port, in: state) else {
            throw ModuleError(.portNotOwned, "nobody owns \(port)")
        }
        return owner
    }
}

/// A channel as the stand-in keeps it.
struct KeptChannel: StateValue {
    var channel: InterchainChannel

    func encode(into bytes: inout [UInt8]) throws(ModuleError) { bytes += try channel.encodedBytes() }

    init(_ channel: InterchainChannel) { self.channel = channel }

    init(stored bytes: [UInt8]) throws(ModuleError) { channel = try InterchainChannel(decodingBytes: bytes) }
}
