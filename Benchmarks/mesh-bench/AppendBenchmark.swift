import CBaseline
import Foundation
import Storage

/// Appending 200-byte events in blocks of 10 000, each block synced, hashing included.
enum AppendBenchmark {
    static let recordBytes = 200
    static let blockRecords = 10_000

    static func run(blocks: Int, rounds: Int, folder: String?) throws -> Measurement {
        var ours: [Double] = []
        var theirs: [Double] = []
        for _ in 0..<rounds {
            theirs.append(try baseline(blocks: blocks, folder: folder))
            ours.append(try append(blocks: blocks, folder: folder))
        }
        let count = Double(blocks * blockRecords)
        let ratios = zip(ours, theirs).map { $1 / $0 }.sorted()
        let figure = count / ours.sorted()[rounds / 2]
        let baselineFigure = figure / ratios[rounds / 2]
        return Measurement(
            name: "append",
            value: figure,
            unit: "events/s",
            baseline: "C, bare LMDB",
            baselineValue: baselineFigure,
            bar: "0.4 of the baseline",
            isMet: ratios[rounds / 2] >= 0.4,
            notes: [
                "\(recordBytes)-byte events, \(blocks) blocks of \(blockRecords), one sync a block, median of \(rounds) "
                    + "pairs, ratios " + ratios.map { String(format: "%.2f", $0) }.joined(separator: " ")
            ]
        )
    }

    /// The records of one block, different from block to block.
    static func records(block: Int) -> ByteArena {
        var arena = ByteArena(reservingCount: blockRecords, byteCount: blockRecords * recordBytes)
        var record = [UInt8](repeating: UInt8(truncatingIfNeeded: block), count: recordBytes)
        for index in 0..<blockRecords {
            withUnsafeBytes(of: UInt64(block * blockRecords + index)) { bytes in
                for (place, byte) in bytes.enumerated() { record[place] = byte }
            }
            arena.append(record)
        }
        return arena
    }

    private static func append(blocks: Int, folder: String?) throws -> Double {
        try withScratchFolder(in: folder) { path in
            let store = try ChainStore.create(at: path, chainID: "bench-1")
            let contents = (0..<blocks).map { block in
                BlockContent(height: UInt64(block), timeNanoseconds: UInt64(block), records: records(block: block))
            }
            let time = try seconds {
                for content in contents { try store.append(content).wait() }
            }.seconds
            try store.close()
            return time
        }
    }

    private static func baseline(blocks: Int, folder: String?) throws -> Double {
        try withScratchFolder(in: folder) { path in
            let (code, time) = seconds { mesh_baseline_append(path, blocks, blockRecords, recordBytes, 1 << 34) }
            guard code == 0 else { throw BenchmarkFailure("the baseline failed with LMDB's code \(code)") }
            return time
        }
    }
}

/// Why a measurement could not be taken.
struct BenchmarkFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
