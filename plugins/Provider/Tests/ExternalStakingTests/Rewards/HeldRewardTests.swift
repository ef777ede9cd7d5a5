import ControlChannel
import ExternalStakingEvents
import IBC
import ModuleKit
import ModuleTesting
import Testing

@testable import ExternalStaking

/// Rewards that the consumer holds. Figures are those of the reference's transcripts, where they are named.
@Suite("Held rewards")
struct HeldRewardTests {
    @Test("Three delegators with weights are paid to the unit as in the reference transcript rewards_three_delegators")
    func threeDelegators() throws {
        let chain = try StakingChain.earning()
        let users = [chain.alice, chain.bob, chain.carol]
        for (user, amount) in zip(users, [100, 200, 401] as [UInt64]) { try chain.staked(amount, of: user) }
        for reward in [1000, 1, 1, 7, 2103] as [UInt64] { try chain.distributed(reward) }
        let paid = try chain.claim()
        #expect(
            paid.text
                == #"{"transfer_rewards":{"rewards":{"denom":"ujuno","amount":"443"},"recipient":"juno1user","#
                + #""tx_id":9223372036854775808}}"#
        )
        // The consumer has an hour to receive it.
        #expect(paid.timeoutTimestamp == chain.harness.block.time.nanoseconds + TimeSpan.hours(1).nanoseconds)
        try chain.acknowledge(paid)
        try chain.tryClaim().thenFailed(.noRewardsDue)

