import ArgumentParser
import BankEvents
import ModuleKit
import TransferEvents

/// `meshd query traces`.
struct QueryTraces: ChainQuery {
    static let configuration = CommandConfiguration(
        commandName: "traces",
        abstract: "Lists the tokens of other chains: by which channels they came, and how much there is of them.",
        discussion: """
            The denomination is `ibc/` and the SHA-256 of the path.

            Example:
              meshd query traces
            """
    )

    @OptionGroup var global: GlobalOptions

    func report(_ chain: ChainView) throws(CommandError) -> Report {
        var rows: [(trace: TransferTrace, supply: String)] = []
        for trace in try chain.traces() {
            let supply = try chain.bank { $0.supply.denom = trace.denomination }.supply
            rows.append((trace, supply.reported.amount))
        }
        let all = rows
        let json: JSONValue = [
            "traces": .array(
                all.map { trace, supply in
                    [
                        "denomination": .string(trace.denomination), "path": .string(trace.path),
                        "base": .string(trace.base), "supply": .string(supply),
                    ]
                }
            )
        ]
        return Report(json) { style in
            guard !all.isEmpty else { return style.dim("no token of another chain has come here") + "\n" }
            var table = Table(.init("path"), .init("supply", .right), .init("denomination"))
            for (trace, supply) in all {
                table.add(.init(trace.path, .bold), .init(supply.groupingDigits), .init(trace.denomination, .dim))
            }
            return table.text(style)
        }
    }
}
