import Foundation
import IBC
import Interchain
import InterchainEvents
import ModuleKit
import ModuleTesting
import SwiftProtobuf
import Testing

extension Correspondence {
    /// When a packet times out that is not about timeouts: a day after the chains began.
    static let tomorrow = HarnessOptions().genesisTime.nanoseconds + 86_400_000_000_000

    /// Sends a text from one side.
    func post(_ text: String, from side: Side, height: Height? = nil, time: UInt64? = nil) throws -> Packet {
        let outcome = try tryPosting(text, from: side, height: height, time: time).thenSucceeded()
        let event = try #require(outcome.emitted.first { $0.packetSent.hasPacket })
        return try Packet(protobuf: event.packetSent.packet)
    }

    @discardableResult
    func tryPosting(_ text: String, from side: Side, height: Height? = nil, time: UInt64? = nil) throws
        -> Outcome<Interchain>
    {
        let end = try #require(ends[side])
        return try tell(
            side,
            .with {
                $0.post.portID = end.port.text
                $0.post.channelID = end.channel.text
                $0.post.text = text
                if let height { $0.post.timeoutHeight = height.protobuf }
                $0.post.timeoutTimestamp = time ?? (height == nil ? Self.tomorrow : 0)
            }
        )
    }

    /// Brings a packet to the other side, with a proof.
    @discardableResult
    func receive(_ packet: Packet, workLimit: UInt64 = .max) throws -> Outcome<Interchain> {
        let outcome = try send(receiveMessage(packet), to: side(of: packet.destination), workLimit: workLimit)
        noteAcknowledgements(packet, in: outcome)
        return outcome
    }

    /// Brings the other side's answer back, with a proof.
    @discardableResult
    func acknowledge(_ packet: Packet, workLimit: UInt64 = .max) throws -> Outcome<Interchain> {
        try send(acknowledgeMessage(packet), to: side(of: packet.source), workLimit: workLimit)
    }

    /// Takes a packet back, with a proof that the other side has not received it.
    @discardableResult
    func timeOut(_ packet: Packet) throws -> Outcome<Interchain> {
        try send(timeOutMessage(packet), to: side(of: packet.source))
    }

    /// Takes a packet back, with proofs that the other side is closed and has not received it.
    @discardableResult
    func timeOutOnClose(_ packet: Packet) throws -> Outcome<Interchain> {
        try send(timeOutOnCloseMessage(packet), to: side(of: packet.source))
    }

    func receiveMessage(_ packet: Packet) throws -> InterchainMessage {
        let proof = try prove(packet.commitmentPath, on: side(of: packet.source))
        return .with {
            $0.receivePacket.packet = packet.protobuf
            $0.receivePacket.proofCommitment = proof.bytes
            $0.receivePacket.proofHeight = proof.height
        }
    }

    func acknowledgeMessage(_ packet: Packet) throws -> InterchainMessage {
        let proof = try prove(packet.acknowledgementPath, on: side(of: packet.destination))
        return .with {
            $0.acknowledgePacket.packet = packet.protobuf
            $0.acknowledgePacket.acknowledgement = acknowledgements[packet] ?? Data(Acknowledgement.success.json)
            $0.acknowledgePacket.proofAcknowledged = proof.bytes
            $0.acknowledgePacket.proofHeight = proof.height
        }
    }

    func timeOutMessage(_ packet: Packet) throws -> InterchainMessage {
        let next = try nextSequenceReceive(for: packet)
        let proof = try prove(unreceivedPath(of: packet), on: side(of: packet.destination))
        return .with {
            $0.timeOutPacket.packet = packet.protobuf
            $0.timeOutPacket.proofUnreceived = proof.bytes
            $0.timeOutPacket.proofHeight = proof.height
            $0.timeOutPacket.nextSequenceReceive = next
        }
    }

    func timeOutOnCloseMessage(_ packet: Packet) throws -> InterchainMessage {
        let next = try nextSequenceReceive(for: packet)
        let far = side(of: packet.destination)
        let unreceived = try prove(unreceivedPath(of: packet), on: far)
        let closed = try chain(far).proof(of: .channelEnd(packet.destination))
        return .with {
            $0.timeOutPacketOnClose.packet = packet.protobuf
            $0.timeOutPacketOnClose.proofUnreceived = unreceived.bytes
            $0.timeOutPacketOnClose.proofClose = closed.bytes
            $0.timeOutPacketOnClose.proofHeight = closed.height
            $0.timeOutPacketOnClose.nextSequenceReceive = next
        }
    }

    private func unreceivedPath(of packet: Packet) -> StorePath {
        ordering == .ordered ? .nextSequenceReceive(packet.destination) : packet.receiptPath
    }

    private func nextSequenceReceive(for packet: Packet) throws -> UInt64 {
        guard ordering == .ordered else { return 0 }
        return try channel(side(of: packet.destination)).nextSequenceReceive
    }
}
