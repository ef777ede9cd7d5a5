import CometBFT
import Foundation
import IBC
import InterchainEvents
import ModuleKit

extension GenesisImport {
    /// How many headers one event holds: each has at most 220 bytes, and an event at most 60 000.
    private static let headersPerEvent = 200

    /// Reads what a client has verified, in the order of the document.
    ///
    /// - Parameters:
    ///   - list: what it keeps of each height.
    ///   - hashes: the hashes of headers, as far as they are known.
    ///   - latest: the highest height that the client has verified.
    mutating func headers(_ list: JSONField?, hashes: JSONField?, until latest: IBC.Height) throws(ModuleError)
        -> [InterchainVerifiedHeader]
    {
        var headers: [InterchainVerifiedHeader] = []
        var places: [IBC.Height: Int] = [:]
        for field in try list?.elements() ?? [] {
            let height = try field["height"].height()
            guard height.height > 0, height <= latest else {
                throw field["height"].invalid("a height is above 0, and at most the client's latest one, \(latest)")
            }
            guard places.updateValue(headers.count, forKey: height) == nil else {
                throw field["height"].invalid("this height stands here twice; remove one")
            }
            headers.append(InterchainVerifiedHeader(try consensusState(field["consensus_state"]), at: height))
            try noteUnknownMembers(of: field, known: ["height", "consensus_state"], at: Self.statePlace)
        }
        try checkTimes(of: headers, in: list)
        var known: Set<IBC.Height> = []
        for field in try hashes?.elements() ?? [] {
            let height = try field["height"].height()
            guard let place = places[height], known.insert(height).inserted else {
                throw field["height"].invalid(
                    "hashes are of a height in consensus_states, and stand here once for each"
                )
            }
            headers[place].hash = Data(try field["hash"].hash().bytes)
            // A first block follows on none.
            if field["last_header_hash"].optional != nil {
                headers[place].lastHeaderHash = Data(try field["last_header_hash"].hash().bytes)
            }
            try noteUnknownMembers(of: field, known: ["height", "hash", "last_header_hash"], at: Self.hashPlace)
        }
        return headers
    }

    /// Headers whose times do not rise with their heights are misbehaviour: the next honest header would freeze the client.
    private func checkTimes(of headers: [InterchainVerifiedHeader], in list: JSONField?) throws(ModuleError) {
        let ordered = headers.sorted { Height(protobuf: $0.height) < Height(protobuf: $1.height) }
        for (lower, higher) in zip(ordered, ordered.dropFirst()) {
            guard try lower.consensusState.time < higher.consensusState.time else {
                throw list?.invalid(
                    "the times of a client's consensus states rise with their heights, and that of "
                        + "\(Height(protobuf: higher.height)) does not"
                ) ?? ModuleError.unfitting("consensus states without a list")
            }
        }
    }

    private static let statePlace = ".client_genesis.clients_consensus[].consensus_states[]"
    private static let hashPlace = ".client_genesis.header_hashes[].headers[]"

    private mutating func consensusState(_ field: JSONField) throws(ModuleError) -> TendermintConsensusState {
        guard try field["@type"].string() == TendermintConsensusState.typeURL else {
            throw field["@type"].invalid("this client verifies states of the type \(TendermintConsensusState.typeURL)")
        }
        let place = "\(Self.statePlace).consensus_state"
        try noteUnknownMembers(of: field, known: ["@type", "timestamp", "root", "next_validators_hash"], at: place)
        try noteUnknownMembers(of: field["root"], known: ["hash"], at: "\(place).root")
        let time = try field["timestamp"].blockTime()
        let root = try field["root"]["hash"].base64()
        let validators = try field["next_validators_hash"].hash()
        return try field.reading { () throws(IBCError) in
            try TendermintConsensusState(time: time, root: root, nextValidatorsHash: validators)
        }
    }

    /// Records what a client has verified, some headers in each event.
    func emit(_ headers: [InterchainVerifiedHeader], of id: ClientID) throws(ModuleError) {
        var rest = headers[...]
        while !rest.isEmpty {
            let some = Array(rest.prefix(Self.headersPerEvent))
            rest = rest.dropFirst(some.count)
            try context.emit(
                .with {
                    $0.headersImported.clientID = id.text
                    $0.headersImported.headers = some
                }
            )
        }
    }
}
