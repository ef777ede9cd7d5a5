import IBC
import InterchainEvents
import ModuleKit

/// Stands in the place of Interchain where proofs are off: the same vocabulary and the same order of events, but nothing
/// is proven, and no commitment or receipt is kept. Its one client is always active.
struct PacketExchange: ProtocolModule {
    static let manifest = Manifest(name: interchainModuleName, version: "1.0.0")

    let ports = StateMap<String, UInt32>(1, "ports")
    let channels = StateMap<String, KeptChannel>(2, "channels")

    func handle(_ message: InterchainMessage, _ context: Context) throws(ModuleError) {
        switch message.message {
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
        case .channelOpenInit, .channelOpenTry, .channelOpenAck, .channelOpenConfirm: try open(message, context)
        default: throw ModuleError(.unknownMessage, "the packet exchange does not know this request")
        }
    }

    /// What the application throws ends the measurement: no packet of one is refused.
    private func receive(_ packet: Ibc_Core_Channel_V1_Packet, _ context: Context) throws(ModuleError) {
        let application = try owner(of: packet.destinationPort, context)
        let emission = try context.emit(
            .with {
                $0.packetReceived.packet = packet
                $0.packetReceived.application = application
            }
        )
        if let failure = emission.failures.first { throw failure.error }
    }

    var subscriptions: [Subscription<PacketExchange>] {
        [
            .onTrait({ $0 is any AnswersChannels.Type }) { (module, event, origin, context) throws(ModuleError) in
                guard let answer = (event as? any AnswersChannels)?.channelAnswer else { return }
                try module.carryOut(answer, of: origin.instance.number, context)
            }
        ]
    }

    private func carryOut(_ answer: InterchainChannelAnswer, of application: UInt32, _ context: Context)
        throws(ModuleError)
    {
        switch answer.answer {
        case .bindPort(let request):
            try context.emit(
                .with {
                    $0.portBound.portID = request.portID
                    $0.portBound.application = application
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
        case .sendPacket(let request): try send(request, for: application, context)
        default: throw ModuleError(.unknownEvent, "the packet exchange does not know this answer")
        }
    }

    private func send(_ request: InterchainSendPacket, for application: UInt32, _ context: Context)
        throws(ModuleError)
    {
        let channel = try channel(request.portID, request.channelID, context)
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
                $0.packetSent.application = application
            }
        )
    }
}
