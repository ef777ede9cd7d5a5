import Crypto
import Foundation
import MeshAudit
import Storage

/// Verifying a whole log: pages, headers, records, the event tree, receipts, dictionary, anchor.
enum VerifyBenchmark {
    static func run(_ log: TransferLog) throws -> Measurement {
        let store = try ChainStore.open(at: log.home, expectedChainID: nil, access: .readOnly)
        var records = ByteArena()
        try store.log.forEachRecord(in: 0..<min(log.eventCount, 500_000)) { (_, record) throws(StorageError) in
            records.append(record)
            return true
        }
        try store.close()
        let hashing = seconds { hashAll(records) }.seconds / Double(records.count)

        let before = processSeconds()
        let (report, time) = try seconds { try Verification(home: log.home).run() }
        let used = processSeconds() - before
        guard report.isSound else { throw BenchmarkFailure("the log is not sound: \(report.findings)") }
        let perCore = Double(report.eventCount) / used
        return Measurement(
            name: "verify",
            value: perCore,
            unit: "events/s per core",
            baseline: "SHA-256 of each record alone",
            baselineValue: 1 / hashing,
            bar: "2 M events/s per core",
            isMet: perCore >= 2_000_000,
            notes: [
                "\(report.eventCount) events of \(records.byteCount / records.count) bytes with everything around them; "
                    + "\(Report.short(Double(report.eventCount) / time)) events/s on the clock, both cores"
            ]
        )
    }

    private static func hashAll(_ records: ByteArena) {
        var sum: UInt8 = 0
        for index in records.indices {
            records.withUnsafeBytes(at: index) { bytes in
                var hasher = SHA256()
                hasher.update(bufferPointer: bytes)
                for byte in hasher.finalize().prefix(1) { sum ^= byte }
            }
        }
        withExtendedLifetime(sum) {}
    }
}

/// The processor time that this process has used on all cores, in seconds.
func processSeconds() -> Double {
    Double(clock()) / Double(CLOCKS_PER_SEC)
}
