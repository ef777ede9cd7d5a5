public import InterchainEvents
public import ModuleKit

/// Stands in the place of Interchain where an application of channels is tested alone: the same vocabulary and the same order
/// of events, but nothing is proven, and no commitment or receipt is kept. So a test has every packet in its hand.
///
/// There is one client, of one other chain, and every connection is over it. The messages are Interchain's own. What
/// `create_client` gives as the client's state is read as its status from then on, such as `expired`; over a client that is
/// not active, nothing is sent. Packets are received as often as they are brought, but never after their time.
///
/// Channels are numbered from the configuration's `first_channel` on, so that two chains name theirs differently.
public struct Switchboard: ProtocolModule {
    /// What it says of itself: that it is Interchain.
    public static let manifest = Manifest(name: interchainModuleName, version: "1.0.0")

    let ports = StateMap<String, UInt32>(1, "ports")
    let channels = StateMap<String, KeptChannel>(2, "channels")
    let nextChannel = StateItem<UInt64>(3, "next-channel")
    let clientStatus = StateItem<String>(4, "client-status")

    let peer: String

    /// A stand-in whose one client is of the chain `peer`.
    public init(peer: String = "peer-1") { self.peer = peer }

    /// Takes the number of the first channel.
    public func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        guard let first = try configuration["first_channel"].optional?.string() else { return }
        try context.emit(.with { $0.configured.authority = first })
    }

    /// Takes over the channels that the section `switchboard` lists; see ``SwitchboardChannel``.
    public func importGenesis(_ genesis: GenesisDocument, _ context: Context, _ report: inout GenesisReport)
        throws(ModuleError)
    {
        guard let list = genesis.appState["switchboard"].optional else { return }
        for entry in try list.array() {
            let channel = try SwitchboardChannel(entry)
            try context.emit(.with { $0.channelImported = channel.imported })
        }
    }

    /// Carries out what a relayer asks for, without any proof.
    public func handle(_ message: InterchainMessage, _ context: Context) throws(ModuleError) {
        switch message.message {
        case .createClient(let request):
            try context.emit(.with { $0.clientCreated.clientState = request.clientState })
        case .channelOpenInit, .channelOpenTry, .channelOpenAck, .channelOpenConfirm: try open(message, context)
        case .channelCloseInit, .channelCloseConfirm: try close(message, context)
        case .receivePacket(let request): try receive(request.packet, context)
        case .acknowledgePacket(let request): try acknowledge(request, context)
        case .timeOutPacket(let request): try timeOut(request.packet, context)
        default: throw ModuleError(.unknownMessage, "the switchboard does not know this request")
        }
    }

    /// Carries out what an application answers.
    public var subscriptions: [Subscription<Switchboard>] {
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
        case .sendPacket(let request): try send(request, for: origin.instance.number, context)
        case .closeChannel(let request): try close(request.portID, request.channelID, .application, context)
        default: throw ModuleError(.unknownEvent, "the switchboard does not know this answer")
        }
    }
}
