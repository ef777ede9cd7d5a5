import Foundation
import IBC
import InterchainEvents
import ModuleKit

/// The way of a packet.
extension Switchboard {
    func send(_ request: InterchainSendPacket, for application: UInt32, _ context: Context) throws(ModuleError) {
        let channel = try channel(request.portID, request.channelID, context)
        guard channel.end.state == .open else {
            throw ModuleError(.channelNotOpen, "\(request.channelID) is not open")
        }
        guard try clientStatus.value(in: context) ?? Self.active == Self.active else {
            throw ModuleError(.clientFrozen, "the client can't be used")
        }
        guard request.data.count <= Packet.recordableDataByteCount else {
            throw ModuleError(.packetTooLarge, "a packet of \(request.data.count) bytes can't be recorded")
        }
        try context.emit(
            .with {
                $0.packetSent.packet = .with {
                    $0.sequence = channel.nextSequenceSend
                    $0.sourcePort = request.portID
                    $0.sourceChannel = request.channelID
                    $0.destinationPort = channel.end.counterparty.portID
                    $0.destinationChannel = channel.end.counterparty.channelID
                    $0.data = request.data
                    $0.timeoutHeight = request.timeoutHeight
                    $0.timeoutTimestamp = request.timeoutTimestamp
                }
                $0.packetSent.application = application
            }
        )
    }

    /// Hands a packet to its application. The failure of an application is the acknowledgement, as in Interchain.
    func receive(_ packet: Ibc_Core_Channel_V1_Packet, _ context: Context) throws(ModuleError) {
        guard packet.timeoutTimestamp == 0 || context.block.time.nanoseconds < packet.timeoutTimestamp else {
            throw ModuleError(.packetTimedOut, "the packet comes too late: bring it back to its sender")
        }
        let application = try owner(of: packet.destinationPort, context)
        let emission = try context.emit(
            .with {
                $0.packetReceived.packet = packet
                $0.packetReceived.application = application
            }
        )
        guard let failure = emission.failures.first(where: { $0.instance.number == application }) else { return }
        try context.emit(
            .with {
                $0.acknowledgementWritten.portID = packet.destinationPort
                $0.acknowledgementWritten.channelID = packet.destinationChannel
                $0.acknowledgementWritten.sequence = packet.sequence
                $0.acknowledgementWritten.acknowledgement = Data(
                    Acknowledgement.failure(code: failure.error.code.number).json
                )
                $0.acknowledgementWritten.applicationFailed = true
            }
        )
    }

    func acknowledge(_ request: InterchainAcknowledgePacket, _ context: Context) throws(ModuleError) {
        let application = try owner(of: request.packet.sourcePort, context)
        try context.emit(
            .with {
                $0.packetAcknowledged.packet = request.packet
                $0.packetAcknowledged.acknowledgement = request.acknowledgement
                $0.packetAcknowledged.application = application
            }
        )
    }

    func timeOut(_ packet: Ibc_Core_Channel_V1_Packet, _ context: Context) throws(ModuleError) {
        let application = try owner(of: packet.sourcePort, context)
        try context.emit(
            .with {
                $0.packetTimedOut.packet = packet
                $0.packetTimedOut.application = application
            }
        )
    }
}
