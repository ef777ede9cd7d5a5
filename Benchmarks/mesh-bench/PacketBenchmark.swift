import Foundation
import IBC
import InterchainEvents
import MeshHost
import MeshSandbox
import ModuleKit
import Storage
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
                let (report, time) = try seconds { try network.step() }
                if round >= warmUp { times.add(report, time) }
            }
            let packets = Double(times.settled)
            let proof = try proofSeconds(target)
            return Measurement(
                name: "packets, full cycle",
                value: packets / times.total,
                unit: "packets/s",
                baseline: "of checking two proofs each, one core",
                baselineValue: 1 / (2 * proof),
                notes: [
                    "\(rounds) rounds of \(batch) ICS-20 packets, each a signed transaction, then received and acknowledged; "
                        + "4 validators a chain, both chains synced at every block, everything on one thread but signatures",
                    "\(times.settled) packets acknowledged in \(String(format: "%.2f", times.total)) s; "
                        + "\(times.updates) client updates, \(times.transactions) transactions, \(times.blocks) blocks",
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

    /// How long checking a proof of an entry of a chain's state takes on one core.
    private static func proofSeconds(_ chain: SandboxChain) throws -> Double {
        let store = try chain.host().store
        var keys: [[UInt8]] = []
        try store.state.makeReader().scan(StateScan()) { (key, _) in
            keys.append(key.withUnsafeBytes { [UInt8]($0) })
            return keys.count < 500
        }
        let height = try chain.host().lastHeader.height
        let proofs = try keys.map { try store.proof(of: $0, at: height) }
        let appHash = try chain.host().lastHeader.appHash
        let time = try seconds { for proof in proofs { try proof.verify(appHash: appHash) } }.seconds
        return time / Double(max(1, proofs.count))
    }

    /// What was measured, and how much of what.
    private struct Times {
        var total = 0.0
        var settled = 0
        var updates = 0
        var transactions = 0
        var blocks = 0

        mutating func add(_ report: StepReport, _ time: Double) {
            total += time
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
    }
}
