import IBC
public import InterchainEvents
import ModuleKit

/// An event of Interchain, as it stands in a chain's log.
public struct InterchainRecord: Sendable, Hashable {
    /// The chain.
    public let chainID: String
    /// Its place in the log.
    public let sequence: UInt64
    /// The height of the block that recorded it.
    public let height: UInt64
    /// The event.
    public let event: InterchainEvent
}

/// A packet on its way, as a chain recorded it: who sent what, which packet went where.
public struct PacketMovement: Sendable, Hashable {
    /// What happened to it.
    public enum Step: String, Sendable, Hashable {
        /// It was sent.
        case sent
        /// It was received.
        case received
        /// Its acknowledgement was written, by the end that received it.
        case answered
        /// Its acknowledgement came back.
        case acknowledged
        /// It timed out.
        case timedOut
    }

    /// The chain on which it happened.
    public let chainID: String
    /// The height of the block.
    public let height: UInt64
    /// What happened.
    public let step: Step
    /// The end of this chain: the sender's, but for packets that were received or answered here.
    public let end: String
    /// The other chain's end; empty where the event does not say.
    public let counterparty: String
    /// The packet's sequence at the end that sent it.
    public let sequence: UInt64
    /// What the packet says; empty where the event does not say.
    public let data: [UInt8]
    /// What was answered; empty before.
    public let acknowledgement: [UInt8]

    /// What an event says of a packet; nil for one that is about none.
    public init?(_ record: InterchainRecord) {
        let packet: Ibc_Core_Channel_V1_Packet
        var answer: [UInt8] = []
        switch record.event.event {
        case .packetSent(let event): (step, packet) = (.sent, event.packet)
        case .packetReceived(let event): (step, packet) = (.received, event.packet)
        case .packetTimedOut(let event): (step, packet) = (.timedOut, event.packet)
        case .packetAcknowledged(let event):
            (step, packet) = (.acknowledged, event.packet)
            answer = Array(event.acknowledgement)
        case .acknowledgementWritten(let event):
            step = .answered
            packet = .with {
                $0.destinationPort = event.portID
                $0.destinationChannel = event.channelID
                $0.sequence = event.sequence
            }
            answer = Array(event.acknowledgement)
        default: return nil
        }
        let source = packet.sourcePort.isEmpty ? "" : "\(packet.sourcePort)/\(packet.sourceChannel)"
        let destination = "\(packet.destinationPort)/\(packet.destinationChannel)"
        let isHere = step == .received || step == .answered
        chainID = record.chainID
        height = record.height
        end = isHere ? destination : source
        counterparty = isHere ? source : destination
        sequence = packet.sequence
        data = Array(packet.data)
        acknowledgement = answer
    }
}
