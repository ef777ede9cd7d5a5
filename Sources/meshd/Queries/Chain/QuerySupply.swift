import ArgumentParser
import BankEvents
import ModuleKit

/// `meshd query supply`.
struct QuerySupply: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "supply",
        abstract: "Shows how much there is of each denomination, or of one.",
        discussion: """
            Example:
              meshd query supply umesh
            """
    )

    @OptionGroup var global: GlobalOptions

    @Argument(help: "The denomination. (default: all)")
    var denom: String?

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        let supplies =
            if let denom { [try chain.bank { $0.supply.denom = denom }.supply] } else { try chain.supplies() }
        let json: JSONValue = [
            "supply": .array(
                supplies.map { supply in
                    [
                        "denom": .string(supply.reported.denom), "amount": .string(supply.reported.amount),
                        "existing": .string(supply.existing), "offset": .string(supply.offset),
                    ]
                }
            )
        ]
        return Report(json) { style in
            var table = Table(
                .init("denomination"),
                .init("supply", .right),
                .init("existing", .right),
                .init("offset", .right)
            )
            for supply in supplies {
                table.add(
                    .init(supply.reported.denom, .bold),
                    .init(supply.reported.amount.groupingDigits),
                    .init(supply.existing.groupingDigits),
                    .init(supply.offset)
                )
            }
            return table.text(style)
        }
    }
}
