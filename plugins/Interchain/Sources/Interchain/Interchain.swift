public import IBC
public import InterchainEvents
public import ModuleKit

/// Clients of other chains, connections, ports, channels and packets (ICS-02, 03, 04, 24).
///
/// Whatever is said of another chain comes with a proof that is checked against a header which its client has verified. So
/// relayers need no trust, and anyone may be one. Applications own ports; they are asked and told through events, and
/// answer with events of their own (`ChannelApplication`).
///
/// What another chain can ask proofs of stands under ICS-24's paths, in published collections: the state tree commits to
/// these entries under the path alone, in the store `state`. A chain has one instance of this module.
public struct Interchain: ProtocolModule {
    /// What Interchain says of itself.
    public static let manifest = Manifest(
        name: interchainModuleName,
        version: "1.0.0",
        summary: "Clients of other chains, connections, channels and packets; every message of a relayer is proven."
    )

    /// How many clients, connections and channels there are.
    public let counters = StateItem<InterchainCounters>(1, "counters")
    /// The account that may unfreeze clients; absent where that is the chain's authority.
    public let authority = StateItem<Address>(2, "authority")
    /// What clients have verified, by height.
    public let verifiedHeaders = StateMap<Pair<String, Height>, InterchainVerifiedHeader>(3, "verified_headers")
    /// The owners of ports, by number of instance.
    public let ports = StateMap<String, UInt32>(4, "ports")
    /// The ports of channels, by the channel's number.
    public let channelPorts = StateMap<UInt64, String>(5, "channel_ports")

    /// The heights up to which misbehaviour was forgiven when a client was unfrozen.
    public let forgivenHeights = StateMap<String, Height>(6, "forgiven_heights")

    /// The states of clients: `clients/{client}/clientState`.
    public let clientStates = StateMap<StorePath, TendermintClientState>(224, "client_states")
    /// What clients have verified, as IBC keeps it: `clients/{client}/consensusStates/{height}`.
    public let consensusStates = StateMap<StorePath, TendermintConsensusState>(225, "consensus_states")
    /// The ends of connections: `connections/{connection}`.
    public let connections = StateMap<StorePath, ConnectionEnd>(226, "connections")
    /// The ends of channels: `channelEnds/ports/{port}/channels/{channel}`.
    public let channels = StateMap<StorePath, ChannelEnd>(227, "channels")
    /// The sequence of the next packet to send, by channel: `nextSequenceSend/…`.
    public let nextSequenceSends = StateMap<StorePath, UInt64>(228, "next_sequence_sends")
    /// The sequence of the next packet to receive, by channel: `nextSequenceRecv/…`.
    public let nextSequenceReceives = StateMap<StorePath, UInt64>(229, "next_sequence_receives")
    /// The sequence of the next packet to be acknowledged, by channel: `nextSequenceAck/…`.
    public let nextSequenceAcknowledges = StateMap<StorePath, UInt64>(230, "next_sequence_acknowledges")
    /// The commitments of packets that were sent and are not settled: `commitments/…`.
    public let packetCommitments = StateMap<StorePath, Commitment>(231, "packet_commitments")
    /// That packets were received, on unordered channels: `receipts/…`.
    public let packetReceipts = StateMap<StorePath, PacketReceipt>(232, "packet_receipts")
    /// The hashes of acknowledgements that were written: `acks/…`.
    public let packetAcknowledgements = StateMap<StorePath, Commitment>(233, "packet_acknowledgements")

    /// The module.
    public init() {}

    /// Does what a message asks for, once it is proven.
    public func handle(_ message: InterchainMessage, _ context: Context) throws(ModuleError) {
        switch message.message {
        case .createClient(let request): try handle(request, context)
        case .updateClient(let request): try handle(request, context)
        case .submitMisbehaviour(let request): try handle(request, context)
        case .verifyPastHeaders(let request): try handle(request, context)
        case .unfreezeClient(let request): try handle(request, context)
        case .connectionOpenInit(let request): try handle(request, context)
        case .connectionOpenTry(let request): try handle(request, context)
        case .connectionOpenAck(let request): try handle(request, context)
        case .connectionOpenConfirm(let request): try handle(request, context)
        case .channelOpenInit(let request): try handle(request, context)
        case .channelOpenTry(let request): try handle(request, context)
        case .channelOpenAck(let request): try handle(request, context)
        case .channelOpenConfirm(let request): try handle(request, context)
        case .channelCloseInit(let request): try handle(request, context)
        case .channelCloseConfirm(let request): try handle(request, context)
        case .receivePacket(let request): try handle(request, context)
        case .acknowledgePacket(let request): try handle(request, context)
        case .timeOutPacket(let request): try handle(request, context)
        case .timeOutPacketOnClose(let request): try handle(request, context)
        case nil: throw ModuleError(.unknownMessage, "the message asks for nothing: set one of its requests")
        }
    }

