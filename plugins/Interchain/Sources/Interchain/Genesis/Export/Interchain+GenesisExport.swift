import IBC
import InterchainEvents
public import ModuleKit

extension Interchain {
    /// Writes the section `ibc` in the layout of ibc-go, such that importing it gives the same state on a chain whose
    /// applications bind the same ports.
    ///
    /// `client_genesis.header_hashes` is a member of our own, from which past headers are verified: `[{client_id,
    /// headers: [{height, hash, last_header_hash}]}]`, hashes in hexadecimal, of the headers that a client has seen.
    /// `client_genesis.forgiven_heights` is another: `[{client_id, height}]`, up to which misbehaviour was forgiven.
    /// Ports and the authority are not written: applications bind theirs again, and the authority is a setting.
    ///
    /// A walk over all that is kept.
    public func exportGenesis(_ state: StateReader) throws(ModuleError) -> [(section: String, value: JSONValue)] {
        let section: JSONValue = [
            "client_genesis": try clientSection(state),
            "connection_genesis": try connectionSection(state),
            "channel_genesis": try channelSection(state),
        ]
        return [(GenesisLayout.section, section)]
    }

    private func clientSection(_ state: StateReader) throws(ModuleError) -> JSONValue {
        var clients: [JSONValue] = []
        var consensus: [JSONValue] = []
        var hashes: [JSONValue] = []
        var forgiven: [JSONValue] = []
        try clientStates.forEach(in: state) { (path, client) throws(ModuleError) in
            let id = try path.identifier(ClientID.self).text
            clients.append(["client_id": .string(id), "client_state": try GenesisExport.client(client)])
            var known: [JSONValue] = []
            var seen: [JSONValue] = []
            try verifiedHeaders.forEach(startingWith: id, in: state) { (_, header) throws(ModuleError) in
                known.append(try GenesisExport.consensusState(header))
                if !header.hash.isEmpty { seen.append(GenesisExport.hashes(header)) }
                return true
            }
            consensus.append(["client_id": .string(id), "consensus_states": .array(known)])
            if let height = try forgivenHeights.value(for: id, in: state) {
                forgiven.append(["client_id": .string(id), "height": GenesisExport.height(height)])
            }
            if !seen.isEmpty { hashes.append(["client_id": .string(id), "headers": .array(seen)]) }
            return true
        }
        return [
            "clients": .array(clients),
            "clients_consensus": .array(consensus),
            "clients_metadata": [],
            "params": GenesisLayout.clientParams,
            "create_localhost": false,
            "next_client_sequence": GenesisExport.number(try counters.value(in: state)?.clients ?? 0),
            GenesisLayout.headerHashes: .array(hashes),
            GenesisLayout.forgivenHeights: .array(forgiven),
        ]
    }

    private func connectionSection(_ state: StateReader) throws(ModuleError) -> JSONValue {
        var ends: [JSONValue] = []
        var paths: [String: [JSONValue]] = [:]
        try connections.forEach(in: state) { (path, end) throws(ModuleError) in
            let id = try path.identifier(ConnectionID.self).text
            ends.append(try GenesisExport.connection(end, id))
            paths[end.client.text, default: []].append(.string(id))
            return true
        }
        var byClient: [JSONValue] = []
        try clientStates.forEach(in: state) { (path, _) throws(ModuleError) in
            let id = try path.identifier(ClientID.self).text
            if let ids = paths[id] { byClient.append(["client_id": .string(id), "paths": .array(ids)]) }
            return true
        }
        return [
            "connections": .array(ends),
            "client_connection_paths": .array(byClient),
            "next_connection_sequence": GenesisExport.number(try counters.value(in: state)?.connections ?? 0),
            "params": GenesisLayout.connectionParams,
        ]
    }

    private func channelSection(_ state: StateReader) throws(ModuleError) -> JSONValue {
        var ends: [JSONValue] = []
        var (sends, receives, acknowledges): ([JSONValue], [JSONValue], [JSONValue]) = ([], [], [])
        try channelPorts.forEach(in: state) { (number, port) throws(ModuleError) in
            let id = try ChannelEndID(portID: port, channelID: ChannelID(number: number).text)
            ends.append(try GenesisExport.channel(try channel(id, in: state).end, id))
            sends.append(GenesisExport.sequence(try nextSequenceSend(id, in: state), id))
            receives.append(GenesisExport.sequence(try nextSequenceReceive(id, in: state), id))
            acknowledges.append(GenesisExport.sequence(try nextSequenceAcknowledge(id, in: state), id))
            return true
        }
        return [
            "channels": .array(ends),
            "acknowledgements": .array(try packets(packetAcknowledgements, state)),
            "commitments": .array(try packets(packetCommitments, state)),
            "receipts": .array(try packets(packetReceipts, state)),
            "send_sequences": .array(sends),
            "recv_sequences": .array(receives),
            "ack_sequences": .array(acknowledges),
            "next_channel_sequence": GenesisExport.number(try counters.value(in: state)?.channels ?? 0),
            "params": GenesisLayout.channelParams,
        ]
    }

    private func packets<Kept: StateValue>(_ map: StateMap<StorePath, Kept>, _ state: StateReader) throws(ModuleError)
        -> [JSONValue]
    {
        var list: [JSONValue] = []
        try map.forEach(in: state) { (path, kept) throws(ModuleError) in
            list.append(try GenesisExport.packet(kept, try PacketPlace(path)))
            return true
        }
        return list
    }
}
