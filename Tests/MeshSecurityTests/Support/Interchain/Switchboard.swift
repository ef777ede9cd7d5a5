import Foundation
import IBC
import InterchainEvents
import ModuleKit

/// Stands in the place of Interchain: the same vocabulary and the same order of events, but nothing is proven. So the test has
/// every packet in its hand. A packet comes too late here as it does there.
struct Switchboard: ProtocolModule {
    static let manifest = Manifest(name: interchainModuleName, version: "1.0.0")

    let ports = StateMap<String, UInt32>(1, "ports")
    let channels = StateMap<String, KeptChannel>(2, "channels")
    let channelCount = StateItem<UInt64>(3, "channel_count")

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
        case .channelOpenConfirm(let request):
            var end = try channel(request.portID, request.channelID, context).end
            end.state = .open
            let step = try self.step(request.portID, request.channelID, end, end.version, context)
            try context.emit(.with { $0.channelOpenConfirm = step })
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
        guard context.block.time.nanoseconds < packet.timeoutTimestamp else {
            throw ModuleError(.invalidState, "the packet has timed out")
        }
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
