import IBC
import InterchainEvents
import ModuleKit

extension Interchain {
    /// The end that sent a packet, on this chain.
    ///
    /// - Throws: `unknownChannel`; `wrongChannelEnd` when the packet goes elsewhere than the channel.
    func sender(of packet: Packet, in state: some StateReading) throws(ModuleError) -> LocalChannel {
        let channel = try channel(packet.source, in: state)
        try channel.require(counterparty: packet.destination)
        return channel
    }

    /// The end that receives a packet, on this chain.
    ///
    /// - Throws: `unknownChannel`; `wrongChannelEnd` when the packet comes from elsewhere than the channel.
    func receiver(of packet: Packet, in state: some StateReading) throws(ModuleError) -> LocalChannel {
        let channel = try channel(packet.destination, in: state)
        try channel.require(counterparty: packet.source)
        return channel
    }

    /// Whether a packet that was sent from here is not settled yet.
    ///
    /// - Throws: `wrongPacket` when another one was sent with this sequence.
    func isAwaited(_ packet: Packet, _ context: Context) throws(ModuleError) -> Bool {
        guard let commitment = try packetCommitments.value(for: packet.commitmentPath, in: context) else {
            return false
        }
        guard commitment.bytes == packet.commitment else {
            throw ModuleError(
                .wrongPacket,
                "this is not the packet \(packet.sequence) that \(packet.source) has sent: take it from the sender's log"
            )
        }
        return true
    }

    /// Whether a packet was received.
    func isReceived(_ packet: Packet, by channel: LocalChannel, _ context: Context) throws(ModuleError) -> Bool {
        try isReceived(packet.sequence, by: channel, in: context)
    }

    /// Whether a packet of a sequence was received: there is a receipt, or the sequence is below the next one.
    func isReceived(_ sequence: UInt64, by channel: LocalChannel, in state: some StateReading) throws(ModuleError)
        -> Bool
    {
        switch channel.end.ordering {
        case .unordered: try packetReceipts.contains(.packetReceipt(channel.id, sequence: sequence), in: state)
        case .ordered: try (1..<nextSequenceReceive(channel.id, in: state)).contains(sequence)
        }
    }
}

extension LocalChannel {
    /// What an event says of a packet of this channel.
    func event(of packet: Packet) -> InterchainPacketEvent {
        .with {
            $0.packet = packet.protobuf
            $0.application = application
            $0.ordering = end.ordering.protobuf
        }
    }

    fileprivate func require(counterparty: ChannelEndID) throws(ModuleError) {
        guard end.counterparty.end == counterparty else {
            throw ModuleError(
                .wrongChannelEnd,
                "the other end of \(id) is not \(counterparty): take the packet as it was sent"
            )
        }
    }
}

extension ChannelEnd.Ordering {
    /// As events say it.
    var protobuf: Ibc_Core_Channel_V1_Order { self == .ordered ? .ordered : .unordered }
}

extension Packet {
    /// Reads a packet that is said to have been sent.
    ///
    /// - Throws: `malformedInput`; `packetTooLarge` for one that can't be recorded.
    init(sent packet: Ibc_Core_Channel_V1_Packet) throws(ModuleError) {
        try Packet.requireRecordable(dataByteCount: packet.data.count)
        self = try ModuleError.wrapping { () throws(IBCError) in try Packet(protobuf: packet) }
    }

    /// Checks that an event can hold a packet's data.
    static func requireRecordable(dataByteCount: Int) throws(ModuleError) {
        guard dataByteCount <= recordableDataByteCount else {
            throw ModuleError(
                .packetTooLarge,
                "a packet of this chain has at most \(recordableDataByteCount) bytes of data, not \(dataByteCount): send "
                    + "several"
            )
        }
    }
}
