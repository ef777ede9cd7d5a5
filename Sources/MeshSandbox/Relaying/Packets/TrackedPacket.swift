import IBC

/// A packet on its way: what it is, its fate, and what was tried.
struct TrackedPacket {
    /// One thing that can be delivered of a packet.
    private struct Leg {
        /// How often the truth was submitted. What was submitted and is still due has failed, or was lost: it goes alone.
        var attempts = 0
        /// Whether the lie was told that its fate wants.
        var isForgeryTold = false
    }

    let packet: Packet
    let fate: DeliveryPolicy.Fate
    /// The height of the block that sent it: later blocks prove it.
    let sentAt: UInt64
    private let seenAt: UInt64
    /// Whether the target has received it.
    var isReceived = false
    /// Whether the sender waits no more for what becomes of it: it is acknowledged, or has timed out.
    var isSettled = false
    private var receiving = Leg()
    private var acknowledging = Leg()
    private var timingOut = Leg()

    init(_ packet: Packet, sentAt: UInt64, fate: DeliveryPolicy.Fate, seenAt: UInt64) {
        self.packet = packet
        self.sentAt = sentAt
        self.fate = fate
        self.seenAt = seenAt
    }

    var id: Delivery.PacketID { Delivery.PacketID(source: packet.source, sequence: packet.sequence) }

    /// How it is held back; nil where it is not.
    var withholding: Delivery.Treatment? {
        switch fate {
        case .dropped: .dropped
        case .delayed(let steps): .delayed(steps: steps)
        case .prompt, .duplicated, .forged: nil
        }
    }

    /// Takes note of what was submitted of it.
    mutating func note(_ delivery: Delivery) {
        switch (delivery.treatment, delivery.kind) {
        case (.forged, .acknowledgePacket): acknowledging.isForgeryTold = true
        case (.forged, _): receiving.isForgeryTold = true
        case (.prompt, .receivePacket): receiving.attempts += 1
        case (.prompt, .acknowledgePacket): acknowledging.attempts += 1
        case (.prompt, _): timingOut.attempts += 1
        default: break
        }
    }

    /// Whether it is not held back, and its block is one that can be proven.
    func canBeReceived(_ route: PacketRoute, step: UInt64) -> Bool {
        fate != .dropped && !isDelayed(since: seenAt, at: step) && sentAt < route.source.height
    }

    /// Whether its acknowledgement is not held back, and its block is one that can be proven.
    func canBeAcknowledged(_ answer: PacketFlow.Answer, _ route: PacketRoute, step: UInt64) -> Bool {
        !isDelayed(since: answer.seenAt, at: step) && answer.writtenAt < route.target.height
    }

    /// How to bring the packet to the other end.
    func reception(_ route: PacketRoute, step: UInt64, using generator: inout SplitMix64) throws(SandboxError)
        -> [RelayMessage]
    {
        guard canBeReceived(route, step: step), let truth = try route.reception(of: packet) else { return [] }
        let delivery = delivery(.receivePacket, from: route.source, to: route.target, route)
        if case .forged(let forgery) = fate, !receiving.isForgeryTold,
            let forged = try forgery.reception(of: packet, truth, delivery, route, using: &generator)
        {
            return [forged]
        }
        return copies(RelayMessage(truth, delivery, proving: route.targetClient, isAlone: receiving.attempts > 0))
    }

    /// How to bring the acknowledgement back.
    func acknowledgement(
        _ answer: PacketFlow.Answer,
        _ route: PacketRoute,
        step: UInt64,
        using generator: inout SplitMix64
    ) throws(SandboxError) -> [RelayMessage] {
        guard canBeAcknowledged(answer, route, step: step),
            let truth = try route.acknowledgement(of: packet, answer.bytes)
        else { return [] }
        let delivery = delivery(.acknowledgePacket, from: route.target, to: route.source, route)
        if case .forged(let forgery) = fate, !acknowledging.isForgeryTold,
            let forged = forgery.acknowledgement(truth, delivery, proving: route.sourceClient, using: &generator)
        {
            return [forged]
        }
        return copies(RelayMessage(truth, delivery, proving: route.sourceClient, isAlone: acknowledging.attempts > 0))
    }

    /// How to tell the sender that the packet was not received.
    func timeout(_ route: PacketRoute) throws(SandboxError) -> [RelayMessage] {
        let isClosed = route.targetChannel.end.state == .closed
        guard let truth = try route.timeout(of: packet, isClosed: isClosed) else { return [] }
        let kind: Delivery.Kind = truth.isOnClose ? .timeOutPacketOnClose : .timeOutPacket
        let delivery = delivery(kind, from: route.target, to: route.source, route)
        return [
            RelayMessage(truth.message, delivery, proving: route.sourceClient, isAlone: timingOut.attempts > 0)
        ]
    }

    private func isDelayed(since seen: UInt64, at step: UInt64) -> Bool {
        if case .delayed(let steps) = fate { step - min(step, seen) < steps } else { false }
    }

    /// Once, or twice where that is its fate; a second attempt is made once in any case.
    private func copies(_ message: RelayMessage) -> [RelayMessage] {
        guard fate == .duplicated, !message.isAlone else { return [message] }
        var again = message.delivery
        again.treatment = .duplicate
        return [message, RelayMessage(message.message, again, proving: message.client)]
    }

    private func delivery(_ kind: Delivery.Kind, from source: PublicState, to target: PublicState, _ route: PacketRoute)
        -> Delivery
    {
        Delivery(
            path: route.path,
            kind: kind,
            source: source.chainID,
            target: target.chainID,
            packet: id,
            treatment: .prompt
        )
    }
}
