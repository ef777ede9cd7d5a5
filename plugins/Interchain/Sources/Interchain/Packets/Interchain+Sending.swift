import Foundation
import IBC
import InterchainEvents
import ModuleKit

extension Interchain {
    /// Does what an application says: it sends a packet from an end of its port.
    ///
    /// A packet that the other chain could not receive any more by what its client knows is refused, so that nobody waits
    /// for its timeout in vain.
    func carryOut(_ request: InterchainSendPacket, of origin: EventOrigin, _ context: Context) throws(ModuleError) {
        let id = try ChannelEndID(portID: request.portID, channelID: request.channelID)
        try requireOwner(of: id.port, origin, context)
        let channel = try channel(id, in: context)
        try channel.requireOpen()
        try Packet.requireRecordable(dataByteCount: request.data.count)
        let sequence = try nextSequenceSend(id, in: context)
        let counterparty = try channel.counterparty
        let packet = try ModuleError.wrapping { () throws(IBCError) in
            try Packet(
                sequence: sequence,
                source: id,
                destination: counterparty,
                data: Array(request.data),
                timeout: Timeout(
                    height: Height(protobuf: request.timeoutHeight),
                    nanosecondsSince1970: request.timeoutTimestamp
                )
            )
        }
        try requireReceivable(packet, over: channel.end.connection, context)
        let sent = channel.event(of: packet)
        try context.emit(.with { $0.packetSent = sent })
    }

    /// Checks that the other chain can still receive a packet, by the latest view of its client.
    private func requireReceivable(_ packet: Packet, over connection: ConnectionID, _ context: Context)
        throws(ModuleError)
    {
        let clientID = try openConnection(connection, in: context).client
        try requireActive(clientID, context)
        let latest = try client(clientID, in: context).latestHeight
        let time = try consensusState(of: clientID, at: latest, in: context).time
        guard !packet.timeout.hasElapsed(atHeight: latest, time: time) else {
            throw ModuleError(
                .packetTimedOut,
                "the other chain is at \(latest) already, past the timeout of the packet: give a later one"
            )
        }
    }
}
