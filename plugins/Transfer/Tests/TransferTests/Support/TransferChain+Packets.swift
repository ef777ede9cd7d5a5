import Foundation
import IBC
import InterchainEvents
import InterchainTesting
import ModuleKit
import ModuleTesting
import Testing
import Transfer
import TransferEvents

/// Channels and packets.
extension TransferChain {
    @discardableResult
    func relay(_ message: InterchainMessage) throws -> Outcome<Transfer> {
        try harness.when(message, to: Switchboard.self, from: Self.relayer)
    }

    /// Opens a channel to another chain; the ends on both.
    func connect(to other: TransferChain) throws -> (here: ChannelEndID, there: ChannelEndID) {
        let begun = try relay(TransferHandshake.openInit).thenSucceeded()
        let here = try #require(begun.events.of(InterchainEvent.self).first).channelOpenInit.channelID
        let tried = try other.relay(TransferHandshake.openTry(here)).thenSucceeded()
        let there = try #require(tried.events.of(InterchainEvent.self).first).channelOpenTry.channelID
        try relay(TransferHandshake.openAck(here, there)).thenSucceeded()
        try other.relay(TransferHandshake.openConfirm(there)).thenSucceeded()
        return (
            ChannelEndID(port: .transfer, channel: try ChannelID(here)),
            ChannelEndID(port: .transfer, channel: try ChannelID(there))
        )
    }

    /// Asks for a transfer; what came of it.
    func trySend(
        _ coin: String,
        through end: ChannelEndID,
        from sender: Address,
        to receiver: String,
        memo: String = "",
        timeout: UInt64 = 2_000_000_000_000_000_000
    ) throws -> Outcome<Transfer> {
        let coin = try Coin(coin)
        let message = TransferMessage.with {
            $0.transfer.sourceChannel = end.channel.text
            $0.transfer.token = ProtoCoin(coin)
            $0.transfer.receiver = receiver
            $0.transfer.timeoutTimestamp = timeout
            $0.transfer.memo = memo
        }
        return try harness.when(message, from: sender)
    }

    /// Sends tokens; the packet.
    func send(
        _ coin: String,
        through end: ChannelEndID,
        from sender: Address,
        to receiver: String,
        memo: String = ""
    ) throws -> Ibc_Core_Channel_V1_Packet {
        let outcome = try trySend(coin, through: end, from: sender, to: receiver, memo: memo).thenSucceeded()
        return try #require(outcome.sentPackets.first)
    }

    /// Has a packet received; its acknowledgement.
    func receive(_ packet: Ibc_Core_Channel_V1_Packet) throws -> Received {
        Received(outcome: try relay(.with { $0.receivePacket.packet = packet }).thenSucceeded())
    }

    /// Has a packet acknowledged.
    @discardableResult
    func acknowledge(_ packet: Ibc_Core_Channel_V1_Packet, _ acknowledgement: String) throws -> Outcome<Transfer> {
        try relay(
            .with {
                $0.acknowledgePacket.packet = packet
                $0.acknowledgePacket.acknowledgement = Data(acknowledgement.utf8)
            }
        ).thenSucceeded()
    }

    /// Has a packet time out.
    @discardableResult
    func timeOut(_ packet: Ibc_Core_Channel_V1_Packet) throws -> Outcome<Transfer> {
        try relay(.with { $0.timeOutPacket.packet = packet }).thenSucceeded()
    }
}

extension SwitchboardChannel {
    /// An open channel of the transfer port, unordered and of the version that is spoken here.
    static func transfer(_ channel: String, sentCount: UInt64 = 0) -> Self {
        var known = Self(port: "transfer", channel: channel)
        (known.version, known.sentCount) = ("ics20-1", sentCount)
        return known
    }
}
