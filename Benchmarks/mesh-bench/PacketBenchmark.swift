import Foundation
import IBC
import InterchainEvents
import MeshSandbox
import ModuleKit
import TransferEvents

/// Tokens sent from one chain to another: each packet sent, received, acknowledged, both proofs checked, two chains synced.
///
/// Both chains and the relayer share this process. Each packet is a transaction that its sender signed; the relayer signs for
/// many at once, and brings a client to a new header once for all packets of a block.
enum PacketBenchmark {
    private static let (first, second) = ("alpha-1", "beta-1")

    static func run(rounds: Int, batch: Int, folder: String?) throws -> Measurement {
        try withScratchFolder(in: folder) { path in
            let network = try Network(in: path, seed: 1)
            let coin = Coin(1_000_000_000, try Denom("ualpha"))
            let senders = (0..<batch).map { "sender-\($0)" }
            try network.addChain(
                ChainSpecification(first, accounts: senders.map { .init($0, Coins(coin)) })
            )
            try network.addChain(ChainSpecification(second))
            try network.addRelayer("relayer", paths: [RelayPath("path", from: .init(first), to: .init(second))])
            try network.openPaths()
            defer { try? network.close() }

            let (source, target) = (try network.chain(first), try network.chain(second))
            let channel = try network.path("path").first.channel?.text ?? ""
            let receiver = try target.address(of: "receiver")
            var times = Times()
            // The pipeline is filled before it is measured, and is full when the measurement ends.
            for round in 0..<rounds + warmUp {
                for sender in senders {
                    try source.submit(
                        try transfer(over: channel, to: receiver, at: network.now),
                        to: "transfer",
                        from: sender
                    )
                }
                let before = processSeconds()
                let (report, time) = try seconds { try network.step() }
                if round >= warmUp { times.add(report, time, processor: processSeconds() - before) }
            }
            let packets = Double(times.settled)
            try network.settle()
            let costs = try PacketCosts(network, chain: target)
            return Measurement(
                name: "packets, full cycle",
                value: packets / times.total,
                unit: "packets/s",
                baseline: "of checking two proofs each, one core",
                baselineValue: 1 / (2 * costs.proofCheck),
                notes: [
                    "\(rounds) rounds of \(batch) ICS-20 packets, each a signed transaction, then received and acknowledged; "
                        + "4 validators a chain, both chains synced at every block, a core for each chain",
                    "\(times.settled) packets acknowledged in \(String(format: "%.2f", times.total)) s; "
                        + "\(times.updates) client updates, \(times.transactions) transactions, \(times.blocks) blocks",
                    times.shares(costs),
                    "a step without packets, two empty blocks made and synced, takes "
                        + "\(milliseconds(costs.emptyStep)) of the \(milliseconds(times.total / Double(rounds))) of one with "
                        + "packets",
                ]
            )
        }
    }

    private static let warmUp = 6

    private static func transfer(over channel: String, to receiver: String, at now: Timestamp) throws -> TransferMessage
    {
        let deadline = try now.adding(.minutes(60))
        return .with {
            $0.transfer.sourceChannel = channel
            $0.transfer.token.denom = "ualpha"
            $0.transfer.token.amount = "1"
            $0.transfer.receiver = receiver
            $0.transfer.timeoutTimestamp = deadline.nanoseconds
        }
    }

    fileprivate static func milliseconds(_ seconds: Double) -> String { String(format: "%.1f ms", seconds * 1_000) }

    /// What was measured, and how much of what.
    private struct Times {
        var total = 0.0
        var processor = 0.0
        var settled = 0
        var updates = 0
        var transactions = 0
        var blocks = 0

        mutating func add(_ report: StepReport, _ time: Double, processor: Double) {
            total += time
            self.processor += processor
            blocks += report.blocks.count
            transactions += report.blocks.reduce(0) { $0 + $1.transactions.count }
            for record in report.blocks.flatMap(\.records) {
                switch record.event.event {
                case .packetAcknowledged: settled += 1
                case .clientUpdated: updates += 1
                default: break
                }
            }
        }

        /// What the chains' checks take of the processors' time, by counts and costs.
        func shares(_ costs: PacketCosts) -> String {
            func share(_ count: Int, _ cost: Double) -> String {
                String(format: "%.0f %%", 100 * Double(count) * cost / processor)
            }
            // Each update is checked by the relayer and by the chain, up to more than two thirds of the power.
            let signatures = transactions + 2 * 3 * updates
            return "\(String(format: "%.2f", processor)) s of processor time; of that, by counts and the cost of one, "
                + "\(share(signatures, costs.signature)) for checking \(signatures) signatures, "
                + "\(share(2 * settled, costs.proofCheck)) for the hashes of the chains' proof checks, "
                + "\(share(2 * settled, costs.proofCoding)) for reading and writing the proofs"
        }
    }
}
