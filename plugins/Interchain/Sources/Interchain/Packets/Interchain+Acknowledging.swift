import IBC
import InterchainEvents
import ModuleKit

extension Interchain {
    /// Settles a packet by what the other end has answered. One that is settled changes nothing.
    ///
    /// The channel may be closed by now: what the other end did on receiving the packet is done, and has to be known here.
    func handle(_ request: InterchainAcknowledgePacket, _ context: Context) throws(ModuleError) {
        let packet = try Packet(sent: request.packet)
        let channel = try sender(of: packet, in: context)
        guard try isAwaited(packet, context) else { return }
        try requireRecordable(request, of: packet)
        if channel.end.ordering == .ordered {
            let next = try nextSequenceAcknowledge(channel.id, in: context)
            guard packet.sequence == next else {
                throw ModuleError(
                    .wrongSequence,
                    "the acknowledgement of \(packet.sequence) comes too early: \(channel.id) keeps the order, and waits "
                        + "for that of \(next)"
                )
            }
        }
        try verifyMembership(
            of: packet.acknowledgementPath,
            value: Acknowledgement.commitment(of: Array(request.acknowledgement)),
            through: try openConnection(channel.end.connection, in: context),
            proof: Array(request.proofAcknowledged),
            at: request.proofHeight,
            context
        )
        try context.emit(
            .with {
                $0.packetAcknowledged.packet = packet.protobuf
                $0.packetAcknowledged.acknowledgement = request.acknowledgement
                $0.packetAcknowledged.application = channel.application
                $0.packetAcknowledged.ordering = channel.end.ordering.protobuf
            }
        )
    }

    /// Checks that a packet and its acknowledgement fit into one event.
    private func requireRecordable(_ request: InterchainAcknowledgePacket, of packet: Packet) throws(ModuleError) {
        let room = Packet.recordableDataByteCount + Acknowledgement.recordableByteCount
        guard request.acknowledgement.count <= room - packet.data.count else {
            throw ModuleError(
                .packetTooLarge,
                "an acknowledgement of \(request.acknowledgement.count) bytes can't be recorded with its packet: the "
                    + "application of the other chain has to say less"
            )
        }
    }
}
