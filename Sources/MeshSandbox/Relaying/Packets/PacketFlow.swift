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

    /// Takes up what the sender's log tells of: a packet, whose fate is drawn, or that one is settled.
    mutating func follow(
        sender record: InterchainRecord,
        from end: ChannelEndID,
        _ fates: FateDrawing,
        using generator: inout SplitMix64,
        _ report: inout StepReport
    ) throws(SandboxError) {
        switch record.event.event {
        case .packetSent(let event) where event.packet.isSent(from: end):
            let packet = try SandboxError.relaying("a packet of '\(record.chainID)'") {
                try Packet(protobuf: event.packet)
            }
            take(packet, of: record, fates, using: &generator, &report)
        case .packetAcknowledged(let event) where event.packet.isSent(from: end):
            update(event.packet.sequence) { $0.isSettled = true }
        case .packetTimedOut(let event) where event.packet.isSent(from: end):
            update(event.packet.sequence) { $0.isSettled = true }
        default: break
        }
    }

    private mutating func take(
        _ packet: Packet,
        of record: InterchainRecord,
        _ fates: FateDrawing,
        using generator: inout SplitMix64,
        _ report: inout StepReport
    ) {
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

    /// Takes up what the receiver's log tells of: that a packet was received, or its acknowledgement.
    mutating func follow(receiver record: InterchainRecord, at end: ChannelEndID, step: UInt64) {
        switch record.event.event {
        case .packetReceived(let event) where event.packet.isSent(to: end):
            update(event.packet.sequence) { $0.isReceived = true }
        case .acknowledgementWritten(let written)
        where written.portID == end.port.text && written.channelID == end.channel.text:
            answers[written.sequence] = Answer(
                bytes: Array(written.acknowledgement),
                writtenAt: record.height,
                seenAt: step
            )
        default: break
        }
    }

    /// Takes note of what was submitted.
    mutating func note(_ delivery: Delivery, of sequence: UInt64) {
        update(sequence) { $0.note(delivery) }
    }

    /// Changes what is known of a packet. Nothing happens to one that is not on its way.
    private mutating func update(_ sequence: UInt64, _ change: (inout TrackedPacket) -> Void) {
        var (low, high) = (0, packets.count)
        while low < high {
            let middle = (low + high) / 2
            if packets[middle].packet.sequence < sequence { low = middle + 1 } else { high = middle }
        }
        guard low < packets.count, packets[low].packet.sequence == sequence else { return }
        change(&packets[low])
    }

    /// What to submit for each packet, in order. What is settled is dropped.
    mutating func plan(_ route: PacketRoute, step: UInt64, using generator: inout SplitMix64) throws(SandboxError)
        -> [RelayMessage]
    {
        for packet in packets where packet.isSettled { answers[packet.packet.sequence] = nil }
        packets.removeAll(where: \.isSettled)
        let route = try provingAhead(route, step: step)
        var messages: [RelayMessage] = []
        // On ordered channels only the next packet can be received, and only the next one acknowledged.
        var nextToReceive = route.targetChannel.nextSequenceReceive
        var nextToAcknowledge = route.sourceChannel.nextSequenceAcknowledge
        for packet in packets {
            let sequence = packet.packet.sequence
            if packet.isReceived {
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
        return messages
    }

    /// The route, with the proofs at hand of what can be delivered.
    private func provingAhead(_ route: PacketRoute, step: UInt64) throws(SandboxError) -> PacketRoute {
        var (sent, answered): ([Packet], [Packet]) = ([], [])
        for packet in packets {
            if !packet.isReceived {
                if packet.canBeReceived(route, step: step) { sent.append(packet.packet) }
            } else if let answer = answers[packet.packet.sequence],
                packet.canBeAcknowledged(answer, route, step: step)
            {
                answered.append(packet.packet)
            }
        }
        return try route.provingAhead(commitmentsOf: sent, acknowledgementsOf: answered)
    }
}

extension Ibc_Core_Channel_V1_Packet {
    fileprivate func isSent(from end: ChannelEndID) -> Bool {
        sourcePort == end.port.text && sourceChannel == end.channel.text
    }

    fileprivate func isSent(to end: ChannelEndID) -> Bool {
        destinationPort == end.port.text && destinationChannel == end.channel.text
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
