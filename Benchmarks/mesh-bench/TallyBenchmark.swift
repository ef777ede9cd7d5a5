import Bank
import BankEvents
import Foundation
import Governance
import GovernanceEvents
import MeshHost
import MeshSandbox
import ModuleKit
import NativeStaking
import StakingEvents
import Storage

/// The block in which governance counts the votes on a proposal, and what a vote costs when few or many have voted.
///
/// Each voter has stake with two validators, and votes himself.
enum TallyBenchmark {
    static func run(few: Int, many: Int, validators: Int, folder: String?) throws -> [Measurement] {
        let figures = try [few, many].map { voters in
            try withScratchFolder(in: folder) { path in
                let electorate = try Electorate(voters: voters, validators: validators, at: path)
                defer { try? electorate.chain.store.close() }
                return try electorate.figures()
            }
        }
        return [
            Measurement(
                name: "tally of \(many) voters",
                value: figures[1].count.total * 1_000,
                unit: "ms",
                baseline: "of \(few) voters",
                baselineValue: figures[0].count.total * 1_000,
                notes: [
                    "\(validators) validators; the whole block that counts, with the first ballots that it forgets",
                    String(
                        format: "%.1f ms of it are execution, the rest is hashing and one synced commit",
                        figures[1].count.execution * 1_000
                    ),
                ]
            ),
            Measurement(
                name: "vote, the last of \(many)",
                value: figures[1].vote.total * 1e6,
                unit: "us",
                baseline: "of \(few)",
                baselineValue: figures[0].vote.total * 1e6,
                notes: [
                    "in blocks of \(Electorate.batch), everything but signatures; "
                        + String(format: "%.1f us of it are execution", figures[1].vote.execution * 1e6)
                ]
            ),
        ]
    }
}

/// A chain with people who have staked, and one proposal.
private struct Electorate {
    /// How long something took, in seconds.
    struct Cost {
        let total: Double
        let execution: Double

        init(_ costs: BareChain.Costs, parts: Int = 1) {
            total = costs.total / Double(parts)
            execution = costs.execution / Double(parts)
        }
    }

    /// How many messages are in a block.
    static let batch = 1_000
    private static let denom = "ucons"

    let chain: BareChain
    private let voters: [Address]
    private let operators: [String]
    private let treasury: Address

    init(voters count: Int, validators: Int, at path: String) throws {
        voters = (0..<count).map { Address(moduleName: "voter \($0)") }
        let wealth = Coins(Coin(1_000_000_000_000_000, try Denom(Self.denom)))
        var specification = ChainSpecification("votes-1", accounts: [.init("treasury", wealth)])
        specification.bondDenom = Self.denom
        specification.validatorPowers = [UInt32](repeating: 1, count: validators)
        let registry = try ModuleRegistry(Bank(), NativeStaking(), Governance())
        chain = try BareChain(specification, at: path, registry: registry)
        operators = try chain.operators(specification)
        treasury = try SandboxAccount("treasury", chainID: chain.chainID, seed: 1).address
        try stake()
    }

    /// Has everybody vote, and the votes counted.
    func figures() throws -> (vote: Cost, count: Cost) {
        let submission = GovernanceMessage.with {
            $0.submit.title = "A proposal"
            $0.submit.initialDeposit = Self.coin(10_000_000)
        }
        try chain.block([try BareMessage(submission, to: "governance", from: treasury)])
        let ballot = GovernanceMessage.with {
            $0.vote.proposal = 1
            $0.vote.options = [.with { ($0.option, $0.weight) = (.yes, "1") }]
        }
        try forEachBatch { group in
            chain.costs = .init()
            try chain.block(try group.map { try BareMessage(ballot, to: "governance", from: $0) })
        }
        // Those of the last block.
        let vote = Cost(chain.costs, parts: min(Self.batch, voters.count))
        chain.pauseSeconds = 2 * 86_400
        chain.costs = .init()
        try chain.block([])
        let count = Cost(chain.costs)
        let query = GovernanceQuery.with { $0.proposal.proposal = 1 }
        let result = try chain.query(query, of: "governance").proposal.result
        guard result.outcome == .accepted, result.yes == "\(voters.count * 2_000_000)" else {
            throw BenchmarkFailure("the votes came to \(result)")
        }
        return (vote, count)
    }

    /// Gives everybody coins, and has him stake them with two validators.
    private func stake() throws {
        var next = 0
        try forEachBatch { group in
            let gifts = try group.map { voter in
                let send = BankMessage.with {
                    $0.send.toAddress = chain.text(voter)
                    $0.send.amount = [Self.coin(2_000_000)]
                }
                return try BareMessage(send, to: "bank", from: treasury)
            }
            var stakes: [BareMessage] = []
            for voter in group {
                for place in [next, next + 7] {
                    let delegation = StakingMessage.with {
                        $0.delegate.validator = operators[place % operators.count]
                        $0.delegate.amount = Self.coin(1_000_000)
                    }
                    stakes.append(try BareMessage(delegation, to: "staking", from: voter))
                }
                next += 1
            }
            try chain.block(gifts + stakes)
        }
    }

    private func forEachBatch(_ body: (ArraySlice<Address>) throws -> Void) throws {
        for start in stride(from: 0, to: voters.count, by: Self.batch) {
            try body(voters[start..<min(start + Self.batch, voters.count)])
        }
    }

    private static func coin(_ amount: UInt64) -> ProtoCoin {
        .with {
            $0.denom = denom
            $0.amount = String(amount)
        }
    }
}
