import Bank
import ControlChannel
import ExternalStakingEvents
import ModuleKit
import ModuleTesting
import NativeStaking
import Rewards
import RewardsEvents
import Testing

@testable import ExternalStaking

@Suite("Rewards that are the community's")
struct CommunityRewardTests {
    @Test("Vouchers go to this chain's community pool at the end of the block")
    func vouchers() throws {
        let chain = try StakingChain.earning("ics20-memo", neighbours: [NativeStaking(), Rewards()])
        let voucher = try chain.voucher()
        #expect(try chain.transfer(9, memo: chain.memo([("v1", 9)])).isSuccess)
        #expect(try chain.reserves(voucher)?.communityWaiting == "9")
        let block = try chain.harness.nextBlock()
        #expect(block.ended.contains { $0.kind.name == "community_funded" })
        #expect(try chain.reserves(voucher)?.communityWaiting == "0")
        #expect(try chain.balance(chain.staking, voucher) == "0")
        let pool = try chain.harness.query(RewardsQuery.with { $0.communityPool = .init() }, of: Rewards.self)
        #expect(pool.communityPool.pool.map(\.denom) == [voucher])
        #expect(pool.communityPool.pool.map(\.amount) == ["9"])
        #expect(try chain.harness.nextBlock().ended.isEmpty)
    }

    @Test("Without a community pool they wait, and are tried again a day later")
    func withoutPool() throws {
        let chain = try StakingChain.earning("ics20-memo")
        let voucher = try chain.voucher()
        #expect(try chain.transfer(9, memo: chain.memo([("v1", 9)])).isSuccess)
        let failed = try chain.harness.nextBlock().ended.of(ExternalStakingEvent.self)
        #expect(failed.map(\.communityFundingFailed.denom) == [voucher])
        #expect(try chain.harness.nextBlock().ended.isEmpty)
        #expect(try chain.harness.nextBlock(after: .days(1)).ended.isEmpty)
        #expect(try chain.harness.nextBlock().ended.count == 1)
        #expect(try chain.reserves(voucher)?.communityWaiting == "9")
    }

    @Test("What the consumer holds is paid to its own pool, once at a time, and again where that failed")
    func held() throws {
        let rewards: JSONValue = ["route": "held", "consumer_pool": "juno1pool"]
        let chain = try StakingChain.earning(settings: [("rewards", rewards)])
        try chain.distributed(9)
        let order = try #require(try chain.nextBlock().first)
        #expect(order.text.contains(#""amount":"9"},"recipient":"juno1pool""#))
        try chain.distributed(4)
        #expect(try chain.nextBlock().isEmpty)
        #expect(try chain.reserves("ujuno")?.communityInFlight == "9")
        try chain.timeOut(order)
        let second = try #require(try chain.nextBlock().first)
        #expect(second.text.contains(#""amount":"13""#))
        try chain.acknowledge(second, error: "no such account")
        #expect(try chain.nextBlock().isEmpty)
        #expect(try chain.nextBlock(after: .days(1)).isEmpty)
        let third = try #require(try chain.nextBlock().first)
        try chain.acknowledge(third)
        #expect(try chain.reserves("ujuno")?.communityWaiting == "0")
        #expect(try chain.reserves("ujuno")?.communityInFlight == "0")
        #expect(try chain.totals()?.community == "13")
    }

    @Test("Without an account there it waits")
    func waits() throws {
        let chain = try StakingChain.earning()
        try chain.distributed(9)
        #expect(try chain.nextBlock().isEmpty)
        #expect(try chain.reserves("ujuno")?.communityWaiting == "9")
    }
}
