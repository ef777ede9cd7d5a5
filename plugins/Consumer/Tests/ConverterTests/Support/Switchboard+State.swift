import IBC
import InterchainEvents
import ModuleKit

extension Switchboard {
    func apply(_ event: InterchainEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .portBound(let event): try ports.set(event.application, for: event.portID, in: state)
        case .channelOpenInit(let step), .channelOpenTry(let step):
            try keep(step, state)
            try channelCount.set((try channelCount.value(in: state) ?? 0) + 1, in: state)
        case .channelOpenAck(let step), .channelOpenConfirm(let step), .channelClosed(let step): try keep(step, state)
        case .channelAccepted(let event):
            try channels.update("\(event.portID)/\(event.channelID)", in: state) { kept in
                kept?.channel.end.version = event.version
            }
        case .packetSent(let event):
            let key = "\(event.packet.sourcePort)/\(event.packet.sourceChannel)"
            try channels.update(key, in: state) { kept in kept?.channel.nextSequenceSend += 1 }
        case .clientFrozen: try frozen.set(Unit(), in: state)
        case .clientUnfrozen: try frozen.remove(in: state)
        default: return
        }
    }

    private func keep(_ step: InterchainChannelStep, _ state: StateWriter) throws(ModuleError) {
        try channels.update("\(step.portID)/\(step.channelID)", in: state) { kept in
            let next = kept?.channel.nextSequenceSend ?? 1
            kept = KeptChannel(
                .with {
                    $0.portID = step.portID
                    $0.channelID = step.channelID
                    $0.end = step.end
                    $0.nextSequenceSend = next
                }
            )
        }
    }

    func answer(_ query: InterchainQuery, _ state: StateReader) throws(ModuleError) -> InterchainAnswer {
        switch query.query {
        case .channel(let query):
            let found = try channel(query.portID, query.channelID, state)
            return .with { $0.channel = found }
        case .client(let query):
            let isFrozen = try frozen.value(in: state) != nil
            return .with {
                $0.client.clientID = query.clientID
                $0.client.status = isFrozen ? "frozen" : "active"
            }
        default: throw ModuleError(.invalidArgument, "the switchboard knows channels and clients alone")
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

    func step(
        _ port: String,
        _ channel: String?,
        _ end: Ibc_Core_Channel_V1_Channel,
        _ version: String,
        _ context: Context
    ) throws(ModuleError) -> InterchainChannelStep {
        let application = try owner(of: port, context)
        let number = try channelCount.value(in: context) ?? 0
        return .with {
            $0.portID = port
            $0.channelID = channel ?? "channel-\(number)"
            $0.end = end
            $0.application = application
            $0.proposedVersion = version
        }
    }
}

/// A channel as the stand-in keeps it. Whether the conformance of a generated type would be retroactive depends on
/// which of the two views of these sources is built.
struct KeptChannel: StateValue {
    var channel: InterchainChannel

    func encode(into bytes: inout [UInt8]) throws(ModuleError) { bytes += try channel.encodedBytes() }

    init(_ channel: InterchainChannel) { self.channel = channel }

    init(stored bytes: [UInt8]) throws(ModuleError) { channel = try InterchainChannel(decodingBytes: bytes) }
}