    /// Does what an application answers, for the ports that it owns.
    public var subscriptions: [Subscription<Interchain>] {
        [
            .onTrait({ $0 is any AnswersChannels.Type }) { (interchain, event, origin, context) throws(ModuleError) in
                guard let answer = (event as? any AnswersChannels)?.channelAnswer else { return }
                switch answer.answer {
                case .bindPort(let request): try interchain.carryOut(request, of: origin, context)
                case .acceptChannel(let request): try interchain.carryOut(request, of: origin, context)
                case .writeAcknowledgement(let request): try interchain.carryOut(request, of: origin, context)
                case .sendPacket(let request): try interchain.carryOut(request, of: origin, context)
                case .closeChannel(let request): try interchain.carryOut(request, of: origin, context)
                case nil: throw ModuleError(.unknownEvent, "\(origin.instance.label) answers a channel with nothing")
                }
            }
        ]
    }

    /// Projects one of Interchain's events onto its state.
    public func apply(_ event: InterchainEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .configured(let configured): try apply(configured, to: state)
        case .clientCreated(let created): try apply(created, to: state)
        case .clientUpdated(let updated): try apply(updated, to: state)
        case .clientFrozen(let frozen): try apply(frozen, to: state)
        case .clientUnfrozen(let unfrozen): try apply(unfrozen, to: state)
        case .pastHeadersVerified(let verified): try apply(verified, to: state)
        case .connectionOpenInit(let step), .connectionOpenTry(let step):
            try apply(step, isNew: true, to: state)
        case .connectionOpenAck(let step), .connectionOpenConfirm(let step):
            try apply(step, isNew: false, to: state)
        case .portBound(let bound): try apply(bound, to: state)
        case .channelOpenInit(let step), .channelOpenTry(let step): try apply(step, isNew: true, to: state)
        case .channelOpenAck(let step), .channelOpenConfirm(let step), .channelCloseInit(let step),
            .channelClosed(let step):
            try apply(step, isNew: false, to: state)
        case .channelAccepted(let accepted): try apply(accepted, to: state)
        case .packetSent(let sent): try applySent(sent, to: state)
        case .packetReceived(let received): try applyReceived(received, to: state)
        case .acknowledgementWritten(let written): try apply(written, to: state)
        case .packetAcknowledged(let settled): try apply(settled, to: state)
        case .packetTimedOut(let settled): try applyTimedOut(settled, to: state)
        case .countersImported(let imported): try apply(imported, to: state)
        case .clientImported(let imported): try apply(imported, to: state)
        case .headersImported(let imported): try apply(imported, to: state)
        case .connectionImported(let imported): try applyImported(imported, to: state)
        case .channelImported(let imported): try apply(imported, to: state)
        case .packetsImported(let imported): try apply(imported, to: state)
        case nil: throw ModuleError(.unknownEvent, "an event of Interchain says nothing: the log is damaged")
        }
    }

    /// Answers questions about clients, connections, channels and packets.
    public func answer(_ query: InterchainQuery, _ state: StateReader) throws(ModuleError) -> InterchainAnswer {
        switch query.query {
        case .client(let query): try answer(query, state)
        case .clients(let query): try answer(query, state)
        case .verifiedHeader(let query): try answer(query, state)
        case .connection(let query): try answer(query, state)
        case .connections(let query): try answer(query, state)
        case .channel(let query): try answer(query, state)
        case .channels(let query): try answer(query, state)
        case .port(let query): try answer(query, state)
        case .packet(let query): try answer(query, state)
        case nil: throw ModuleError(.invalidArgument, "Interchain is asked nothing: set one of its questions")
        }
    }
}
