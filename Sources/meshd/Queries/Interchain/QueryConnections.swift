import ArgumentParser
import IBC
import InterchainEvents
import ModuleKit

/// `meshd query connections`.
struct QueryConnections: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "connections",
        abstract: "Lists the connections to other chains.",
        discussion: """
            Example:
              meshd query connections
            """
    )

    @OptionGroup var global: GlobalOptions

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        var rows: [ConnectionRow] = []
        for connection in try chain.connections() { rows.append(try ConnectionRow(connection, chain)) }
        let all = rows
        return Report(["connections": .array(all.map(\.document))]) { style in
            guard !all.isEmpty else { return style.dim("this chain has no connections") + "\n" }
            var table = Table(
                .init("connection"),
                .init("state"),
                .init("client"),
                .init("chain"),
                .init("other end"),
                .init("its client"),
                .init("its store")
            )
            for row in all {
                let other = row.end.counterparty
                table.add(
                    .init(row.id, .bold),
                    row.end.state.cell,
                    .init(row.end.client.text),
                    .init(row.chainID),
                    .init(other.connection?.text ?? "–"),
                    .init(other.client.text),
                    .init(other.prefix.text, .dim)
                )
            }
            return table.text(style)
        }
    }
}

/// A connection as it is shown, with the chain to which it leads.
private struct ConnectionRow {
    let id: String
    let end: ConnectionEnd
    let chainID: String

    init(_ connection: InterchainConnection, _ chain: ChainView) throws(CommandError) {
        id = connection.connectionID
        let end = try CommandError.readingStored("the connection \(id)") {
            try ConnectionEnd(protobuf: connection.end)
        }
        self.end = end
        chainID = try chain.client(end.client.text).chainID
    }

    /// The connection as programs read it.
    var document: JSONValue {
        let other = end.counterparty
        return [
            "connection_id": .string(id),
            "state": .string(end.state.name),
            "client_id": .string(end.client.text),
            "chain_id": .string(chainID),
            "counterparty": [
                "connection_id": .optional(other.connection?.text),
                "client_id": .string(other.client.text),
                "prefix": .string(other.prefix.text),
            ],
            "versions": .array(
                end.versions.map { version in
                    [
                        "identifier": .string(version.identifier),
                        "features": .array(version.features.map { .string($0) }),
                    ]
                }
            ),
        ]
    }
}
