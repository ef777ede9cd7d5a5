import Crypto
import Foundation
import ICS23
import Storage

/// A large block's changes in a large state tree, and proofs out of it.
enum StateTreeBenchmark {
    private static let entryCount = 1_000_000
    private static let changeCount = 100_000

    static func run(folder: String?) throws -> [Measurement] {
        try withScratchFolder(in: folder) { path in
            let store = try ChainStore.create(at: path, chainID: "bench-1", options: .init(durability: .none))
            for block in 0..<UInt64(entryCount / changeCount) {
                let first = Int(block) * changeCount
                try append(to: store, height: block, entries: first..<first + changeCount, round: 0)
            }
            var updates: [Double] = []
            for round in 1...3 {
                let changed = stride(from: 0, to: entryCount, by: entryCount / changeCount).map { $0 }
                updates.append(
                    try append(to: store, height: try store.nextHeight(), entries: changed, round: UInt8(round))
                )
            }
            let update = updates.sorted()[1]
            let hashCount = hashes(changed: stride(from: 0, to: entryCount, by: entryCount / changeCount))
            let hashing = seconds { hash(times: hashCount) }.seconds
            let proof = try proofSeconds(store)
            try store.close()
            return [
                Measurement(
                    name: "state tree",
                    value: Double(changeCount) / update,
                    unit: "keys/s",
                    baseline: "the same number of bare SHA-256",
                    baselineValue: Double(changeCount) / hashing,
                    bar: "report",
                    notes: [
                        "\(changeCount) changed keys of \(entryCount) in one block: \(hashCount) hashes, state and tree "
                            + "written, the state before kept for proofs; median of \(updates.count) blocks"
                    ]
                ),
                Measurement(
                    name: "state proof",
                    value: proof * 1e3,
                    unit: "ms",
                    bar: "under 1 ms",
                    isMet: proof < 0.001,
                    notes: [
                        "made, verified, encoded, decoded and verified again; median of 400, half of them of absence"
                    ]
                ),
            ]
        }
    }

    /// Appends a block that changes some entries, and tells how long that took.
    @discardableResult
    private static func append(
        to store: ChainStore,
        height: UInt64,
        entries: some Sequence<Int>,
        round: UInt8
    ) throws -> Double {
        let writes = try WriteSet(
            entries.map { ($0, key($0)) }.sorted { $0.1.lexicographicallyPrecedes($1.1) }.map { entry, key in
                (key: key, change: StateChange.value(Array("value of \(entry) with some length".utf8) + [round]))
            }
        )
        return try seconds {
            try store.append(BlockContent(height: height, timeNanoseconds: height, writes: writes)).wait()
        }
        .seconds
    }

    private static func key(_ entry: Int) -> [UInt8] {
        StateKey.prefix(instance: 1, collection: 1) + Array("account-\(entry)".utf8)
    }

    private static func proofSeconds(_ store: ChainStore) throws -> Double {
        guard let header = try store.log.latestHeader() else { throw BenchmarkFailure("there is no block") }
        var times: [Double] = []
        for step in 0..<400 {
            // Every other key is none of the state's.
            let key = key(step.isMultiple(of: 2) ? step * 2_499 : entryCount + step)
            let time = try seconds {
                let proof = try store.proof(of: key)
                let sent = try MerkleProof(decoding: proof.proof.encoded())
                try StateProof(height: proof.height, key: key, value: proof.value, proof: sent)
                    .verify(appHash: header.appHash)
                guard (proof.value == nil) == !step.isMultiple(of: 2) else { throw BenchmarkFailure("a wrong proof") }
            }
            .seconds
            times.append(time)
        }
        return times.sorted()[times.count / 2]
    }

    /// How many hashes the changes need: of each key, each value, each leaf, and every node above them.
    private static func hashes(changed: some Sequence<Int>) -> Int {
        let all = (0..<entryCount).map { entry in
            (hash: SparseMerkleTree.keyHash(key(entry)).bytes, entry: entry)
        }
        .sorted { $0.hash.lexicographicallyPrecedes($1.hash) }
        let isChanged = Set(changed)
        var count = 0
        var sharedWithLast = 0
        var isFirst = true
        for (place, item) in all.enumerated() {
            let left = place > 0 ? commonBits(all[place - 1].hash, item.hash) : 0
            sharedWithLast = min(sharedWithLast, left)
            guard isChanged.contains(item.entry) else { continue }
            let right = place + 1 < all.count ? commonBits(all[place + 1].hash, item.hash) : 0
            let depth = max(left, right) + 1
            count += 3 + depth - (isFirst ? 0 : min(depth, sharedWithLast + 1))
            isFirst = false
            sharedWithLast = 256
        }
        return count
    }

    private static func commonBits(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var count = 0
        for (left, right) in zip(left, right) {
            guard left == right else { return count + (left ^ right).leadingZeroBitCount }
            count += 8
        }
        return count
    }

    private static func hash(times: Int) {
        var bytes = [UInt8](repeating: 7, count: 65)
        for _ in 0..<times {
            var hasher = SHA256()
            bytes.withUnsafeBytes { hasher.update(bufferPointer: $0) }
            for byte in hasher.finalize().prefix(1) { bytes[0] ^= byte }
        }
    }
}
