import MeshSandbox
import ModuleKit
import Storage

/// What a simulation came to, for people and for programs.
struct SimulationVerdict {
    private let result: SimulationReport

    init(_ report: SimulationReport) { result = report }

    /// Prints the verdict.
    ///
    /// - Throws: `checkFailed` when something did not hold.
    func conclude(_ console: Console) throws(CommandError) {
        console.print(report)
        guard let violation = result.violation else { return }
        throw CommandError(
            .checkFailed,
            "\(violation.invariant) does not hold: `meshd simulate --seed \(result.options.seed) --steps "
                + "\(violation.stepCount) --chains \(result.options.chainCount)` shows it again"
        )
    }

    var report: Report {
        var operations = JSONObject()
        for operation in result.operations { operations[operation.name.underscored] = .whole(operation.count) }
        var packets = JSONObject()
        for (fate, count) in result.packets { packets[fate.rawValue] = .whole(count) }
        let json: JSONValue = [
            "seed": .whole(result.options.seed),
            "steps": .whole(result.stepCount),
            "holds": .bool(result.violation == nil),
            "operations": .object(operations),
            "transactions": .whole(result.transactionCount),
            "failed_transactions": .whole(result.failedTransactionCount),
            "refused_forgeries": .whole(result.refusedForgeryCount),
            "packets": .object(packets),
            "infractions": .whole(result.infractionCount),
            "slashes": .whole(result.slashCount),
            "cuts": .whole(result.cutCount),
            "chains": .array(result.chains.map(\.document)),
            "violation": result.violation?.document ?? .null,
        ]
        return Report(json, text: text)
    }

    private func text(_ style: Style) -> String {
        [headline(style), facts.text(style), chains.text(style)].joined(separator: "\n")
    }

    private func headline(_ style: Style) -> String {
        let figures = "\(result.stepCount.counting("step")), seed \(result.options.seed)"
        guard let violation = result.violation else {
            return "\(style.paint("✓ simulate", .green))  everything held: \(figures)\n"
        }
        var lines = "\(style.paint("✗ simulate", .red))  \(figures)\n"
        for line in violation.lines { lines += "  \(style.paint(violation.invariant, .red)): \(line.printable)\n" }
        lines += "  after \(violation.stepCount.counting("step")), \(violation.moment.shown)"
        lines += violation.isReproduced ? ": no shorter run was found\n" : "; the same steps did not lead to it again\n"
        lines += style.dim("  what happened last, by steps of the network") + "\n"
        for line in violation.trace { lines += "    \(line.printable)\n" }
        return lines
    }

    private var facts: Facts {
        var facts = Facts(
            (
                "transactions",
                .init("\(result.transactionCount.grouped), \(result.failedTransactionCount.grouped) failed")
            ),
            ("refused forgeries", .init(result.refusedForgeryCount.grouped))
        )
        let packets = result.packets.filter { $0.count > 0 }.map { "\($0.count.grouped) \($0.fate.rawValue)" }
        facts.add("packets", .init(packets.joined(separator: ", ")))
        facts.add(
            "slashes",
            .init(
                "\(result.slashCount.grouped), \(result.infractionCount.counting("infraction")) proven, "
                    + "\(result.cutCount.counting("other lien")) cut"
            )
        )
        for operation in result.operations { facts.add(operation.name, .init(operation.count.grouped)) }
        return facts
    }

    private var chains: Table {
        var table = Table(.init("chain"), .init("height", .right), .init("events", .right), .init("app hash"))
        for chain in result.chains {
            table.add(
                .init(chain.chainID, .bold),
                .init(chain.height.grouped),
                .init(chain.eventCount.grouped),
                .init(chain.appHash.hexadecimal)
            )
        }
        return table
    }
}

extension SimulationViolation.Moment {
    /// When it was found, for people.
    fileprivate var shown: String {
        switch self {
        case .step: "at once"
        case .settled: "when everything had been settled"
        case .audit: "when the logs were audited"
        }
    }
}

extension SimulationReport.Chain {
    fileprivate var document: JSONValue {
        [
            "chain_id": .string(chainID),
            "height": .whole(height),
            "events": .whole(eventCount),
            "app_hash": .string(appHash.hexadecimal),
        ]
    }
}

extension SimulationViolation {
    fileprivate var document: JSONValue {
        [
            "invariant": .string(invariant),
            "lines": .array(lines.map { .string($0) }),
            "moment": .string(moment.rawValue),
            "steps": .whole(stepCount),
            "is_reproduced": .bool(isReproduced),
            "trace": .array(trace.map { .string($0) }),
        ]
    }
}

extension String {
    /// The name as a member of a document.
    fileprivate var underscored: String { replacing(" ", with: "_") }
}
