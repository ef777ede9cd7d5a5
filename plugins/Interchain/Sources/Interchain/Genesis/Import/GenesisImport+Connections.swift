import IBC
import InterchainEvents
import ModuleKit

extension GenesisImport {
    /// Reads connections, and checks what is said again of whose they are.
    mutating func readConnectionSection(_ section: JSONField) throws(ModuleError) {
        for field in try section["connections"].elements() { try readConnection(field) }
        for field in try section["client_connection_paths"].elements() { try checkPaths(field) }
        noteParams(
            section["params"],
            unless: GenesisLayout.connectionParams,
            "\(Self.connections).params",
            "the time that a block takes counts for delayed connections alone, and there are none here"
        )
        try noteUnknownMembers(
            of: section,
            known: ["connections", "client_connection_paths", "next_connection_sequence", "params"],
            at: Self.connections
        )
    }

    private static let connections = ".connection_genesis"
    private static let endMembers = ["client_id", "versions", "state", "counterparty", "delay_period"]

    private mutating func readConnection(_ field: JSONField) throws(ModuleError) {
        let place = "\(Self.connections).connections[]"
        let name = try field["id"].string()
        try noteUnknownMembers(of: field, known: ["id"] + Self.endMembers, at: place)
        guard try isImportedClient(field["client_id"]) else {
            skip(place, "the client of the connection is skipped", field)
            skippedConnections.insert(name)
            return
        }
        let id = try field["id"].identifier(ConnectionID.self, countedBy: counters.connections)
        guard try !isImported(id), !skippedConnections.contains(name) else {
            throw field["id"].invalid("this connection stands here twice; remove one")
        }
        let message = try message(ConnectionEnd.Protobuf.self, Self.endMembers, of: field)
        let end = try supported(field, place) { () throws(IBCError) in try ConnectionEnd(protobuf: message) }
        guard let end else {
            skippedConnections.insert(name)
            return
        }
        guard end.versions.allSatisfy({ ConnectionVersion.standard.includes($0) }) else {
            skip(place, "this chain speaks version 1, ordered and unordered", field)
            skippedConnections.insert(name)
            return
        }
        try context.emit(
            .with {
                $0.connectionImported.connectionID = id.text
                $0.connectionImported.end = end.protobuf
            }
        )
    }

    private func isImported(_ id: ConnectionID) throws(ModuleError) -> Bool {
        try interchain.connections.contains(.connection(id), in: context)
    }

    /// A connection that was imported; nil where it was skipped.
    ///
    /// - Throws: `invalidValue` when there is no such connection at all.
    func importedConnection(_ field: JSONField) throws(ModuleError) -> ConnectionEnd? {
        let id = try field.identifier(ConnectionID.self)
        if let end = try interchain.connections.value(for: .connection(id), in: context) { return end }
        guard skippedConnections.contains(id.text) else {
            throw field.invalid("there is no such connection in connection_genesis.connections; add it, or remove this")
        }
        return nil
    }

    /// Checks the connections of a client, which its connections name as well. Older versions write them as paths.
    private mutating func checkPaths(_ field: JSONField) throws(ModuleError) {
        let place = "\(Self.connections).client_connection_paths[]"
        try noteUnknownMembers(of: field, known: ["client_id", "paths"], at: place)
        guard try isImportedClient(field["client_id"]) else {
            skip(place, "the client that this is of is skipped", field)
            return
        }
        let client = try field["client_id"].string()
        for path in try field["paths"].elements() {
            let text = try path.string()
            let start = "connections/"
            let id = try path.reading { () throws(IBCError) in
                try ConnectionID(text.hasPrefix(start) ? String(text.dropFirst(start.count)) : text)
            }
            let end = try interchain.connections.value(for: .connection(id), in: context)
            guard end?.client.text == client || skippedConnections.contains(id.text) else {
                throw path.invalid("this client has no such connection in connection_genesis.connections; correct one")
            }
        }
    }
}
