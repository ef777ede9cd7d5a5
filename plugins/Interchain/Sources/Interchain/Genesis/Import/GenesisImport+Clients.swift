import Foundation
import IBC
import InterchainEvents
import ModuleKit

extension GenesisImport {
    /// Reads clients, what they have verified, and what is said of all of them.
    mutating func readClientSection(_ section: JSONField) throws(ModuleError) {
        let verified = try lists("consensus_states", byClientIn: section["clients_consensus"], ".clients_consensus[]")
        let hashes = try lists("headers", byClientIn: section[GenesisLayout.headerHashes], ".header_hashes[]")
        let forgiven = try lists(
            "height",
            byClientIn: section[GenesisLayout.forgivenHeights],
            ".\(GenesisLayout.forgivenHeights)[]"
        )
        for field in try section["clients"].elements() {
            try readClient(field, verified: verified, hashes: hashes, forgiven: forgiven)
        }
        let lists = [
            "clients_consensus", "clients_metadata", GenesisLayout.headerHashes, GenesisLayout.forgivenHeights,
        ]
        for name in lists {
            for field in try section[name].elements() { try requireClient(of: field, in: name) }
        }
        for field in try section["clients_metadata"].elements() {
            _ = try field["client_metadata"].elements()
            report.remark(
                "app_state.ibc.client_genesis.clients_metadata[]",
                "when something was verified counts for delayed connections alone, and there are none here",
                example: field.path
            )
        }
        noteParams(
            section["params"],
            unless: GenesisLayout.clientParams,
            "\(Self.clients).params",
            "this chain starts clients of \(ClientKind.prefix), whatever is allowed"
        )
        if try section["create_localhost"].optional?.bool() == true {
            skip("\(Self.clients).create_localhost", "this chain has no client of itself", section["create_localhost"])
        }
        try noteUnknownMembers(of: section, known: Self.clientSectionMembers, at: Self.clients)
    }

    private static let clients = ".client_genesis"
    private static let clientSectionMembers = [
        "clients", "clients_consensus", "clients_metadata", "params", "create_localhost", "next_client_sequence",
        GenesisLayout.headerHashes, GenesisLayout.forgivenHeights,
    ]
    private static let stateMembers = [
        "chain_id", "trust_level", "trusting_period", "unbonding_period", "max_clock_drift", "frozen_height",
        "latest_height", "proof_specs", "upgrade_path",
    ]
    /// What older versions of ibc-go say of every client.
    private static let formerStateMembers = ["allow_update_after_expiry", "allow_update_after_misbehaviour"]

    /// The lists of one member, by the client that each is of.
    private mutating func lists(_ member: String, byClientIn field: JSONField, _ place: String) throws(ModuleError)
        -> [String: JSONField]
    {
        var lists: [String: JSONField] = [:]
        for field in try field.elements() {
            let client = try field["client_id"].string()
            guard lists.updateValue(field[member], forKey: client) == nil else {
                throw field["client_id"].invalid("this client stands here twice; put both lists together")
            }
            try noteUnknownMembers(of: field, known: ["client_id", member], at: Self.clients + place)
        }
        return lists
    }

    private mutating func readClient(
        _ field: JSONField,
        verified: [String: JSONField],
        hashes: [String: JSONField],
        forgiven: [String: JSONField]
    ) throws(ModuleError) {
        let place = "\(Self.clients).clients[]"
        let name = try field["client_id"].string()
        let state = field["client_state"]
        try noteUnknownMembers(of: field, known: ["client_id", "client_state"], at: place)
        let type = try state["@type"].string()
        guard type == TendermintClientState.typeURL else {
            skip(place, "this chain has clients of CometBFT chains alone, of the kind \(ClientKind.prefix)", field)
            skippedClients.insert(name)
            return
        }
        let id = try field["client_id"].identifier(ClientID.self, countedBy: counters.clients)
        guard try !isImported(id), !skippedClients.contains(name) else {
            throw field["client_id"].invalid("this client stands here twice; remove one")
        }
        let known = ["@type"] + Self.stateMembers + Self.formerStateMembers
        try noteUnknownMembers(of: state, known: known, at: "\(place).client_state")
        for former in Self.formerStateMembers where try state[former].optional?.bool() == true {
            report.remark(
                "app_state.ibc\(place).client_state.\(former)",
                "only the authority says what becomes of a client that is frozen, and of an expired one nobody",
                example: state[former].path
            )
        }
        let message = try message(TendermintClientState.Protobuf.self, Self.stateMembers, of: state)
        let client = try supported(state, place) { () throws(IBCError) in try TendermintClientState(protobuf: message) }
        guard let client else {
            skippedClients.insert(name)
            return
        }
        let headers = try headers(verified[name], hashes: hashes[name], until: client.latestHeight)
        guard headers.contains(where: { $0.height == client.latestHeight.protobuf }) else {
            skip(place, "nothing is known of the client's latest height, so it could never be used", field)
            skippedClients.insert(name)
            return
        }
        let forgivenHeight = try forgiven[name]?.height()
        try context.emit(
            .with {
                $0.clientImported.clientID = id.text
                $0.clientImported.clientState = Data(client.encoded)
                if let forgivenHeight { $0.clientImported.forgivenHeight = forgivenHeight.protobuf }
            }
        )
        try emit(headers, of: id)
    }

    private func isImported(_ id: ClientID) throws(ModuleError) -> Bool {
        try interchain.clientStates.contains(.clientState(id), in: context)
    }

    /// Whether a client was imported; not, where it was skipped.
    ///
    /// - Throws: `invalidValue` when there is no such client at all.
    func isImportedClient(_ field: JSONField) throws(ModuleError) -> Bool {
        let id = try field.identifier(ClientID.self)
        if try isImported(id) { return true }
        guard skippedClients.contains(id.text) else {
            throw field.invalid("there is no such client in client_genesis.clients; add it, or remove this")
        }
        return false
    }

    private mutating func requireClient(of field: JSONField, in name: String) throws(ModuleError) {
        guard try !isImportedClient(field["client_id"]) else { return }
        skip("\(Self.clients).\(name)[]", "the client that this is of is skipped", field)
    }
}
