import ControlChannel
import ExternalStakingEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import ExternalStaking

@Suite("What rewards cost")
struct RewardCostTests {
    /// A chain on which so many users have stake on one validator, as imported.
    static func chain(stakers count: Int) throws -> StakingChain {
        let chain = try StakingChain.earning(replays: false)
        let stakes = (0..<count).map { number -> ExternalStakingEvent in
            let owner = chain.text(.named("staker \(number)"))
            var stake = Stake()
            stake.committed = Amount(UInt128(1000 + number))
            let record = stake.stored
            return .with {
                $0.stakeImported.stake = .of(owner, "v1")
                $0.stakeImported.record = record
            }
        }
        // A unit of work has a bounded number of events.
        for start in stride(from: 0, to: count, by: 10_000) {
            try chain.harness.given(.events(Array(stakes[start..<min(start + 10_000, count)])))
        }
        return chain
    }

    @Test("A distribution to a validator is the same work with 10, 100 and 2000 stakers, and so is a claim")
    func distribution() throws {
        var costs: [[UInt64]] = []
        for count in [10, 100, 2000] {
            let chain = try Self.chain(stakers: count)
            // Totals of many stakers have more digits.
            try chain.distributed(1_000_000)
            let shared = try chain.announce([("v1", 1_000_000)]).outcome.workUsed
            let claimed = try chain.tryClaim(of: .named("staker 3")).thenSucceeded().workUsed
            costs.append([shared, claimed])
        }
        print("distributing and claiming take \(costs) units of work with 10, 100 and 2000 stakers")
        for cost in costs {
            for (one, other) in zip(cost, costs[0]) { #expect(max(one, other) - min(one, other) <= other / 50) }
        }
    }

    @Test("150 validators in one batch are one event, whose work is far below what a packet may use")
    func batch() throws {
        let chain = try StakingChain.earning(replays: false)
        let names = (0..<150).map { "junovaloper\($0)" }
        let additions = try names.enumerated().map { number, name in
            let key = [UInt8](repeating: 99, count: 31) + [UInt8(number)]
            return try AnnouncedValidator(operatorAddress: name, consensusKey: key)
        }
        #expect(try chain.receive(chain.update(height: 101, additions: additions)).isSuccess)
        let received = try chain.announce(names.map { ($0, 7) })
        #expect(received.isSuccess)
        #expect(received.outcome.emitted.filter { $0.rewardsDistributed.parts.count == 150 }.count == 1)
        print("a batch for 150 validators takes \(received.outcome.workUsed) units of work")
        #expect(received.outcome.workUsed < Execution.Limits().finalReactionWork / 5)
    }

    @Test("As long as no rewards came a cross-stake writes nothing of them, and afterwards no further entry")
    func entries() throws {
        func count(_ chain: StakingChain) throws -> Int {
            try chain.nextBlock()
            return try chain.harness.storedState().count
        }
        let (plain, earning) = (try StakingChain.earning(), try StakingChain.earning())
        try earning.distributed(5)
        let before = (try count(plain), try count(earning))
        #expect(before.1 == before.0 + 2)
        for chain in [plain, earning] {
            try chain.staked(100)
            try chain.staked(100, of: chain.bob)
        }
        let after = (try count(plain), try count(earning))
        #expect(after.0 - before.0 == after.1 - before.1)
        let stake = try plain.harness.module.stakes.value(for: Pair(plain.alice, "v1"), in: plain.harness.state)
        #expect(stake?.stored.rewards.isEmpty == true)
    }
}
