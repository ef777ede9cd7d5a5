import ArgumentParser
import MeshHost
import ModuleKit
import StakingEvents
import Storage

/// `meshd query validators`.
struct QueryValidators: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "validators",
        abstract: "Lists the validators by power, with their share of all bonded stake.",
        discussion: """
            Example:
              meshd query validators --limit 10
            """
    )

    @OptionGroup var global: GlobalOptions

    @Option(name: .long, help: "How many to list.")
    var limit: Int?

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let rows = try ValidatorRow.ranked(try chain.validators())
        let shown = rows.prefix(max(0, limit ?? rows.count))
        let pool = try chain.staking { $0.pool = .init() }.pool
        let height = chain.host.lastHeader.height
        let json: JSONValue = [
            "height": .whole(height),
            "bonded": pool.bonded.document,
            "not_bonded": pool.notBonded.document,
            "validator_count": .whole(rows.count),
            "validators": .array(shown.map(\.document)),
        ]
        return Report(json) { style in
            var table = Table(
                .init("#", .right),
                .init("validator"),
                .init("tokens", .right),
                .init("share", .right),
                .init("status"),
                .init("commission", .right),
                .init("operator")
            )
            for (index, row) in shown.enumerated() {
                table.add(
                    .init((index + 1).description, .dim),
                    .init(row.validator.description_p.moniker, .bold),
                    .init(row.tokens.description.groupingDigits),
                    .init(row.share),
                    row.statusCell,
                    .init(row.validator.commission.rate.percentage),
                    .init(row.validator.operator, .dim)
                )
            }
            let omitted = rows.count > shown.count ? "… and \((rows.count - shown.count).grouped) more\n" : ""
            let title =
                "Validators at height \(height.grouped): \(pool.bonded.text) bonded, \(pool.notBonded.text) not bonded"
            return style.bold(title) + "\n" + table.text(style) + omitted
        }
    }
}

extension String {
    /// A decimal rate of at most 1 in percent, without needless digits: `0.125` is `12.5 %`.
    var percentage: String {
        let parts = split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first, utf8.allSatisfy({ $0 == 0x2E || (0x30...0x39).contains($0) })
        else {
            return self
        }
        var fraction = parts.count == 2 ? String(parts[1]) : ""
        fraction += String(repeating: "0", count: max(0, 2 - fraction.count))
        var integer = String((whole + fraction.prefix(2)).drop { $0 == "0" })
        if integer.isEmpty { integer = "0" }
        var rest = String(fraction.dropFirst(2))
        while rest.hasSuffix("0") { rest.removeLast() }
        return rest.isEmpty ? "\(integer) %" : "\(integer).\(rest) %"
    }
}
