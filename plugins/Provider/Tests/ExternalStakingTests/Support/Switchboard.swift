import Foundation
import IBC
import InterchainEvents
import ModuleKit

/// Stands in the place of Interchain: the same vocabulary and the same order of events, but nothing is proven.
///
/// Its one client is of `consumer-1`, and has the status that the last `create_client` gave as its state. Over a
/// client that is not active, nothing is sent.
struct Switchboard: ProtocolModule {
    static let manifest = Manifest(name: interchainModuleName, version: "1.0.0")

    let ports = StateMap<String, UInt32>(1, "ports")
    let channels = StateMap<String, KeptChannel>(2, "channels")
    let nextChannel = StateItem<UInt64>(3, "next_channel")
    let clientStatus = StateItem<String>(4, "client_status")

    /// Opens the channel that the section `switchboard` names, for the first port that was bound.
    func importGenesis(_ genesis: GenesisDocument, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        guard let channel = try genesis.appState["switchboard"].optional?["channel"].string(),
            let port = try ports.entries(in: context, limit: 1).first?.key
        else { return }
        var end = Ibc_Core_Channel_V1_Channel()
        end.state = .open
        end.ordering = .unordered
        end.counterparty.portID = "mesh.converter"
        end.counterparty.channelID = "channel-9"
        end.connectionHops = ["connection-0"]
        let imported = end
        try context.emit(
            .with {
                $0.channelImported.portID = port
                $0.channelImported.channelID = channel
                $0.channelImported.end = imported
                // Beyond all that the exporting chain has sent.
                $0.channelImported.nextSequenceSend = 100
            }
        )
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
            let step = try self.step(request.portID, request.channelID, end, request.counterpartyVersion, context)
            try context.emit(.with { $0.channelOpenAck = step })
        case .channelOpenConfirm(let request):
            var end = try channel(request.portID, request.channelID, context).end
            end.state = .open
            let step = try self.step(request.portID, request.channelID, end, end.version, context)
            try context.emit(.with { $0.channelOpenConfirm = step })
        case .channelCloseInit(let request):
            let end = try channel(request.portID, request.channelID, context).end
            let step = try self.step(request.portID, request.channelID, end, end.version, context)
            try context.emit(.with { $0.channelCloseInit = step })
        case .channelCloseConfirm(let request):
            try close(request.portID, request.channelID, .counterparty, context)
        case .createClient(let request):
            try context.emit(.with { $0.clientCreated.clientState = request.clientState })
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
                $0.acknowledgementWritten.portID = packet.destinationPort
                $0.acknowledgementWritten.channelID = packet.destinationChannel
                $0.acknowledgementWritten.sequence = packet.sequence
                $0.acknowledgementWritten.acknowledgement = Data(
                    Acknowledgement.failure(code: failure.error.code.number).json
                )
                $0.acknowledgementWritten.applicationFailed = true
            }
        )
    }

    private func close(_ port: String, _ id: String, _ cause: InterchainClosingCause, _ context: Context)
        throws(ModuleError)
    {
        var end = try channel(port, id, context).end
        guard end.state == .open else { throw ModuleError(.channelNotOpen, "\(id) is not open") }
        end.state = .closed
        var step = try self.step(port, id, end, "", context)
        step.cause = cause
        let closed = step
        try context.emit(.with { $0.channelClosed = closed })
    }

    private func step(
        _ port: String,
        _ channel: String?,
        _ end: Ibc_Core_Channel_V1_Channel,
        _ version: String,
        _ context: Context
    ) throws(ModuleError) -> InterchainChannelStep {
        let application = try owner(of: port, context)
        let number = try nextChannel.value(in: context) ?? 0
        return .with {
            $0.portID = port
            $0.channelID = channel ?? "channel-\(number)"
            $0.end = end
            $0.application = application
            $0.proposedVersion = version
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

    private func carryOut(_ answer: InterchainChannelAnswer, of origin: EventOrigin, _ context: Context)
        throws(ModuleError)
    {
        switch answer.answer {
        case .bindPort(let request):
            guard try !ports.contains(request.portID, in: context) else {
                throw ModuleError(.portNotOwned, "the port \(request.portID) is taken")
            }
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
            try context.emit(
                .with {
                    $0.acknowledgementWritten.portID = request.portID
                    $0.acknowledgementWritten.channelID = request.channelID
                    $0.acknowledgementWritten.sequence = request.sequence
                    $0.acknowledgementWritten.acknowledgement = request.acknowledgement
                }
            )
        case .sendPacket(let request):
            let channel = try channel(request.portID, request.channelID, context)
            guard channel.end.state == .open else {
                throw ModuleError(.channelNotOpen, "\(request.channelID) is not open")
            }
            guard try clientStatus.value(in: context) ?? "active" == "active" else {
                throw ModuleError(.clientFrozen, "the client can't be used")
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
                        $0.timeoutHeight = request.timeoutHeight
                        $0.timeoutTimestamp = request.timeoutTimestamp
                    }
                    $0.packetSent.application = origin.instance.number
                }
            )
        case .closeChannel(let request): try close(request.portID, request.channelID, .application, context)
        default: throw ModuleError(.unknownEvent, "the switchboard does not know this answer")
        }
    }
}
