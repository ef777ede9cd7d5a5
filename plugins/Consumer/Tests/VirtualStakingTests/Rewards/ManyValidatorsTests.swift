import ModuleKit
import Rewards
import Testing
import VirtualStakingEvents

@testable import ModuleTesting
@testable import VirtualStaking

@Suite("Rewards of many validators")
struct ManyValidatorsTests {
    @Test("A collection takes up to 200 at once, and goes on at the ends of blocks with the others")
    func pauses() throws {
        let count = 230
        let chain = try StakeChain(
            validators: [UInt64](repeating: 1_000_000, count: count),
            cap: 1_000_000_000,
            maxValidators: 300,
            followers: StakeChain.rewards,
            isMinting: true,
            replays: false
        )
        try chain.pledge([UInt64](repeating: 500_000, count: count))
        try chain.nextEpoch()
        let first = try chain.nextEpoch().began
        #expect(first.collected.count == VirtualStaking.collectionsMax)
        #expect(try chain.collection.collection.nextValidator == Account.validators[200].operatorText)
        let rest = try chain.next().ended
        #expect(rest.collected.map(\.validator) == (200..<count).map { Account.validators[$0].operatorText })
        #expect(try !chain.collection.hasCollection)
        #expect(try chain.passedOn == (first.collected + rest.collected).reduce(0) { $0 + $1.amount })
    }

    @Test("An epoch with 150 validators stays far within its limits")
    func cost() throws {
        let chain = try StakeChain.earning(
            validators: [UInt64](repeating: 1_000_000, count: 150),
            pledges: [UInt64](repeating: 500_000, count: 150),
            replays: false
        )
        try chain.nextEpoch()
        // The provisions of one more block, and the epoch of this block once more.
        let execution = chain.harness.machine.execution
        let rewards = try chain.harness.instance(of: Rewards.self)
        try chain.harness.unit(transaction: 0) { () throws(ModuleError) in
            try rewards.run(.beginBlock, execution)
        }.thenSucceeded()
        let instance = try chain.harness.instance(of: VirtualStaking.self)
        let clock = ContinuousClock()
        var outcome: Outcome<VirtualStaking>?
        let time = try clock.measure {
            outcome = try chain.harness.unit(transaction: 0) { () throws(ModuleError) in
                try instance.run(.beginBlock, execution)
            }
        }
        let epoch = try #require(outcome).thenSucceeded()
        print("150 validators: an epoch takes \(epoch.events.count) events, \(epoch.workUsed) units of work, \(time)")
        #expect(epoch.events.collected.count == 150)
        #expect(epoch.events.count < Execution.Limits().eventsMax / 5)
    }
}
