import ArgumentParser
import Foundation

/// Measures what the design promises, each figure against a baseline of the same run.
struct MeshBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mesh-bench",
        abstract:
            "Measures the log, signatures, the state tree, the pipeline, packets between chains, cross-stakes, and votes.",
        discussion: """
            Examples:
              make bench
              make bench BENCH="--only append --rounds 9"
              make bench BENCH="--open-events 1000000 --json figures.json"
            """
    )

    /// What can be measured.
    enum Row: String, CaseIterable, ExpressibleByArgument {
        case append, verify, replay, open, signatures, tree, transfers, packets
        case crossStakes = "cross-stakes"
        case bareCrossStakes = "bare-cross-stakes"
        case users, epoch, tally
    }

    @Option(help: "Measure these only; may be given several times.")
    var only: [Row] = []

    @Option(help: "How many pairs of runs the append figure is the median of.")
    var rounds = 5

    @Option(help: "How many events the log to be opened has.")
    var openEvents = 10_000_000

    @Option(help: "Where scratch folders are made; the temporary folder without it. Name a real disk to measure syncs.")
    var folder: String?

    @Option(help: "Write the figures as JSON to this file.")
    var json: String?

    /// The rows that read one and the same log.
    private func auditRows(_ rows: [Row]) throws -> [Measurement] {
        FileHandle.standardError.write(Data("making a log of transfers …\n".utf8))
        return try withScratchFolder(in: folder) { path in
            let log = try TransferLog(blocks: 60, size: 10_000, accounts: 50_000, at: path + "/home")
            var measurements: [Measurement] = []
            if rows.contains(.verify) { measurements.append(try VerifyBenchmark.run(log)) }
            if rows.contains(.replay) { measurements.append(try ReplayBenchmark.run(log, folder: path)) }
            return measurements
        }
    }

    func run() throws {
        let rows = only.isEmpty ? Row.allCases : only
        var measurements: [Measurement] = []
        if rows.contains(.verify) || rows.contains(.replay) {
            measurements.append(contentsOf: try auditRows(rows))
        }
        for row in rows {
            FileHandle.standardError.write(Data("measuring \(row.rawValue) …\n".utf8))
            switch row {
            case .append: measurements.append(try AppendBenchmark.run(blocks: 20, rounds: rounds, folder: folder))
            case .verify, .replay: break
            case .open: measurements.append(contentsOf: try OpenBenchmark.run(events: openEvents, folder: folder))
            case .signatures: measurements.append(contentsOf: try CommitBenchmark.run())
            case .tree: measurements.append(contentsOf: try StateTreeBenchmark.run(folder: folder))
            case .transfers:
                measurements.append(try PipelineBenchmark.run(blocks: 10, size: 5_000, accounts: 5_000, folder: folder))
            case .packets: measurements.append(try PacketBenchmark.run(rounds: 40, batch: 100, folder: folder))
            case .crossStakes:
                measurements.append(
                    try CrossStakeBenchmark.run(users: 10_000, batch: 250, validators: 100, folder: folder)
                )
            case .bareCrossStakes:
                measurements.append(try BareCrossStakes.run(delegators: 100_000, batch: 2_500, folder: folder))
            case .users:
                measurements.append(
                    try BareCrossStakes.byUsers([1_000, 10_000, 100_000], steps: 60, batch: 250, folder: folder)
                )
            case .epoch:
                measurements.append(try EpochBenchmark.run(validators: 150, epochs: 12, folder: folder))
            case .tally:
                measurements.append(
                    contentsOf: try TallyBenchmark.run(few: 1_000, many: 100_000, validators: 150, folder: folder)
                )
            }
        }
        print(Report.table(measurements))
        if let json { try Report.json(measurements).write(toFile: json, atomically: true, encoding: .utf8) }
    }
}

MeshBench.main()
