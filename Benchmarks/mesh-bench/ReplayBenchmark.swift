import Foundation
import MeshAudit
import MeshHost

/// Replaying a log into state, the state root of every block checked and the state compared at the end.
enum ReplayBenchmark {
    static func run(_ log: TransferLog, folder: String) throws -> Measurement {
        let replay = Replay(home: log.home, scratch: folder + "/replay", registry: log.chain.registry)
        let (report, time) = try seconds { try replay.run() }
        guard report.isSound else { throw BenchmarkFailure("the state differs: \(report.findings)") }
        let figure = Double(report.eventCount) / time
        return Measurement(
            name: "replay",
            value: figure,
            unit: "events/s",
            bar: "100 k events/s with the state tree",
            isMet: figure >= 100_000,
            notes: [
                "\(report.eventCount) events of transfers and delegations in \(report.blockCount) blocks over "
                    + "\(log.chain.accounts.count) accounts, \(report.entryCount) state entries compared at the end; the "
                    + "home keeps no earlier states, whose check would come on top"
            ]
        )
    }
}
