import ConverterEvents
import Foundation
import InterchainEvents
import MeshHost
import MeshSandbox
import ModuleKit
import VaultEvents

/// Cross-stakes with everything on: signed transactions, validators' signatures, light clients, proofs, a relayer, both
/// chains synced at every block.
///
/// Both chains and the relayer share this process, as with packets.
enum CrossStakeBenchmark {
    private static let warmUp = 6

    static func run(users: Int, batch: Int, validators: Int, folder: String?) throws -> Measurement {
        try withScratchFolder(in: folder) { path in
            let (network, pairing) = try pairedNetwork(users: users, validators: validators, in: path)
            defer { try? network.close() }
            let (provider, consumer) = (try network.chain(pairing.provider), try network.chain(pairing.consumer))
            try bond(users, network, provider)
            let operators = try (1...validators).map { number in
                let name = number == 1 ? "validator" : "validator-\(number)"
                return consumer.addresses.format(try consumer.account(name).address, as: .validatorOperator)
            }
            var times = Times()
            let rounds = users / batch
            // The pipeline is filled before it is measured, and is full when the measurement ends.
            for round in 0..<rounds {
                for index in 0..<batch {
                    let user = round * batch + index
                    try provider.submit(
                        stake(with: pairing, on: operators[user * 7_919 / 13 % validators]),
                        to: ChainSpecification.vault,
                        from: "user-\(user)"
                    )
                }
                let before = processSeconds()
                let (report, time) = try seconds { try network.step() }
                try times.refuseFailures(report)
                if round >= warmUp { times.add(report, time, processor: processSeconds() - before) }
            }
            try network.settle()
            try network.run(steps: Int(pairing.epochBlocks) + 1)
            let standing = try PairingReport(
                provider: try provider.host(),
                externalStaking: pairing.externalStaking,
                consumer: try consumer.host(),
                converter: pairing.converter
            )
            guard standing.drift == .zero, standing.minted > .zero else {
                throw BenchmarkFailure("the two sides differ by \(standing.drift)")
            }
            let costs = try PacketCosts(network, chain: consumer)
            return Measurement(
                name: "cross-stakes, everything on",
                value: Double(times.settled) / times.total,
                unit: "cross-stakes/s",
                baseline: "of checking one user's signature and two proofs each, one core",
                baselineValue: 1 / (costs.signature + 2 * costs.proofCheck),
                bar: "5 k/s",
                isMet: Double(times.settled) / times.total >= 5_000,
                notes: [
                    "\(times.settled) cross-stakes acknowledged in \(String(format: "%.2f", times.total)) s, \(batch) a block, "
                        + "of \(users) users who had bonded; \(validators) validators on the consumer and 4 on the provider, "
                        + "an epoch each \(pairing.epochBlocks) blocks; both chains synced at every block, a core for each",
                    times.shares(costs, validators: validators),
                    "a step without cross-stakes takes \(milliseconds(costs.emptyStep)) of the "
                        + "\(milliseconds(times.total / Double(rounds - warmUp))) of one with",
                ]
            )
        }
    }

    /// Two chains, a relayer, and a pairing set up by messages.
    private static func pairedNetwork(users: Int, validators: Int, in path: String) throws
        -> (network: Network, pairing: PairingSpecification)
    {
        let network = try Network(in: path, seed: 1)
        let coin = Coin(1_000_000_000, try Denom("uprov"))
        var provider = ChainSpecification(
            "provider-1",
            accounts: (0..<users).map { .init("user-\($0)", Coins(coin)) }
        )
        (provider.bondDenom, provider.addressPrefix) = ("uprov", "prov")
        provider.addVault()
        var consumer = ChainSpecification("consumer-1")
        (consumer.bondDenom, consumer.addressPrefix) = ("ucons", "cons")
        consumer.validatorPowers = [UInt32](repeating: 10, count: validators)
        try network.addChain(provider)
        try network.addChain(consumer)
        var pairing = PairingSpecification(
            "main",
            provider: "provider-1",
            consumer: "consumer-1",
            collateral: "uprov",
            rewards: "ucons"
        )
        (pairing.cap, pairing.epochBlocks) = (1_000_000_000_000, 10)
        try network.setUp(pairing)
        try network.settle()
        return (network, pairing)
    }

    private static func bond(_ users: Int, _ network: Network, _ provider: SandboxChain) throws {
        let coin = ProtoCoin(Coin(1_000_000, try Denom("uprov")))
        for user in 0..<users {
            try provider.submit(
                VaultMessage.with { $0.bond.amount = coin },
                to: ChainSpecification.vault,
                from: "user-\(user)"
            )
            if user % 1_000 == 999 || user == users - 1 { try network.step() }
        }
        try network.settle()
    }

    private static func stake(with pairing: PairingSpecification, on validator: String) -> VaultMessage {
        .with {
            $0.stakeRemote.holder = pairing.externalStaking
            $0.stakeRemote.validator = validator
            $0.stakeRemote.amount = .with { ($0.denom, $0.amount) = ("uprov", "1000000") }
        }
    }

    fileprivate static func milliseconds(_ seconds: Double) -> String { String(format: "%.1f ms", seconds * 1_000) }

    /// What was measured, and how much of what.
    private struct Times {
        var total = 0.0
        var processor = 0.0
        var settled = 0
        var transactions = 0
        var updates: [String: Int] = [:]

        func refuseFailures(_ report: StepReport) throws {
            for transaction in report.blocks.flatMap(\.transactions) {
                if let error = transaction.error { throw BenchmarkFailure("a transaction failed: \(error)") }
            }
        }

        mutating func add(_ report: StepReport, _ time: Double, processor: Double) {
            total += time
            self.processor += processor
            for block in report.blocks {
                transactions += block.transactions.count
                for record in block.records {
                    switch record.event.event {
                    case .packetAcknowledged: settled += 1
                    case .clientUpdated: updates[block.chainID, default: 0] += 1
                    default: break
                    }
                }
            }
        }

        /// What the chains' checks take of the processors' time, by counts and costs.
        func shares(_ costs: PacketCosts, validators: Int) -> String {
            func share(_ count: Int, _ cost: Double) -> String {
                String(format: "%.0f %%", 100 * Double(count) * cost / processor)
            }
            let (onProvider, onConsumer) = (updates["provider-1"] ?? 0, updates["consumer-1"] ?? 0)
            // Each update is checked by the relayer and by the chain, up to more than two thirds of the power.
            let headers = 2 * (onProvider * (validators * 2 / 3 + 1) + onConsumer * 3)
            return "\(String(format: "%.2f", processor)) s of processor time; of that, by counts and the cost of one, "
                + "\(share(transactions, costs.signature)) for checking the signatures of \(transactions) transactions, "
                + "\(share(headers, costs.signature)) for those of \(onProvider + onConsumer) headers, "
                + "\(share(2 * settled, costs.proofCheck)) for the hashes of the chains' proof checks, "
                + "\(share(2 * settled, costs.proofCoding)) for reading and writing the proofs"
        }
    }
}
