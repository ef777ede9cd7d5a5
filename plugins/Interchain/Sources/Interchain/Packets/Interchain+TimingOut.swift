import Foundation
import IBC
import InterchainEvents
import ModuleKit

// A packet that was not received, and never will be, is taken back: because its time is past on the other chain, or because
// the other end is closed.
extension Interchain {
    /// Takes a packet back whose timeout has passed. One that is settled changes nothing.
    func handle(_ request: InterchainTimeOutPacket, _ context: Context) throws(ModuleError) {
        let packet = try Packet(sent: request.packet)
        let channel = try sender(of: packet, in: context)
        guard try isAwaited(packet, context) else { return }
        let connection = try openConnection(channel.end.connection, in: context)
        let height = Height(protobuf: request.proofHeight)
        let time = try consensusState(of: connection.client, at: height, in: context).time
        guard packet.timeout.hasElapsed(atHeight: height, time: time) else {
            throw ModuleError(
                .notTimedOut,
                "at \(height) of the other chain the packet has not timed out: prove a later height"
            )
        }
        try verifyUnreceived(
            packet,
            from: channel,
            nextSequenceReceive: request.nextSequenceReceive,
            through: connection,
            proof: request.proofUnreceived,
            at: request.proofHeight,
            context
        )
        try timeOut(packet, from: channel, context)
    }

    /// Takes a packet back that a closed end did not receive. Its time need not be past.
    func handle(_ request: InterchainTimeOutPacketOnClose, _ context: Context) throws(ModuleError) {
        let packet = try Packet(sent: request.packet)
        let channel = try sender(of: packet, in: context)
        guard try isAwaited(packet, context) else { return }
        let connection = try openConnection(channel.end.connection, in: context)
        try verifyClosed(
            channel,
            through: connection,
            proof: request.proofClose,
            at: request.proofHeight,
            context
        )
        try verifyUnreceived(
            packet,
            from: channel,
            nextSequenceReceive: request.nextSequenceReceive,
            through: connection,
            proof: request.proofUnreceived,
            at: request.proofHeight,
            context
        )
        try timeOut(packet, from: channel, context)
    }

    /// Checks that the other end has not received a packet: it has no receipt, or still waits for this sequence or an
    /// earlier one.
    private func verifyUnreceived(
        _ packet: Packet,
        from channel: LocalChannel,
        nextSequenceReceive next: UInt64,
        through connection: ConnectionEnd,
        proof: Data,
        at height: Ibc_Core_Client_V1_Height,
        _ context: Context
    ) throws(ModuleError) {
        switch channel.end.ordering {
        case .unordered:
            guard next == 0 else {
                throw ModuleError(
                    .malformedInput,
                    "\(channel.id) keeps no order, so its other end counts nothing: leave next_sequence_receive out"
                )
            }
            try verifyNonMembership(
                of: packet.receiptPath,
                through: connection,
                proof: Array(proof),
                at: height,
                context
            )
        case .ordered:
            guard next <= packet.sequence else {
                throw ModuleError(
                    .wrongSequence,
                    "the other end waits for \(next), so it has received the packet \(packet.sequence): prove its "
                        + "acknowledgement"
                )
            }
            try verifyMembership(
                of: .nextSequenceReceive(packet.destination),
                value: StoredSequence.encode(next),
                through: connection,
                proof: Array(proof),
                at: height,
                context
            )
        }
    }

    /// Records that a packet timed out, and closes an ordered channel, on which nothing can follow it.
    private func timeOut(_ packet: Packet, from channel: LocalChannel, _ context: Context) throws(ModuleError) {
        let event = channel.event(of: packet)
        try context.emit(.with { $0.packetTimedOut = event })
        guard channel.end.ordering == .ordered else { return }
        // The application may have closed it by now.
        let current = try self.channel(channel.id, in: context)
        guard current.end.state != .closed else { return }
        try close(current, because: .timeout, context)
    }
}
