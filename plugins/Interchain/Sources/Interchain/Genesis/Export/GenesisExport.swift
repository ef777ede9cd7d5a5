import CometBFT
import Foundation
import IBC
import InterchainEvents
import ModuleKit

/// Writes what is kept as ibc-go writes it: protobuf's JSON, with hashes of CometBFT in hexadecimal.
enum GenesisExport {
    static func number(_ number: UInt64) -> JSONValue { .string("\(number)") }

    static func height(_ height: IBC.Height) -> JSONValue {
        ["revision_number": number(height.revision), "revision_height": number(height.height)]
    }

    static func client(_ client: TendermintClientState) throws(ModuleError) -> JSONValue {
        var object = try members(of: client.protobuf, after: [("@type", .string(TendermintClientState.typeURL))])
        // Protobuf leaves zeros out; a client that is not frozen says so in full.
        object["frozen_height"] = height(client.isFrozen ? TendermintClientState.frozenMark : .zero)
        object["latest_height"] = height(client.latestHeight)
        return .object(object)
    }

    static func consensusState(_ header: InterchainVerifiedHeader) throws(ModuleError) -> JSONValue {
        [
            "height": height(IBC.Height(protobuf: header.height)),
            "consensus_state": [
                "@type": .string(TendermintConsensusState.typeURL),
                "timestamp": try JSONValue(parsing: try header.time.json()),
                "root": ["hash": .string(header.root.base64EncodedString())],
                "next_validators_hash": hexadecimal(header.nextValidatorsHash),
            ],
        ]
    }

    static func hashes(_ header: InterchainVerifiedHeader) -> JSONValue {
        var object = JSONObject()
        object["height"] = height(IBC.Height(protobuf: header.height))
        object["hash"] = hexadecimal(header.hash)
        if !header.lastHeaderHash.isEmpty { object["last_header_hash"] = hexadecimal(header.lastHeaderHash) }
        return .object(object)
    }

    static func connection(_ end: ConnectionEnd, _ id: String) throws(ModuleError) -> JSONValue {
        var object = try members(of: end.protobuf, after: [("id", .string(id))])
        object["delay_period"] = number(0)
        return .object(object)
    }

    static func channel(_ end: ChannelEnd, _ id: ChannelEndID) throws(ModuleError) -> JSONValue {
        var object = try members(of: end.protobuf, after: [])
        object["port_id"] = .string(id.port.text)
        object["channel_id"] = .string(id.channel.text)
        return .object(object)
    }

    static func sequence(_ sequence: UInt64, _ id: ChannelEndID) -> JSONValue {
        ["port_id": .string(id.port.text), "channel_id": .string(id.channel.text), "sequence": number(sequence)]
    }

    static func packet(_ kept: some StateValue, _ place: PacketPlace) throws(ModuleError) -> JSONValue {
        var bytes: [UInt8] = []
        try kept.encode(into: &bytes)
        return [
            "port_id": .string(place.end.port.text),
            "channel_id": .string(place.end.channel.text),
            "sequence": number(place.sequence),
            "data": .string(Data(bytes).base64EncodedString()),
        ]
    }

    /// The members of a message, behind others.
    private static func members(of message: some Message, after first: [(String, JSONValue)]) throws(ModuleError)
        -> JSONObject
    {
        var object = JSONObject()
        for (name, value) in first { object[name] = value }
        for (name, field) in try JSONField(try JSONValue(parsing: try message.json())).members() {
            object[name] = field.value
        }
        return object
    }

    private static func hexadecimal(_ bytes: Data) -> JSONValue {
        let digits = Array("0123456789ABCDEF")
        return .string(String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }))
    }
}
