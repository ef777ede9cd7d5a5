import ExternalStakingEvents
import Foundation
import MeshHost
import MeshSandbox
import ModuleKit

/// Cross-stakes with signatures and proofs off: vault, External Staking, packet, Converter, Virtual Staking at its epochs,
/// acknowledgement, commit. Both chains are durable, a thread for each.
enum BareCrossStakes {
    static func run(delegators: Int, batch: Int, folder: String?) throws -> Measurement {
        try withScratchFolder(in: folder) { path in
            let pairing = try BarePairing(delegators: delegators, validators: 100, epochBlocks: 10, at: path)
            let times = try measure(pairing, steps: delegators / batch, batch: batch)
            try check(pairing)
            let (provider, consumer) = (pairing.provider.costs, pairing.consumer.costs)
            let count = Double(times.count)
            let bytes = { (value: Int) in "\(Int((Double(value) / count).rounded()))" }
            return Measurement(
                name: "cross-stakes, signatures and proofs off",
                value: count / times.total,
                unit: "cross-stakes/s",
                baseline: "of the reference contracts' bare WebAssembly, no storage",
                baselineValue: referenceRate,
                bar: "20 k/s",
                isMet: count / times.total >= 20_000,
                notes: [
                    "\(times.count) cross-stakes of \(delegators) delegators in \(times.steps) steps, \(2 * batch) "
                        + "messages a provider block and \(batch) a consumer block, 100 validators, an epoch each 10 blocks, "
                        + "a sync each block; the baseline is of another run",
                    "a cross-stake takes the provider's thread \(parts(provider, count)), and the consumer's "
                        + "\(parts(consumer, count)); \(microseconds(times.total / count)) pass, and "
                        + "\(microseconds(times.processor / count)) of processor time",
                    "the provider writes \(bytes(provider.logBytes)) bytes of log in "
                        + "\(perStake(provider.events, count)) events, and \(bytes(provider.stateWriteBytes)) bytes of state in "
                        + "\(perStake(provider.stateWrites, count)) entries; the consumer \(bytes(consumer.logBytes)) in "
                        + "\(perStake(consumer.events, count)), and \(bytes(consumer.stateWriteBytes)) in "
                        + "\(perStake(consumer.stateWrites, count))",
                    "both homes grow by \(bytes(times.storedBytes)) bytes on disk for each, indices and trees included; no past height stays provable",
                ]
            )
        }
    }

    /// The time of one cross-stake, with so many users who have staked before.
    static func byUsers(_ counts: [Int], steps: Int, batch: Int, folder: String?) throws -> Measurement {
        var found: [(users: Int, time: Double, note: String)] = []
        for users in counts {
            let (time, note) = try withScratchFolder(in: folder) { path in
                let pairing = try BarePairing(delegators: users, validators: 100, epochBlocks: 10, at: path)
                defer { try? pairing.close() }
                _ = try measure(pairing, steps: max(1, users / 5_000), batch: min(users, 5_000))
                let times = try measure(pairing, steps: steps, batch: batch)
                let count = Double(times.count)
                return (
                    times.total / count * 1_000_000,
                    "\(users) users: the provider's thread takes \(parts(pairing.provider.costs, count)), the consumer's "
                        + parts(pairing.consumer.costs, count)
                )
            }
            found.append((users, time, note))
        }
        return Measurement(
            name: "cross-stake cost by users",
            value: found.last?.time ?? 0,
            unit: "µs",
            baseline: "with \(found.first?.users ?? 0) users",
            baselineValue: found.first?.time,
            bar: "flat",
            notes: [
                "each user has collateral and a stake before; \(batch) cross-stakes a block, synced, signatures and proofs off"
            ] + found.map(\.note)
        )
    }

    /// What the reference contracts did on a machine of this kind: bare WebAssembly, without storage or a host.
    private static let referenceRate = 13_000.0

    private struct Times {
        var total = 0.0
        var processor = 0.0
        var count = 0
        var steps = 0
        var storedBytes = 0
    }

    /// The pipeline is filled before it is measured, and is full when the measurement ends.
    private static func measure(_ pairing: BarePairing, steps: Int, batch: Int) throws -> Times {
        for _ in 0..<3 { try pairing.step(try pairing.stakes(batch)) }
        (pairing.provider.costs, pairing.consumer.costs) = (.init(), .init())
        let (staked, stored) = (pairing.stakedCount, pairing.storedBytes())
        var times = Times()
        for _ in 0..<steps {
            let messages = try pairing.stakes(batch)
            let before = processSeconds()
            times.total += try pairing.step(messages)
            times.processor += processSeconds() - before
        }
        times.count = pairing.stakedCount - staked
        times.steps = steps
        times.storedBytes = pairing.storedBytes() - stored
        return times
    }

    /// Both sides have to agree once nothing is under way, also when both chains are opened anew.
    private static func check(_ pairing: BarePairing) throws {
        try pairing.settle()
        try pairing.close()
        let registry = try BarePairing.registry()
        let report = try PairingReport(
            provider: try ChainHost.open(at: pairing.provider.path, registry: registry),
            externalStaking: BarePairing.externalStaking,
            consumer: try ChainHost.open(at: pairing.consumer.path, registry: registry),
            converter: BarePairing.converter
        )
        guard report.drift == .zero, report.isSettled, report.minted > .zero else {
            throw BenchmarkFailure("the two sides differ by \(report.drift)")
        }
    }

    private static func parts(_ costs: BareChain.Costs, _ count: Double) -> String {
        "\(microseconds(costs.execution / count)) of execution, \(microseconds(costs.hashing / count)) of hashing and "
            + "\(microseconds(costs.storing / count)) of storing"
    }

    private static func microseconds(_ seconds: Double) -> String { String(format: "%.1f µs", seconds * 1_000_000) }

    private static func perStake(_ value: Int, _ count: Double) -> String {
        String(format: "%.1f", Double(value) / count)
    }
}

extension BarePairing {
    /// What both homes take on the disk, in bytes.
    fileprivate func storedBytes() -> Int {
        [provider, consumer].reduce(0) { sum, chain in
            let files = FileManager.default.enumerator(atPath: chain.path)?.allObjects as? [String] ?? []
            return files.reduce(sum) { $0 + allocatedBytes(chain.path + "/" + $1) }
        }
    }

    private func allocatedBytes(_ path: String) -> Int {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG ? Int(status.st_blocks) * 512 : 0
    }
}
