import Foundation
import Storage

/// Opening a long log, ready for the next block; and an inclusion proof out of it.
enum OpenBenchmark {
    static func run(events: Int, folder: String?) throws -> [Measurement] {
        try withScratchFolder(in: folder) { path in
            try build(events: events, at: path)
            let before = residentBytes()
            let (store, open) = try seconds { try ChainStore.open(at: path, expectedChainID: "bench-1") }
            let (height, ready) = try seconds { try store.nextHeight() }
            let grown = residentBytes() - before
            var proofs: [Double] = []
            let count = try store.log.count()
            for step in 0..<200 {
                let sequence = UInt64(step) * (count / 200)
                let (proof, time) = try seconds { try store.log.inclusionProof(of: sequence, atSize: count) }
                guard let record = try store.log.record(at: sequence), let header = try store.log.latestHeader(),
                    proof.verify(record: record.span.bytes, root: header.eventRoot)
                else { throw BenchmarkFailure("the proof of event \(sequence) does not verify") }
                proofs.append(time)
            }
            try store.close()
            let milliseconds = (open + ready) * 1_000
            let proof = proofs.sorted()[proofs.count / 2] * 1_000
            return [
                Measurement(
                    name: "open",
                    value: milliseconds,
                    unit: "ms",
                    bar: "under 100 ms",
                    isMet: milliseconds < 100,
                    notes: ["\(count) events, ready for block \(height), resident memory grew by \(grown / 1024) KiB"]
                ),
                Measurement(
                    name: "inclusion proof",
                    value: proof,
                    unit: "ms",
                    bar: "under 1 ms",
                    isMet: proof < 1,
                    notes: ["out of \(count) events, median of \(proofs.count), each verified"]
                ),
            ]
        }
    }

    private static func build(events: Int, at path: String) throws {
        let store = try ChainStore.create(at: path, chainID: "bench-1", options: .init(durability: .none))
        for block in 0..<max(1, events / AppendBenchmark.blockRecords) {
            let records = AppendBenchmark.records(block: block)
            try store.append(BlockContent(height: UInt64(block), timeNanoseconds: UInt64(block), records: records))
                .wait()
        }
        try store.close()
    }
}
