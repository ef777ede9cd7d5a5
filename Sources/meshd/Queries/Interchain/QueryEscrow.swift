import ArgumentParser
import IBC
import InterchainEvents
import ModuleKit
import TransferEvents

/// `meshd query escrow`.
struct QueryEscrow: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "escrow",
        abstract: "Shows what has gone to other chains and has not come back, by channel and denomination.",
        discussion: """
            Each channel has an escrow account of its own, which nobody can sign for.

            Example:
              meshd query escrow channel-0
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The channel, such as channel-0. (default: all of the transfer module's port)")
    var channel: String?

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let port = try chain.transfer { $0.settings = .init() }.settings.portID
        let channels =
            if let channel { [try chain.channel(try ChannelEndID(port: port, channel: channel))] } else {
                try chain.channels().filter { $0.portID == port }
            }
        var rows: [EscrowRow] = []
        for channel in channels {
            let (address, tokens) = try chain.escrow(of: channel.channelID)
            rows.append(EscrowRow(channel: try ChannelRow(channel), address: address, tokens: tokens))
        }
        let all = rows
        return Report(["port_id": .string(port), "escrows": .array(all.map(\.document))]) { style in
            guard !all.isEmpty else { return style.dim("the port \(port) has no channels") + "\n" }
            var table = Table(
                .init("channel"),
                .init("amount", .right),
                .init("denomination"),
                .init("other end"),
                .init("escrow account")
            )
            for row in all { table.rows += row.cells }
            return table.text(style)
        }
    }
}

/// What waits in the escrow account of one channel.
private struct EscrowRow {
    let channel: ChannelRow
    let address: String
    let tokens: [ProtoCoin]

    /// The escrow as programs read it.
    var document: JSONValue {
        [
            "channel_id": .string(channel.channel.channelID),
            "address": .string(address),
            "tokens": .array(tokens.map(\.document)),
        ]
    }

    /// A line for each denomination; one with a dash for an empty escrow.
    var cells: [[Table.Cell]] {
        let amounts: [(Table.Cell, Table.Cell)] =
            tokens.isEmpty
            ? [(.init("–", .dim), "")] : tokens.map { (.init($0.amount.groupingDigits), .init($0.denom)) }
        return amounts.map { amount, denomination in
            [
                .init(channel.channel.channelID, .bold), amount, denomination, .init(channel.counterparty),
                .init(address, .dim),
            ]
        }
    }
}
