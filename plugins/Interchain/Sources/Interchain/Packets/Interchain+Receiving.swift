import Foundation
import IBC
import InterchainEvents
import ModuleKit

// A packet that the other chain has sent is received, whatever its application makes of it: an application that fails is
// rolled back alone, and the other end is told so in an acknowledgement. Every packet that is received has one.
extension Interchain {
    /// Receives a packet. One that was received before changes nothing.
    func handle(_ request: InterchainReceivePacket, _ context: Context) throws(ModuleError) {
        let packet = try Packet(sent: request.packet)
        let channel = try receiver(of: packet, in: context)
        try channel.requireOpen()
        guard try !isReceived(packet, by: channel, context) else { return }
        try requireInTime(packet, context)
        try requireInOrder(packet, by: channel, context)
        try verifyMembership(
            of: packet.commitmentPath,
            value: packet.commitment,
            through: try openConnection(channel.end.connection, in: context),
            proof: Array(request.proofCommitment),
            at: request.proofHeight,
            context
        )
        let received = channel.event(of: packet)
        let emission = try context.emit(.with { $0.packetReceived = received })
        guard try !packetAcknowledgements.contains(packet.acknowledgementPath, in: context) else { return }
        try acknowledge(packet, insteadOf: channel.application, emission, context)
    }

    /// Does what an application says: it answers the packet that is being received.
    func carryOut(_ request: InterchainWriteAcknowledgement, of origin: EventOrigin, _ context: Context)
        throws(ModuleError)
    {
        let id = try ChannelEndID(portID: request.portID, channelID: request.channelID)
        try requireOwner(of: id.port, origin, context)
        let channel = try channel(id, in: context)
        guard (1...Acknowledgement.recordableByteCount).contains(request.acknowledgement.count) else {
            throw ModuleError(
                request.acknowledgement.isEmpty ? .invalidAcknowledgement : .packetTooLarge,
                "an acknowledgement has 1 to \(Acknowledgement.recordableByteCount) bytes, not "
                    + "\(request.acknowledgement.count): say something short"
            )
        }
        let path = StorePath.packetAcknowledgement(id, sequence: request.sequence)
        guard try isReceived(request.sequence, by: channel, in: context),
            try !packetAcknowledgements.contains(path, in: context)
        else {
            throw ModuleError(
                .invalidAcknowledgement,
                "no packet \(request.sequence) at \(id) waits for an acknowledgement: answer each packet once, while it is "
                    + "being received"
            )
        }
        try context.emit(
            .with {
                $0.acknowledgementWritten.portID = id.port.text
                $0.acknowledgementWritten.channelID = id.channel.text
                $0.acknowledgementWritten.sequence = request.sequence
                $0.acknowledgementWritten.acknowledgement = request.acknowledgement
            }
        )
    }

    /// Answers a packet in the place of an application that failed, with its code alone, or did not answer, with code 1.
    private func acknowledge(
        _ packet: Packet,
        insteadOf application: UInt32,
        _ emission: Emission,
        _ context: Context
    ) throws(ModuleError) {
        let failure = emission.failures.first { $0.instance.number == application }
        let acknowledgement = Acknowledgement.failure(code: failure?.error.code.number ?? 1)
        try context.emit(
            .with {
                $0.acknowledgementWritten.portID = packet.destination.port.text
                $0.acknowledgementWritten.channelID = packet.destination.channel.text
                $0.acknowledgementWritten.sequence = packet.sequence
                $0.acknowledgementWritten.acknowledgement = Data(acknowledgement.json)
                $0.acknowledgementWritten.applicationFailed = true
            }
        )
    }

    /// Checks that a packet may still be received in this block. The sender may have taken it back otherwise.
    private func requireInTime(_ packet: Packet, _ context: Context) throws(ModuleError) {
        let revision = Height.revision(ofChainID: context.block.chainID) ?? 0
        let height = Height(revision: revision, height: context.block.height)
        let isLate = packet.timeout.nanosecondsSince1970.map { context.block.time.nanoseconds >= $0 } ?? false
        guard !packet.timeout.hasElapsed(atHeight: height), !isLate else {
            throw ModuleError(
                .packetTimedOut,
                "the packet timed out before height \(height) of this chain: prove its timeout to the sender"
            )
        }
    }

    private func requireInOrder(_ packet: Packet, by channel: LocalChannel, _ context: Context) throws(ModuleError) {
        guard channel.end.ordering == .ordered else { return }
        let next = try nextSequenceReceive(channel.id, in: context)
        guard packet.sequence == next else {
            throw ModuleError(
                .wrongSequence,
                "the packet \(packet.sequence) comes too early: \(channel.id) keeps the order, and waits for \(next)"
            )
        }
    }
}
