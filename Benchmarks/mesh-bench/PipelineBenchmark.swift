import Foundation
import MeshHost
import ModuleKit
import Storage

/// Transfers through the whole pipeline: decoding, signatures, execution, hashing, one synced LMDB transaction a block.
enum PipelineBenchmark {
    static func run(blocks blockCount: Int, size: Int, accounts: Int, folder: String?) throws -> Measurement {
        let chain = try TransferChain(accountCount: accounts)
        let blocks = try chain.blocks(blockCount, of: size)
        return try withScratchFolder(in: folder) { path in
            let (host, _) = try ChainHost.create(at: path, genesis: chain.genesis, registry: chain.registry)
            defer { try? host.store.close() }
            let verification = try verificationSeconds(blocks, chain: chain)
            var finalize = 0.0
            var commit = 0.0
            for transactions in blocks {
                let block = ProposedBlock(
                    height: host.lastHeader.height + 1,
                    time: Timestamp(nanoseconds: host.lastHeader.timeNanoseconds + 1_000_000_000),
                    transactions: transactions
                )
                let (finalized, time) = try seconds { try host.finalizeBlock(block) }
                guard finalized.results.allSatisfy(\.isSuccess) else {
                    throw BenchmarkFailure("a transfer failed: \(finalized.results.compactMap(\.error).first as Any)")
                }
                finalize += time
                commit += try seconds { try host.commit() }.seconds
            }
            let count = Double(blockCount * size)
            let total = finalize + commit
            let share = { (part: Double) in String(format: "%.0f%%", part / total * 100) }
            return Measurement(
                name: "transfers, whole pipeline",
                value: count / total,
                unit: "tx/s",
                baseline: "signatures alone, one core",
                baselineValue: count / verification,
                notes: [
                    "\(blockCount) blocks of \(size), \(accounts) accounts, synced; commit \(share(commit)), "
                        + "execution with decoding, signatures (two cores), hashing \(share(finalize)); "
                        + "signatures alone would take \(share(verification / 2)) on two cores"
                ]
            )
        }
    }

    /// How long decoding and checking all signatures takes on one core.
    private static func verificationSeconds(_ blocks: [[[UInt8]]], chain: TransferChain) throws -> Double {
        let sample = blocks.joined().prefix(4_000)
        let time = try seconds {
            for transaction in sample {
                _ = try SignedTransaction(decoding: transaction, chainID: "bench-1", addresses: chain.prefixes)
            }
        }.seconds
        return time / Double(sample.count) * Double(blocks.count * (blocks.first?.count ?? 0))
    }
}
