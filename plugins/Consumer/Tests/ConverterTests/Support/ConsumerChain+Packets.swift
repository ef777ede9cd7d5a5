import ControlChannel
import Converter
import Foundation
import IBC
import InterchainEvents
import InterchainTesting
import ModuleKit
import ModuleTesting
import Testing

/// Channels and packets.
extension ConsumerChain {
    @discardableResult
    func relay(_ message: InterchainMessage) throws -> Outcome<Converter> {
        try harness.when(message, to: Switchboard.self, from: Self.relayer)
    }

    func openInit(
        version: String = "",
        ordering: Ibc_Core_Channel_V1_Order = .unordered,
        connection: String = "connection-0",
        counterparty: String = providerPort
    ) throws -> Outcome<Converter> {
        let port = try port
        return try relay(
            .with {
                $0.channelOpenInit.portID = port
                $0.channelOpenInit.connectionID = connection
                $0.channelOpenInit.ordering = ordering
                $0.channelOpenInit.counterpartyPortID = counterparty
                $0.channelOpenInit.version = version
            }
        )
    }

    func openAck(_ channel: String = "channel-0", version: String = "1.0.0") throws -> Outcome<Converter> {
        let port = try port
        return try relay(
            .with {
                $0.channelOpenAck.portID = port
                $0.channelOpenAck.channelID = channel
                $0.channelOpenAck.counterpartyChannelID = "channel-7"
                $0.channelOpenAck.counterpartyVersion = Self.version(version)
            }
        )
    }

    static func version(_ number: String) -> String { #"{"protocol":"mesh-security","version":"\#(number)"}"# }

    func openChannel(version: String = "1.0.0") throws {
        try openInit().thenSucceeded()
        try openAck(version: version).thenSucceeded()
    }

    func closeConfirm(_ channel: String = "channel-0") throws -> Outcome<Converter> {
        let port = try port
        return try relay(
            .with {
                $0.channelCloseConfirm.portID = port
                $0.channelCloseConfirm.channelID = channel
            }
        )
    }

    /// Has a packet of the provider received; the acknowledgement.
    @discardableResult
    func receive(_ text: String, channel: String = "channel-0") throws -> Acknowledgement {
        let port = try port
        let outcome = try relay(
            .with {
                $0.receivePacket.packet = .with {
                    $0.sequence = 1
                    $0.sourcePort = Self.providerPort
                    $0.sourceChannel = "channel-7"
                    $0.destinationPort = port
                    $0.destinationChannel = channel
                    $0.data = Data(text.utf8)
                    $0.timeoutHeight = .init()
                    $0.timeoutTimestamp = 2_000_000_000_000_000_000
                }
            }
        ).thenSucceeded()
        let events = outcome.events.of(InterchainEvent.self)
        let written = try #require(events.last { $0.acknowledgementWritten != .init() }).acknowledgementWritten
        return try Acknowledgement(json: [UInt8](written.acknowledgement))
    }

    @discardableResult
    func stake(_ amount: String, by delegator: String = "osmo1alice", at number: Int = 1, denom: String = "uosmo")
        throws
        -> Acknowledgement
    {
        try receive(
            #"{"stake":{"delegator":"\#(delegator)","validator":"\#(validator(number))","#
                + #""stake":{"denom":"\#(denom)","amount":"\#(amount)"},"tx_id":1}}"#
        )
    }

    @discardableResult
    func unstake(_ amount: String, by delegator: String = "osmo1alice", at number: Int = 1, denom: String = "uosmo")
        throws -> Acknowledgement
    {
        try receive(
            #"{"unstake":{"delegator":"\#(delegator)","validator":"\#(validator(number))","#
                + #""unstake":{"denom":"\#(denom)","amount":"\#(amount)"},"tx_id":9223372036854775808}}"#
        )
    }

    @discardableResult
    func burn(_ amount: String, of delegator: String? = nil, at numbers: Int..., denom: String = "uosmo") throws
        -> Acknowledgement
    {
        let names = numbers.map { #""\#(validator($0))""# }.joined(separator: ",")
        let attribution = delegator.map { #","delegator":"\#($0)","tx_id":5"# } ?? ""
        return try receive(
            #"{"burn":{"validators":[\#(names)],"burn":{"denom":"\#(denom)","amount":"\#(amount)"}\#(attribution)}}"#
        )
    }

    /// Has a packet of the converter acknowledged, which never fails.
    @discardableResult
    func acknowledge(_ packet: Ibc_Core_Channel_V1_Packet, _ answer: String = #"{"result":"e30="}"#) throws
        -> Outcome<Converter>
    {
        try settle(
            .with {
                $0.acknowledgePacket.packet = packet
                $0.acknowledgePacket.acknowledgement = Data(answer.utf8)
            }
        )
    }

    /// Has a packet of the converter time out, which never fails.
    @discardableResult
    func timeOut(_ packet: Ibc_Core_Channel_V1_Packet) throws -> Outcome<Converter> {
        try settle(.with { $0.timeOutPacket.packet = packet })
    }

    private func settle(_ message: InterchainMessage) throws -> Outcome<Converter> {
        let outcome = try relay(message).thenSucceeded()
        #expect(!outcome.events.of(HarnessEvent.self).contains { $0.reactionFailed != .init() })
        return outcome
    }
}

extension Acknowledgement {
    /// The success of the reference: `{"result":"e30="}`.
    static let done = Acknowledgement.result(ControlAcknowledgement.emptyResult)

    /// Whether it is an error whose text contains another.
    func isRefused(_ text: String) -> Bool {
        if case .error(let said) = self { said.contains(text) } else { false }
    }
}

extension [RecordedEvent] {
    /// The packets that were sent.
    var sentPackets: [Ibc_Core_Channel_V1_Packet] {
        of(InterchainEvent.self).compactMap { if case .packetSent(let sent) = $0.event { sent.packet } else { nil } }
    }
}

extension BlockOutcome {
    /// The packets that were sent.
    var sentPackets: [Ibc_Core_Channel_V1_Packet] { events.sentPackets }
}

extension Ibc_Core_Channel_V1_Packet {
    /// What it says, as text.
    var text: String { String(decoding: data, as: UTF8.self) }

    /// What it says about validators; nil for another packet.
    func validatorSetUpdate(_ version: ControlVersion = .newest) throws -> ValidatorSetUpdatePacket? {
        guard case .validatorSetUpdate(let update) = try ConsumerPacket(json: [UInt8](data), version: version) else {
            return nil
        }
        return update
    }

    /// What it hands back; nil for another packet.
    var handBack: InternalUnstakePacket? {
        get throws {
            guard case .internalUnstake(let packet) = try ConsumerPacket(json: [UInt8](data), version: .newest) else {
                return nil
            }
            return packet
        }
    }
}
