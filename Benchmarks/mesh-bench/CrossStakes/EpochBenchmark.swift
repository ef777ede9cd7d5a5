import Foundation
import MeshHost
import ModuleKit
import PriceFeedEvents

/// The epoch of a consumer in which the price has changed, and with it the target of every validator.
enum EpochBenchmark {
    static func run(validators: Int, epochs: Int, folder: String?) throws -> Measurement {
        try withScratchFolder(in: folder) { path in
            let blocks: UInt64 = 4
            let pairing = try BarePairing(delegators: 3_000, validators: validators, epochBlocks: blocks, at: path)
            defer { try? pairing.close() }
            for _ in 0..<3 { try pairing.step(try pairing.stakes(1_000)) }
            try pairing.settle()
            for _ in 0..<blocks { try pairing.step() }
            let consumer = pairing.consumer
            var (epochTimes, otherTimes, executions): ([Double], [Double], [Double]) = ([], [], [])
            var events = 0
            for epoch in 0..<epochs {
                try consumer.block([try price(epoch, from: consumer.authority)])
                for _ in 0..<blocks {
                    consumer.costs = .init()
                    try consumer.block([])
                    // The block of an epoch is the one that records moves.
                    if consumer.costs.events >= validators {
                        epochTimes.append(consumer.costs.total)
                        executions.append(consumer.costs.execution)
                        events = consumer.costs.events
                    } else {
                        otherTimes.append(consumer.costs.total)
                    }
                }
            }
            guard epochTimes.count >= epochs / 2 else { throw BenchmarkFailure("the epochs changed nothing") }
            let (epoch, other) = (median(epochTimes), median(otherTimes))
            return Measurement(
                name: "epoch of \(validators) validators",
                value: epoch * 1_000,
                unit: "ms",
                baseline: "of an empty block",
                baselineValue: other * 1_000,
                notes: [
                    "the target of each validator changes with the price; the median of \(epochTimes.count) epochs, "
                        + "\(events) events each",
                    String(
                        format: "%.1f ms of it are execution, the rest is hashing and one synced commit",
                        median(executions) * 1_000
                    ),
                ]
            )
        }
    }

    /// Up and down in turn.
    private static func price(_ epoch: Int, from authority: Address) throws -> BareMessage {
        let message = PriceFeedMessage.with { $0.setPrice.price = epoch.isMultiple(of: 2) ? "1.5" : "0.75" }
        return try BareMessage(message, to: BarePairing.priceFeed, from: authority)
    }

    private static func median(_ values: [Double]) -> Double {
        values.isEmpty ? 0 : values.sorted()[values.count / 2]
    }
}
