import Foundation
import IBC
import InterchainEvents
import ModuleKit

/// Stands in the place of Interchain: the same vocabulary and the same order of events, but nothing is proven. While
/// its client is frozen, nothing can be sent.
struct Switchboard: ProtocolModule {
    static let manifest = Manifest(name: interchainModuleName, version: "1.0.0")

    let ports = StateMap<String, UInt32>(1, "ports")
    let channels = StateMap<String, KeptChannel>(2, "channels")
    let channelCount = StateItem<UInt64>(3, "channel_count")
    let frozen = StateItem<ModuleKit.Unit>(4, "frozen")

    /// Takes the channels over that the section `switchboard` lists, in the JSON form of `Channel`.
    func importGenesis(_ genesis: GenesisDocument, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        guard let list = genesis.appState["switchboard"].optional else { return }
        for entry in try list.array() {
            let kept = try InterchainChannel(decodingJSON: try entry.required().text())
            let step = InterchainChannelStep.with {
                $0.portID = kept.portID
                $0.channelID = kept.channelID
                $0.end = kept.end
            }
            try context.emit(.with { $0.channelOpenConfirm = step })
        }
    }

    func handle(_ message: InterchainMessage, _ context: Context) throws(ModuleError) {
        switch message.message {
        case .channelOpenInit(let request):
            var end = Ibc_Core_Channel_V1_Channel()
            end.state = .init_
            end.ordering = request.ordering
            end.counterparty.portID = request.counterpartyPortID
            end.connectionHops = [request.connectionID]
            let step = try self.step(request.portID, nil, end, request.version, context)
            try context.emit(.with { $0.channelOpenInit = step })
        case .channelOpenTry(let request):
            var end = Ibc_Core_Channel_V1_Channel()
            end.state = .tryopen
            end.ordering = request.ordering
            end.counterparty = request.counterparty
            end.connectionHops = [request.connectionID]
            let step = try self.step(request.portID, nil, end, request.counterpartyVersion, context)
            try context.emit(.with { $0.channelOpenTry = step })
        case .channelOpenAck(let request):
            var end = try channel(request.portID, request.channelID, context).end
            end.state = .open
            end.counterparty.channelID = request.counterpartyChannelID
            end.version = request.counterpartyVersion
            let step = try self.step(request.portID, request.channelID, end, request.counterpartyVersion, context)
            try context.emit(.with { $0.channelOpenAck = step })
        case .channelCloseInit(let request):
            let end = try channel(request.portID, request.channelID, context).end
            let step = try self.step(request.portID, request.channelID, end, "", context)
            try context.emit(.with { $0.channelCloseInit = step })
        case .channelCloseConfirm(let request):
            try close(request.portID, request.channelID, .counterparty, context)
        case .receivePacket(let request): try receive(request.packet, context)
        case .acknowledgePacket(let request):
            let application = try owner(of: request.packet.sourcePort, context)
            try context.emit(
                .with {
                    $0.packetAcknowledged.packet = request.packet
                    $0.packetAcknowledged.acknowledgement = request.acknowledgement
                    $0.packetAcknowledged.application = application
                }
            )
        case .timeOutPacket(let request):
            let application = try owner(of: request.packet.sourcePort, context)
            try context.emit(
                .with {
                    $0.packetTimedOut.packet = request.packet
                    $0.packetTimedOut.application = application
                }
            )
        default: throw ModuleError(.unknownMessage, "the switchboard does not know this request")
        }
    }

    var subscriptions: [Subscription<Switchboard>] {
        [
            .onTrait({ $0 is any AnswersChannels.Type }) { (module, event, origin, context) throws(ModuleError) in
                guard let answer = (event as? any AnswersChannels)?.channelAnswer else { return }
                try module.carryOut(answer, of: origin, context)
            }
        ]
    }

    private func receive(_ packet: Ibc_Core_Channel_V1_Packet, _ context: Context) throws(ModuleError) {
        let application = try owner(of: packet.destinationPort, context)
        let emission = try context.emit(
            .with {
                $0.packetReceived.packet = packet
                $0.packetReceived.application = application
            }
        )
        guard let failure = emission.failures.first(where: { $0.instance.number == application }) else { return }
        try context.emit(
            .with {
                $0.acknowledgementWritten.acknowledgement = Data(
                    Acknowledgement.failure(code: failure.error.code.number).json
                )
                $0.acknowledgementWritten.applicationFailed = true
            }
        )
    }

    private func carryOut(_ answer: InterchainChannelAnswer, of origin: EventOrigin, _ context: Context)
        throws(ModuleError)
    {
        switch answer.answer {
        case .bindPort(let request):
            try context.emit(
                .with {
                    $0.portBound.portID = request.portID
                    $0.portBound.application = origin.instance.number
                }
            )
        case .acceptChannel(let request):
            try context.emit(
                .with {
                    $0.channelAccepted.portID = request.portID
                    $0.channelAccepted.channelID = request.channelID
                    $0.channelAccepted.version = request.version
                }
            )
        case .writeAcknowledgement(let request):
            try context.emit(.with { $0.acknowledgementWritten.acknowledgement = request.acknowledgement })
        case .sendPacket(let request): try send(request, of: origin, context)
        case .closeChannel(let request): try close(request.portID, request.channelID, .application, context)
        default: throw ModuleError(.unknownEvent, "the switchboard does not know this answer")
        }
    }

    private func send(_ request: InterchainSendPacket, of origin: EventOrigin, _ context: Context) throws(ModuleError) {
        let channel = try channel(request.portID, request.channelID, context)
        guard channel.end.state == .open else {
            throw ModuleError(.channelNotOpen, "\(request.channelID) is not open")
        }
        guard try frozen.value(in: context) == nil else { throw ModuleError(.clientFrozen, "the client is frozen") }
        try Packet.requireRecordableForTest(request.data.count)
        try context.emit(
            .with {
                $0.packetSent.packet = .with {
                    $0.sequence = channel.nextSequenceSend
                    $0.sourcePort = request.portID
                    $0.sourceChannel = request.channelID
                    $0.destinationPort = channel.end.counterparty.portID
                    $0.destinationChannel = channel.end.counterparty.channelID
                    $0.data = request.data
                    $0.timeoutHeight = .init()
                    $0.timeoutTimestamp = request.timeoutTimestamp
                }
                $0.packetSent.application = origin.instance.number
            }
        )
    }

    private func close(
        _ port: String,
        _ channel: String,
        _ cause: InterchainClosingCause,
        _ context: Context
    ) throws(ModuleError) {
        var end = try self.channel(port, channel, context).end
        end.state = .closed
        var step = try self.step(port, channel, end, "", context)
        step.cause = cause
        let closed = step
        try context.emit(.with { $0.channelClosed = closed })
    }
}

extension Packet {
    fileprivate static func requireRecordableForTest(_ count: Int) throws(ModuleError) {
        guard count <= recordableDataByteCount else {
            throw ModuleError(.packetTooLarge, "a packet of \(count) bytes can't be recorded")
        }
    }
}
