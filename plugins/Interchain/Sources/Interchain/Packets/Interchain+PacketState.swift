import Foundation
import IBC
import InterchainEvents
import ModuleKit

extension Interchain {
    /// The sequence of the next packet that an end sends.
    func nextSequenceSend(_ id: ChannelEndID, in state: some StateReading) throws(ModuleError) -> UInt64 {
        try required(try nextSequenceSends.value(for: .nextSequenceSend(id), in: state), of: id)
    }

    /// The sequence of the next packet that an end receives; on unordered channels always 1.
    func nextSequenceReceive(_ id: ChannelEndID, in state: some StateReading) throws(ModuleError) -> UInt64 {
        try required(try nextSequenceReceives.value(for: .nextSequenceReceive(id), in: state), of: id)
    }

    /// The sequence of the next packet of an end that is acknowledged; on unordered channels always 1.
    func nextSequenceAcknowledge(_ id: ChannelEndID, in state: some StateReading) throws(ModuleError) -> UInt64 {
        try required(try nextSequenceAcknowledges.value(for: .nextSequenceAcknowledge(id), in: state), of: id)
    }

    private func required(_ sequence: UInt64?, of id: ChannelEndID) throws(ModuleError) -> UInt64 {
        guard let sequence, sequence > 0 else {
            throw ModuleError(.invalidState, "the channel \(id) has no sequences: the store is damaged")
        }
        return sequence
    }

    func applySent(_ sent: InterchainPacketEvent, to state: StateWriter) throws(ModuleError) {
        let packet = try Packet(sent: sent.packet)
        let next = try Self.next(after: packet.sequence, at: nextSequenceSend(packet.source, in: state))
        try nextSequenceSends.set(next, for: .nextSequenceSend(packet.source), in: state)
        try packetCommitments.set(try Commitment(stored: packet.commitment), for: packet.commitmentPath, in: state)
    }

    func applyReceived(_ received: InterchainPacketEvent, to state: StateWriter) throws(ModuleError) {
        let packet = try Packet(sent: received.packet)
        if received.ordering == .ordered {
            let next = try Self.next(after: packet.sequence, at: nextSequenceReceive(packet.destination, in: state))
            try nextSequenceReceives.set(next, for: .nextSequenceReceive(packet.destination), in: state)
        } else {
            guard try !packetReceipts.contains(packet.receiptPath, in: state) else {
                throw .unfitting("the packet \(packet.sequence) is received twice")
            }
            try packetReceipts.set(PacketReceipt(), for: packet.receiptPath, in: state)
        }
    }

    func apply(_ written: InterchainAcknowledgementWritten, to state: StateWriter) throws(ModuleError) {
        let id = try ChannelEndID(portID: written.portID, channelID: written.channelID)
        let path = StorePath.packetAcknowledgement(id, sequence: written.sequence)
        guard try !packetAcknowledgements.contains(path, in: state) else {
            throw .unfitting("the packet \(written.sequence) at \(id) is answered twice")
        }
        let hash = Acknowledgement.commitment(of: Array(written.acknowledgement))
        try packetAcknowledgements.set(try Commitment(stored: hash), for: path, in: state)
    }

    func apply(_ settled: InterchainPacketAcknowledged, to state: StateWriter) throws(ModuleError) {
        let packet = try Packet(sent: settled.packet)
        try settle(packet, in: state)
        guard settled.ordering == .ordered else { return }
        let next = try Self.next(after: packet.sequence, at: nextSequenceAcknowledge(packet.source, in: state))
        try nextSequenceAcknowledges.set(next, for: .nextSequenceAcknowledge(packet.source), in: state)
    }

    func applyTimedOut(_ timedOut: InterchainPacketEvent, to state: StateWriter) throws(ModuleError) {
        try settle(try Packet(sent: timedOut.packet), in: state)
    }

    /// Forgets a packet that was sent. From now on, another acknowledgement or timeout changes nothing.
    private func settle(_ packet: Packet, in state: StateWriter) throws(ModuleError) {
        guard try packetCommitments.contains(packet.commitmentPath, in: state) else {
            throw .unfitting("the packet \(packet.sequence) is settled twice")
        }
        try packetCommitments.remove(packet.commitmentPath, in: state)
    }

    /// What is next after a sequence, which must be the one that is due.
    private static func next(after sequence: UInt64, at due: UInt64) throws(ModuleError) -> UInt64 {
        let (next, isTooLarge) = sequence.addingReportingOverflow(1)
        guard sequence == due, !isTooLarge else {
            throw .unfitting("the packet \(sequence) stands where \(due) is due")
        }
        return next
    }

    func answer(_ query: InterchainPacketQuery, _ state: StateReader) throws(ModuleError) -> InterchainAnswer {
        let id = try ChannelEndID(portID: query.portID, channelID: query.channelID)
        let channel = try channel(id, in: state)
        let sequence = query.sequence
        let commitment = try packetCommitments.value(for: .packetCommitment(id, sequence: sequence), in: state)
        let isReceived = try isReceived(sequence, by: channel, in: state)
        let hash = try packetAcknowledgements.value(for: .packetAcknowledgement(id, sequence: sequence), in: state)
        return .with {
            $0.packet.commitment = Data(commitment?.bytes ?? [])
            $0.packet.received = isReceived
            $0.packet.acknowledgementHash = Data(hash?.bytes ?? [])
        }
    }
}
