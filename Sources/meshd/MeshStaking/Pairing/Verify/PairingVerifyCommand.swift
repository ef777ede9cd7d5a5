import ArgumentParser
import MeshSandbox
import ModuleKit

/// `meshd pairing verify`.
struct PairingVerifyCommand: MeshCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Checks a pairing point by point before anybody relies on it: does it hold, and why.",
        discussion: """
            Each side is a home, or a report that `meshd pairing report` made elsewhere. A point that does not hold ends the \
            command with code 1; one that neither chain can answer is left to you, and does not.

            Example:
              meshd pairing verify --provider ./provider --consumer ./consumer
              meshd pairing verify --provider-report provider.json --consumer ./consumer
            """
    )

    @OptionGroup var options: OutputOptions

    @Option(name: .long, help: "The home of the chain whose collateral is staked.")
    var provider: String?

    @Option(name: .long, help: "A report of the provider's end, in place of its home; - is standard input.")
    var providerReport: String?

    @Option(name: .long, help: "The home of the chain that it secures.")
    var consumer: String?

    @Option(name: .long, help: "A report of the consumer's end, in place of its home; - is standard input.")
    var consumerReport: String?

    @Option(name: .long, help: "The provider's end, by label or address. (default: the one for this consumer)")
    var externalStaking: String?

    @Option(name: .long, help: "The consumer's end, by label or address. (default: the one for this provider)")
    var converter: String?

    var global: GlobalOptions { options.global }

    func validate() throws {
        guard (provider == nil) != (providerReport == nil), (consumer == nil) != (consumerReport == nil) else {
            throw ValidationError(
                "Name each side once: --provider or --provider-report, and --consumer or --consumer-report."
            )
        }
    }

    func execute(_ console: Console) throws(CommandError) {
        let (ours, theirs) = try reports()
        let registry = try CommandError.wrapping { try StandardModules.registry() }
        let points = try PairingVerification(provider: ours, consumer: theirs, registry: registry).points()
        console.print(PairingVerdict(provider: ours, consumer: theirs, points: points).statement)
        let failed = points.filter { $0.verdict == .no }
        guard !failed.isEmpty else { return }
        throw CommandError(
            .checkFailed,
            "\(failed.count.counting("point")) of \(points.count) do not hold: \(failed.map(\.name).joined(separator: ", ")); "
                + "`meshd pairing plan` says what is left to do in a setup"
        )
    }

    /// What both sides show, of homes or of files.
    private func reports() throws(CommandError) -> (provider: EndReport, consumer: EndReport) {
        let (ours, theirs) = (try view(provider), try view(consumer))
        var names = (externalStaking, converter)
        if let ours, let theirs, names.0 == nil || names.1 == nil,
            let ends = try? PairingEnds(
                provider: ours,
                consumer: theirs,
                externalStaking: names.0,
                converter: names.1
            )
        {
            names = (ends.externalStaking, ends.converter)
        }
        return (
            provider: try report(of: .provider, ours, .externalStaking, names.0, file: providerReport),
            consumer: try report(of: .consumer, theirs, .converter, names.1, file: consumerReport)
        )
    }

    private func view(_ home: String?) throws(CommandError) -> ChainView? {
        guard let home else { return nil }
        return try ChainView(try Home(path: home).openForReading())
    }

    private func report(
        of side: PairingSide,
        _ chain: ChainView?,
        _ module: MeshModule,
        _ reference: String?,
        file: String?
    ) throws(CommandError) -> EndReport {
        if let chain { return try EndReport(of: try chain.label(of: module, named: reference), chain) }
        let path = file ?? "-"
        let bytes = try InputFile.bytes(path)
        let report: EndReport
        do {
            report = try EndReport(JSONField(try JSONValue(parsing: bytes)))
        } catch {
            throw CommandError(error).adding(context: path)
        }
        guard report.side == side else {
            throw CommandError(
                .badInput,
                "\(path) is a report of the \(report.side.rawValue), \(report.chain.chainID), and was named as one of the "
                    + "\(side.rawValue): perhaps the two are the wrong way round"
            )
        }
        return report
    }
}

/// The points as they are shown.
private struct PairingVerdict {
    let provider: EndReport
    let consumer: EndReport
    let points: [PairingPoint]

    private var holds: Bool { !points.contains { $0.verdict == .no } }

    var statement: Report {
        let document: JSONValue = [
            "provider": side(provider), "consumer": side(consumer), "holds": .bool(holds),
            "points": .array(
                points.map { point in
                    [
                        "name": .string(point.name), "title": .string(point.title),
                        "verdict": .string(point.verdict.rawValue), "reason": .string(point.reason),
                    ]
                }
            ),
        ]
        return Report(document) { text($0) }
    }

    private func side(_ report: EndReport) -> JSONValue {
        [
            "chain_id": .string(report.chain.chainID), "height": .whole(report.chain.height),
            "time": .string(report.chain.time.description), "end": .string(report.end.label),
            "fingerprints": .array(
                report.instances.map { ["label": .string($0.label), "fingerprint": .string($0.fingerprint)] }
            ),
        ]
    }

    private func text(_ style: Style) -> String {
        let facts = Facts(("provider", place(provider)), ("consumer", place(consumer)))
        var table = Table(.init("holds"), .init("what should hold"), .init("what was found"))
        for point in points {
            let paint: Style.Paint =
                switch point.verdict {
                case .yes: .green
                case .no: .red
                case .unknown: .yellow
                }
            table.add(
                .init(point.verdict == .unknown ? "judge" : point.verdict.rawValue, paint),
                .init(point.title),
                .init(point.reason, point.verdict == .yes ? .dim : .plain)
            )
        }
        return facts.text(style) + "\n" + table.text(style)
    }

    private func place(_ report: EndReport) -> Table.Cell {
        .init("\(report.end.label) on \(report.chain.chainID), height \(report.chain.height.grouped)", .bold)
    }
}
