import IBC
public import InterchainEvents
public import ModuleKit

/// What it keeps: ports, ends of channels, and how its client is.
extension Switchboard {
    static let active = "active"
    static let clientID = "07-tendermint-0"

    /// Projects the events of Interchain that it records.
    public func apply(_ event: InterchainEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .configured(let event): try nextChannel.set(UInt64(event.authority) ?? 0, in: state)
        case .clientCreated(let event):
            try clientStatus.set(String(decoding: event.clientState, as: UTF8.self), in: state)
        case .clientFrozen: try clientStatus.set("frozen", in: state)
        case .clientUnfrozen: try clientStatus.set(Self.active, in: state)
        case .portBound(let event): try ports.set(event.application, for: event.portID, in: state)
        case .channelOpenInit(let step), .channelOpenTry(let step):
            try keep(step, state)
            try nextChannel.set((try nextChannel.value(in: state) ?? 0) + 1, in: state)
        case .channelOpenAck(let step), .channelOpenConfirm(let step), .channelClosed(let step): try keep(step, state)
        case .channelImported(let event):
            try keep(event.portID, event.channelID, event.end, nextSequenceSend: event.nextSequenceSend, state)
        case .channelAccepted(let event):
            try channels.update(Self.key(event.portID, event.channelID), in: state) { kept in
                kept?.channel.end.version = event.version
            }
        case .packetSent(let event):
            let packet = event.packet
            try channels.update(Self.key(packet.sourcePort, packet.sourceChannel), in: state) { kept in
                kept?.channel.nextSequenceSend += 1
            }
        default: return
        }
    }

    /// Answers questions about channels and about the client, whose status it tells to whoever gives a time.
    public func answer(_ query: InterchainQuery, _ state: StateReader) throws(ModuleError) -> InterchainAnswer {
        switch query.query {
        case .channel(let query):
            let found = try channel(query.portID, query.channelID, state)
            return .with { $0.channel = found }
        case .client(let query):
            let status = try clientStatus.value(in: state) ?? Self.active
            return .with {
                $0.client.clientID = query.clientID
                $0.client.chainID = peer
                $0.client.status = query.hasTime ? status : ""
            }
        default: throw ModuleError(.invalidArgument, "the switchboard knows channels and its client alone")
        }
    }

    func channel(_ port: String, _ channel: String, _ state: some StateReading) throws(ModuleError) -> InterchainChannel
    {
        guard let found = try channels.value(for: Self.key(port, channel), in: state) else {
            throw ModuleError(.unknownChannel, "there is no \(Self.key(port, channel))")
        }
        return found.channel
    }

    func owner(of port: String, _ state: some StateReading) throws(ModuleError) -> UInt32 {
        guard let owner = try ports.value(for: port, in: state) else {
            throw ModuleError(.portNotOwned, "nobody owns \(port)")
        }
        return owner
    }

    private static func key(_ port: String, _ channel: String) -> String { "\(port)/\(channel)" }

    private func keep(_ step: InterchainChannelStep, _ state: StateWriter) throws(ModuleError) {
        let next = try channels.value(for: Self.key(step.portID, step.channelID), in: state)?.channel.nextSequenceSend
        try keep(step.portID, step.channelID, step.end, nextSequenceSend: next ?? 1, state)
    }

    private func keep(
        _ port: String,
        _ channel: String,
        _ end: Ibc_Core_Channel_V1_Channel,
        nextSequenceSend: UInt64,
        _ state: StateWriter
    ) throws(ModuleError) {
        let kept = InterchainChannel.with {
            $0.portID = port
            $0.channelID = channel
            $0.end = end
            $0.nextSequenceSend = nextSequenceSend
            $0.clientID = Self.clientID
        }
        try channels.set(KeptChannel(kept), for: Self.key(port, channel), in: state)
    }
}

/// A channel as the stand-in keeps it. Whether the conformance of a generated type would be retroactive depends on which of
/// the two views of these sources is built.
struct KeptChannel: StateValue {
    var channel: InterchainChannel

    func encode(into bytes: inout [UInt8]) throws(ModuleError) { bytes += try channel.encodedBytes() }

    init(_ channel: InterchainChannel) { self.channel = channel }

    init(stored bytes: [UInt8]) throws(ModuleError) { channel = try InterchainChannel(decodingBytes: bytes) }
}