        // A late joiner, and rewards of two validators in one batch.
        try chain.staked(333, on: "v2")
        try chain.staked(99, of: chain.bob)
        #expect(try chain.announce([("v1", 5000), ("v2", 1000)]).isSuccess)
        let unstake = try chain.unstake(400, of: chain.carol)
        try chain.distributed(100)
        try chain.acknowledge(unstake)
        try chain.distributed(100)
        let claims = try users.map { try chain.claim(of: $0) } + [try chain.claim("v2")]
        let amounts = try claims.map { packet in
            guard case .transferRewards(let order) = try ProviderPacket(json: Array(packet.data), version: .newest)
            else {
                return "?"
            }
            return order.rewards.description
        }
        #expect(amounts == ["663ujuno", "2868ujuno", "4336ujuno", "999ujuno"])
        for claim in claims { try chain.acknowledge(claim) }
        let totals = try #require(try chain.totals())
        #expect(totals.received == "9312" && totals.paid == "9309" && totals.inFlight == "0")
        #expect(try Decimal18(totals.claimable).adding(Decimal18(totals.remainder)) == Decimal18(3 as Amount))
    }

    @Test("A claim that is refused or lost is as it was, as in the reference transcript rewards_error_and_timeout")
    func errorAndTimeout() throws {
        let chain = try StakingChain.earning()
        try chain.staked(500)
        try chain.distributed(1000)
        let refused = try chain.claim()
        #expect(try chain.pendingRewards() == "0held+1000")
        let outcome = try chain.acknowledge(refused, error: "address not normalized")
        #expect(outcome.emitted.last?.rewardsReturned.reason == .error)
        #expect(outcome.emitted.last?.rewardsReturned.error == "address not normalized")
        #expect(try chain.pendingRewards() == "1000held")
        let lost = try chain.claim()
        #expect(try chain.timeOut(lost).emitted.last?.rewardsReturned.reason == .timeout)
        let paid = try chain.claim()
        #expect(try chain.acknowledge(paid).kinds == ["rewards_delivered"])
        #expect(try chain.pendingRewards() == "none")
        try chain.distributed(10)
        #expect(try chain.pendingRewards() == "10held")
    }

    @Test("D11: a claim in flight is reserved, and paid once")
    func d11() throws {
        let chain = try StakingChain.earning()
        try chain.staked(100)
        try chain.staked(300, of: chain.bob)
        try chain.distributed(400)
        let first = try chain.claim()
        try chain.tryClaim().thenFailed(.noRewardsDue)
        try chain.distributed(40)
        // Only what has come since.
        let second = try chain.claim()
        #expect(second.text.contains(#""amount":"10""#))
        try chain.acknowledge(second)
        try chain.acknowledge(first)
        #expect(try chain.pendingRewards() == "none")
        #expect(try chain.pendingRewards(of: chain.bob) == "330held")
        #expect(try chain.totals()?.paid == "110")
    }

    @Test("D12: rewards for a validator without committed stake are the community's, and nobody gains by staking then")
    func d12() throws {
        let chain = try StakingChain.earning()
        try chain.staked(500)
        try chain.acknowledge(try chain.unstake(500))
        #expect(try chain.announce([("v1", 77), ("v2", 5)]).isSuccess)
        try chain.staked(1, of: chain.bob)
        #expect(try chain.pendingRewards(of: chain.bob) == "none")
        #expect(try chain.totals()?.community == "82")
        #expect(try chain.reserves("ujuno")?.communityWaiting == "82")
        try chain.distributed(3)
        #expect(try chain.pendingRewards(of: chain.bob) == "3held")
    }

    @Test("D12: stake in flight earns nothing yet, and holds up nothing")
    func inFlight() throws {
        let chain = try StakingChain.earning()
        let packet = try chain.stake(100)
        try chain.distributed(10)
        try chain.acknowledge(packet)
        #expect(try chain.pendingRewards() == "none")
        try chain.distributed(11)
        #expect(try chain.pendingRewards() == "11held")
    }

    @Test("D13: with rewards withdrawn and an unstake in flight every question and every claim has an answer")
    func d13() throws {
        let chain = try StakingChain.earning()
        try chain.staked(100)
        try chain.distributed(50)
        try chain.acknowledge(try chain.claim())
        let unstake = try chain.unstake(100)
        #expect(try chain.pendingRewards() == "none")
        try chain.tryClaim().thenFailed(.noRewardsDue)
        // What is being unstaked is committed still.
        try chain.distributed(8)
        #expect(try chain.pendingRewards() == "8held")
        try chain.acknowledge(unstake)
        try chain.acknowledge(try chain.claim())
        #expect(try chain.totals()?.paid == "58")
    }

    @Test("A stake that is emptied keeps its rewards until they are claimed, and then leaves no record")
    func emptied() throws {
        let chain = try StakingChain.earning()
        try chain.staked(3)
        try chain.staked(4, of: chain.bob)
        try chain.distributed(10)
        try chain.acknowledge(try chain.unstake(3))
        try chain.nextBlock(after: StakingChain.period)
        #expect(try chain.withdraw() == "3")
        #expect(try chain.lien() == "none")
        #expect(try chain.pendingRewards() == "4held")
        let claim = try chain.claim()
        #expect(try chain.validator("v1").stakers == 2)
        try chain.acknowledge(claim)
        #expect(try chain.validator("v1").stakers == 1)
        // The fraction that was left is carried, and shared out with what comes next.
        #expect(try chain.totals()?.paid == "4")
        #expect(try chain.totals()?.claimable == "5.714285714285714285")
        #expect(try chain.totals()?.remainder == "0.285714285714285715")
        try chain.distributed(1)
        #expect(try chain.pendingRewards(of: chain.bob) == "7held")
        #expect(try chain.totals()?.remainder == "0")
    }

    @Test("Sixteen payments of a stake may be in flight, and the seventeenth waits")
    func sixteen() throws {
        let chain = try StakingChain.earning()
        try chain.staked(10)
        var packets: [Ibc_Core_Channel_V1_Packet] = []
        for _ in 0..<16 {
            try chain.distributed(10)
            packets.append(try chain.claim())
        }
        try chain.distributed(10)
        try chain.tryClaim().thenFailed(.tooMuchInFlight)
        #expect(try chain.pendingRewards() == "10held+160")
        try chain.timeOut(packets.removeLast())
        packets.append(try chain.claim())
        #expect(packets.last?.text.contains(#""amount":"20""#) == true)
        for packet in packets.shuffledByNumber { try chain.acknowledge(packet) }
        #expect(try chain.totals()?.paid == "170")
    }

    @Test("Staking again, cuts and hand-backs settle what was earned before")
    func settled() throws {
        let chain = try StakingChain.earning()
        try chain.staked(100)
        try chain.staked(100, of: chain.bob)
        try chain.distributed(200)
        try chain.cut(50)
        try chain.distributed(150)
        #expect(try chain.pendingRewards() == "150held")
        #expect(try chain.handBack(50, of: chain.bob).isSuccess)
        try chain.distributed(100)
        try chain.acknowledge(try chain.nextBlock()[0])
        try chain.staked(50)
        try chain.distributed(150)
        #expect(try chain.pendingRewards() == "300held")
        #expect(try chain.pendingRewards(of: chain.bob) == "300held")
    }

    @Test("Without a recipient on the consumer what it holds waits; a recipient that is no text is refused")
    func recipients() throws {
        let chain = try StakingChain.earning()
        try chain.staked(100)
        try chain.distributed(7)
        try chain.tryClaim(remote: "").thenFailed(.noRewardsDue, saying: "name a recipient")
        try chain.tryClaim(remote: "jünö").thenFailed(.malformedControlPacket)
        try chain.setClient("frozen")
        #expect(try !chain.tryClaim().succeeded)
        #expect(try chain.pendingRewards() == "7held")
    }

    @Test("Questions page through a user's rewards, and add up those of a validator")
    func questions() throws {
        let chain = try StakingChain.earning()
        for number in 1...3 { try chain.staked(10, on: "v\(number)") }
        #expect(try chain.announce([("v1", 5), ("v2", 6), ("v3", 7), ("v1", 1)]).isSuccess)
        let owner = chain.text(chain.alice)
        var (start, seen) = ("", [String]())
        repeat {
            let query = ExternalStakingQuery.with {
                $0.allPendingRewards.owner = owner
                $0.allPendingRewards.startValidator = start
                $0.allPendingRewards.limit = 2
            }
            let page = try chain.harness.query(query).allPendingRewards
            seen += page.rewards.map { "\($0.validator) \($0.rewards[0].claimable.amount)" }
            start = page.nextValidator
        } while !start.isEmpty
        #expect(seen == ["v1 6", "v2 6", "v3 7"])
        let totals = try chain.harness.query(.with { $0.validatorRewards.validator = "v1" }).validatorRewards.totals
        #expect(totals.map(\.received) == ["6"] && totals.map(\.claimable) == ["6"] && totals[0].held)
        #expect(try chain.totals()?.received == "19")
    }
}

extension [Ibc_Core_Channel_V1_Packet] {
    /// In an order that is not that of sending.
    fileprivate var shuffledByNumber: [Element] { sorted { ($0.sequence &* 7) % 17 < ($1.sequence &* 7) % 17 } }
}
