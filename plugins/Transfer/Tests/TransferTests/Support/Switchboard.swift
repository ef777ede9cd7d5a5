import Foundation
import IBC
import InterchainEvents
import ModuleKit

/// Stands in the place of Interchain: the same vocabulary and the same order of events, but nothing is proven.
///
/// Channels are numbered from the configuration's `first_channel` on, so that two chains name theirs differently.
struct Switchboard: ProtocolModule {
    static let manifest = Manifest(name: interchainModuleName, version: "1.0.0")

    let ports = StateMap<String, UInt32>(1, "ports")
    let channels = StateMap<String, KeptChannel>(2, "channels")
    let nextChannel = StateItem<UInt64>(3, "next_channel")

    func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        guard let first = try configuration["first_channel"].optional?.string() else { return }
        try context.emit(.with { $0.configured.authority = first })
    }

    /// Opens the channels of the transfer port that the section `switchboard` lists, each by its name or as an object with
    /// what is special: `{"channel": "channel-3", "ordering": "ordered", "version": "ics20-2", "sent": 4}`.
    func importGenesis(_ genesis: GenesisDocument, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        guard let list = genesis.appState["switchboard"].optional else { return }
        var end = Ibc_Core_Channel_V1_Channel()
        end.state = .open
        end.ordering = .unordered
        end.counterparty.portID = "transfer"
        end.counterparty.channelID = "channel-7"
        end.connectionHops = ["connection-0"]
        end.version = "ics20-1"
        for entry in try list.array() {
            let channel = try (entry["channel"].optional ?? entry).string()
            end.ordering = try entry["ordering"].optional?.string() == "ordered" ? .ordered : .unordered
            end.version = try entry["version"].optional?.string() ?? "ics20-1"
            let step = try self.step("transfer", channel, end, end.version, context)
            try context.emit(.with { $0.channelOpenConfirm = step })
            for _ in 0..<(try entry["sent"].optional?.integer() ?? 0) {
                try context.emit(
                    .with {
                        $0.packetSent.packet.sourcePort = "transfer"
                        $0.packetSent.packet.sourceChannel = channel
                    }
                )
            }
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
        default: throw ModuleError(.unknownEvent, "the switchboard does not know this answer")
        }
    }
}
