import ArgumentParser
import InterchainEvents
import ModuleKit

/// `meshd query clients`.
struct QueryClients: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "clients",
        abstract: "Lists the light clients of other chains, and how far they have come.",
        discussion: """
            The status is that at the time of the last block.

            Example:
              meshd query clients
            """
    )

    @OptionGroup var global: GlobalOptions

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        var rows: [ClientRow] = []
        for client in try chain.clients() { rows.append(try ClientRow(client)) }
        let all = rows
        return Report(["clients": .array(all.map(\.document))]) { style in
            guard !all.isEmpty else { return style.dim("this chain has no clients of other chains") + "\n" }
            var table = Table(
                .init("client"),
                .init("chain"),
                .init("status"),
                .init("height", .right),
                .init("time"),
                .init("expires")
            )
            for row in all {
                table.add(
                    .init(row.client.clientID, .bold),
                    .init(row.client.chainID),
                    row.statusCell,
                    .init(row.height),
                    .init(row.time),
                    .init(row.expiry?.description ?? "", .dim)
                )
            }
            return table.text(style)
        }
    }
}

/// `meshd query client`.
struct QueryClient: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "client",
        abstract: "Shows a light client: its chain, its latest height, and what it takes as given.",
        discussion: """
            Example:
              meshd query client 07-tendermint-0
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The client, such as 07-tendermint-0.")
    var client: String

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let row = try ClientRow(try chain.client(client))
        return Report(row.document) { row.facts.text($0) }
    }
}
