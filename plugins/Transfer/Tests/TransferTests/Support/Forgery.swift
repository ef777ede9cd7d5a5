import Foundation
import IBC
import ModuleKit
import ModuleTesting

/// Packets that no honest chain sends.
extension TransferChain {
    /// Has a text received from the other end of a channel, as if the other chain had sent it.
    func receive(
        _ data: String,
        from there: ChannelEndID,
        at here: ChannelEndID,
        sequence: UInt64 = 900
    ) throws -> Received {
        try receive(Array(data.utf8), from: there, at: here, sequence: sequence)
    }

    /// Has any bytes received.
    func receive(_ data: [UInt8], from there: ChannelEndID, at here: ChannelEndID, sequence: UInt64) throws -> Received
    {
        let packet = Ibc_Core_Channel_V1_Packet.with {
            $0.sequence = sequence
            $0.sourcePort = there.port.text
            $0.sourceChannel = there.channel.text
            $0.destinationPort = here.port.text
            $0.destinationChannel = here.channel.text
            $0.data = Data(data)
            $0.timeoutHeight = Height.zero.protobuf
            $0.timeoutTimestamp = 2_000_000_000_000_000_000
        }
        return try receive(packet)
    }

    /// The data of a packet, which may be wrong in any way.
    func data(denom: String = "uosmo", amount: String = "5", to receiver: String, memo: String? = nil) -> String {
        var object = JSONObject()
        object["denom"] = .string(denom)
        object["amount"] = .string(amount)
        object["sender"] = "osmo1somebody"
        object["receiver"] = .string(receiver)
        if let memo { object["memo"] = .string(memo) }
        return JSONValue.object(object).text()
    }
}
