import IBC
import InterchainEvents

/// The packets that go from one end of a path to the other and are not settled yet.
struct PacketFlow {
    /// By sequence, lowest first.
    private(set) var packets: [TrackedPacket] = []
    /// What the receiving end answered to a packet.
    struct Answer {
        let bytes: [UInt8]
        /// The height of the block that wrote it: later blocks prove it.
        let writtenAt: UInt64
        /// The step in which the relayer saw it.
        let seenAt: UInt64
    }

    // By sequence. Only asked, never iterated.
    private var answers: [UInt64: Answer] = [:]

    /// Takes up a packet that the sender's log tells of, and draws its fate.
    mutating func follow(
        sender record: InterchainRecord,
        from end: ChannelEndID,
        _ fates: FateDrawing,
        using generator: inout SplitMix64,
        _ report: inout StepReport
    ) throws(SandboxError) {
        guard case .packetSent(let sent) = record.event.event else { return }
        guard sent.packet.sourcePort == end.port.text, sent.packet.sourceChannel == end.channel.text else { return }
        let packet = try SandboxError.relaying("a packet of '\(record.chainID)'") { try Packet(protobuf: sent.packet) }
        let tracked = TrackedPacket(
            packet,
            sentAt: record.height,
            fate: fates.draw(using: &generator),
            seenAt: fates.step
        )
        packets.append(tracked)
        guard let treatment = tracked.withholding else { return }
        report.withheld.append(
            Delivery(
                path: fates.path.name,
                kind: .receivePacket,
                source: record.chainID,
                target: fates.path.opposite(of: record.chainID),
                packet: tracked.id,
                treatment: treatment
            )
        )
    }

    /// Takes up what the receiver's log tells of: an acknowledgement.
    mutating func follow(receiver record: InterchainRecord, at end: ChannelEndID, step: UInt64) {
        guard case .acknowledgementWritten(let written) = record.event.event else { return }
        guard written.portID == end.port.text, written.channelID == end.channel.text else { return }
        answers[written.sequence] = Answer(
            bytes: Array(written.acknowledgement),
            writtenAt: record.height,
            seenAt: step
        )
    }

    /// Takes note of what was submitted.
    mutating func note(_ delivery: Delivery, of sequence: UInt64) {
        guard let index = packets.firstIndex(where: { $0.packet.sequence == sequence }) else { return }
        packets[index].note(delivery)
    }

    /// What to submit for each packet, in order. What is settled is dropped.
    mutating func plan(_ route: PacketRoute, step: UInt64, using generator: inout SplitMix64) throws(SandboxError)
        -> [RelayMessage]
    {
        var messages: [RelayMessage] = []
        var left: [TrackedPacket] = []
        // On ordered channels only the next packet can be received, and only the next one acknowledged.
        var nextToReceive = route.targetChannel.nextSequenceReceive
        var nextToAcknowledge = route.sourceChannel.nextSequenceAcknowledge
        for packet in packets {
            let sequence = packet.packet.sequence
            guard try !route.isSettled(sequence) else {
                answers[sequence] = nil
                continue
            }
            left.append(packet)
            if try route.isReceived(sequence) {
                guard let answer = answers[sequence], !route.isOrdered || sequence == nextToAcknowledge else {
                    continue
                }
                let planned = try packet.acknowledgement(answer, route, step: step, using: &generator)
                if planned.contains(where: { $0.delivery.treatment == .prompt }) { nextToAcknowledge &+= 1 }
                messages += planned
            } else if try route.canTimeOut(packet.packet) {
                messages += try packet.timeout(route)
            } else if route.targetChannel.end.state == .open, !route.isOrdered || sequence == nextToReceive {
                let planned = try packet.reception(route, step: step, using: &generator)
                if planned.contains(where: { $0.delivery.treatment == .prompt }) { nextToReceive &+= 1 }
                messages += planned
            }
        }
        packets = left
        return messages
    }
}

/// What a packet's fate is drawn from.
struct FateDrawing {
    let path: RelayPath
    let step: UInt64

    func draw(using generator: inout SplitMix64) -> DeliveryPolicy.Fate { path.policy.fate(using: &generator) }
}

extension RelayPath {
    /// The other end's chain.
    func opposite(of chainID: String) -> String { chainID == first.chainID ? second.chainID : first.chainID }
}
