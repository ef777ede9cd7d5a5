import CometBFT
import Foundation
import IBC
import Interchain
import InterchainEvents
import ModuleKit

/// Where packets go: from an open end on one chain to the other end, as both chains stand now.
struct PacketRoute {
    let path: String
    private(set) var source: PublicState
    let sourceChannel: PublicState.Channel
    /// The source's client of the target.
    let sourceClient: ClientID?
    private(set) var target: PublicState
    let targetChannel: PublicState.Channel
    /// The target's client of the source.
    let targetClient: ClientID?

    /// The way back.
    var reversed: PacketRoute {
        PacketRoute(
            path: path,
            source: target,
            sourceChannel: targetChannel,
            sourceClient: targetClient,
            target: source,
            targetChannel: sourceChannel,
            targetClient: sourceClient
        )
    }

    /// Whether packets keep their order.
    var isOrdered: Bool { sourceChannel.end.ordering == .ordered }

    /// The route, with proofs at hand: that the source has sent packets, and that the target has answered others.
    ///
    /// Those of each chain are made in one go, and both chains' at once.
    func provingAhead(
        commitmentsOf sent: [Packet],
        acknowledgementsOf answered: [Packet]
    ) throws(SandboxError) -> PacketRoute {
        let interchain = PublicState.interchain
        let works = [
            (source, sent.map(\.commitmentPath), interchain.packetCommitments.number),
            (target, answered.map(\.acknowledgementPath), interchain.packetAcknowledgements.number),
        ]
        let states = try works.concurrentMap { (state, paths, collection) throws(SandboxError) in
            try state.provingAhead(paths, inCollection: collection)
        }
        var route = self
        (route.source, route.target) = (states[0], states[1])
        return route
    }

    /// Whether a packet that was not received never will be: its time is past on the target, or the end there is closed.
    func canTimeOut(_ packet: Packet) throws(SandboxError) -> Bool {
        if targetChannel.end.state == .closed { return true }
        return try hasElapsed(packet)
    }

    /// Whether a packet's time is past by the target's last header.
    func hasElapsed(_ packet: Packet) throws(SandboxError) -> Bool {
        // A signed header has the block's own time.
        let time = try SandboxError.relaying("the time of '\(target.chainID)'") { try BlockTime(target.time) }
        return packet.timeout.hasElapsed(atHeight: target.lastHeight, time: time)
    }

    /// The message that brings a packet; nil until it can be proven, and when it would come too late.
    func reception(of packet: Packet) throws(SandboxError) -> InterchainMessage? {
        let nextHeight = target.height(target.height.addingReportingOverflow(1).partialValue)
        guard !packet.timeout.hasElapsed(atHeight: nextHeight) else { return nil }
        let entry = try source.proof(of: packet.commitmentPath, in: PublicState.interchain.packetCommitments)
        guard let entry, entry.value == packet.commitment else { return nil }
        return .with {
            $0.receivePacket.packet = packet.protobuf
            $0.receivePacket.proofCommitment = Data(entry.proof)
            $0.receivePacket.proofHeight = entry.height.protobuf
        }
    }

    /// The message that brings an acknowledgement back; nil until it can be proven.
    func acknowledgement(of packet: Packet, _ answer: [UInt8]) throws(SandboxError) -> InterchainMessage? {
        let collection = PublicState.interchain.packetAcknowledgements
        let entry = try target.proof(of: packet.acknowledgementPath, in: collection)
        guard let entry, entry.value == Acknowledgement.commitment(of: answer) else { return nil }
        return .with {
            $0.acknowledgePacket.packet = packet.protobuf
            $0.acknowledgePacket.acknowledgement = Data(answer)
            $0.acknowledgePacket.proofAcknowledged = Data(entry.proof)
            $0.acknowledgePacket.proofHeight = entry.height.protobuf
        }
    }

    /// The message that tells of a timeout; nil until it can be proven.
    ///
    /// - Parameter isClosed: whether the closed end is the reason, unless the packet's time is past anyway.
    func timeout(of packet: Packet, isClosed: Bool) throws(SandboxError) -> (
        message: InterchainMessage, isOnClose: Bool
    )? {
        guard let absence = try absence(of: packet) else { return nil }
        guard isClosed, try !hasElapsed(packet) else {
            let message = InterchainMessage.with {
                $0.timeOutPacket.packet = packet.protobuf
                $0.timeOutPacket.proofUnreceived = Data(absence.entry.proof)
                $0.timeOutPacket.proofHeight = absence.entry.height.protobuf
                $0.timeOutPacket.nextSequenceReceive = absence.nextSequenceReceive
            }
            return (message, false)
        }
        guard let closed = try target.closedChannel(targetChannel.id) else { return nil }
        let message = InterchainMessage.with {
            $0.timeOutPacketOnClose.packet = packet.protobuf
            $0.timeOutPacketOnClose.proofUnreceived = Data(absence.entry.proof)
            $0.timeOutPacketOnClose.proofClose = Data(closed.proof)
            $0.timeOutPacketOnClose.proofHeight = closed.height.protobuf
            $0.timeOutPacketOnClose.nextSequenceReceive = absence.nextSequenceReceive
        }
        return (message, true)
    }

    /// The proof that the target had not received a packet before its last block; nil where it had.
    ///
    /// On ordered channels the next sequence says so, on others that there is no receipt.
    private func absence(of packet: Packet) throws(SandboxError) -> (entry: ProvenEntry, nextSequenceReceive: UInt64)? {
        guard isOrdered else {
            let entry = try target.proof(of: packet.receiptPath, in: PublicState.interchain.packetReceipts)
            guard let entry, entry.value == nil else { return nil }
            return (entry, 0)
        }
        let entry = try target.proof(
            of: .nextSequenceReceive(packet.destination),
            in: PublicState.interchain.nextSequenceReceives
        )
        guard let entry, let value = entry.value else { return nil }
        let next = try SandboxError.relaying("the next sequence of \(packet.destination)") {
            try StoredSequence.decode(value)
        }
        return next <= packet.sequence ? (entry, next) : nil
    }
}

extension PublicState {
    /// The proof that an end of a channel was closed before the last block; nil where it was not.
    func closedChannel(_ id: ChannelEndID) throws(SandboxError) -> ProvenEntry? {
        let entry = try proof(of: .channelEnd(id), in: Self.interchain.channels)
        guard let entry, let value = entry.value else { return nil }
        let end = try SandboxError.relaying("the channel \(id) of '\(chainID)'") { try ChannelEnd(encoded: value) }
        return end.state == .closed ? entry : nil
    }
}
