import ControlChannel
import ExternalStakingEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import ExternalStaking

@Suite("Rewards that can't be taken")
struct RefusedRewardTests {
    private let chain: StakingChain

    init() throws {
        chain = try StakingChain.earning()
        try chain.staked(100)
    }

    @Test(
        "Get an error acknowledgement, and nothing of their batch counts",
        arguments: [
            ([("v1", 10)], "uatom", "are in uatom"), ([("v1", 10), ("nobody", 1)], "ujuno", "never named"),
            ([("v1", 0)], "ujuno", "above zero"), ([("v1", 5), ("v2", 0)], "ujuno", "above zero"),
            ([], "ujuno", "above zero"),
        ] as [([(String, UInt64)], String, String)]
    )
    func refused(_ rewards: [(String, UInt64)], _ denom: String, _ why: String) throws {
        let received = try chain.announce(rewards, denom: denom)
        #expect(received.acknowledgement.hasPrefix(#"{"error":"#) && received.acknowledgement.contains(why))
        #expect(received.outcome.emitted.allSatisfy { $0.channelAnswer != nil })
        #expect(try chain.totals() == nil)
        #expect(try chain.pendingRewards() == "none")
    }

    @Test("All rewards of a denomination together fit an amount; what exceeds that is refused, also within a batch")
    func bound() throws {
        func announce(_ amounts: Amount...) throws -> Received {
            let shares = try amounts.map { try DistributeBatchPacket.Share(validator: "v1", reward: $0) }
            return try chain.receive(
                .distributeBatch(DistributeBatchPacket(rewards: shares, denom: try Denom("ujuno")))
            )
        }
        let refusal = "all rewards of one denomination together"
        #expect(try announce(.max, .one).acknowledgement.contains(refusal))
        #expect(try announce(try Amount.max.subtracting(5)).isSuccess)
        #expect(try announce(6).acknowledgement.contains(refusal))
        #expect(try announce(2, 3).isSuccess)
        // At the bound all that settles works.
        try chain.staked(900)
        try chain.cut(999)
        #expect(try chain.handBack(1).isSuccess)
        let claim = try chain.claim()
        #expect(claim.text.contains("\"\(Amount.max)\""))
        try chain.timeOut(claim)
        try chain.acknowledge(try chain.claim())
        #expect(try chain.totals()?.paid == Amount.max.description)
        #expect(try announce(.one).acknowledgement.contains(refusal))
    }

    @Test("Where the settings say nothing of rewards they are refused")
    func unset() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        #expect(try chain.announce([("v1", 10)]).acknowledgement.contains("do not say how rewards come"))
    }

    @Test("Where they should be transferred, what was not transferred is refused")
    func uncovered() throws {
        let chain = try StakingChain.earning("ics20-control")
        try chain.staked(100)
        #expect(try chain.announce([("v1", 10)]).acknowledgement.contains("transfer them first"))
        #expect(try chain.transfer(9).isSuccess)
        #expect(try !chain.announce([("v1", 10)]).isSuccess)
        #expect(try chain.transfer(1).isSuccess)
        #expect(try chain.announce([("v1", 10)]).isSuccess)
        #expect(try !chain.announce([("v1", 1)]).isSuccess)
    }

    @Test(
        "Settings of rewards have a known route, and a channel where they are transferred",
        arguments: [
            ["route": "pigeon"], ["route": "ics20-memo"], ["route": "held", "transfer": "transfer"],
            ["transfer": "transfer", "channel": "channel-1"], ["route": "held", "timeout": "1s"],
            ["route": "held", "channel": "channel-1", "transfer": "bank"], ["route": "held", "speed": "1"],
            ["route": "held", "channel": "nowhere at all", "transfer": "transfer"], .null, "held",
            ["route": "held", "consumer_pool": "junó"], ["route": "held", "consumer_pool": "juno1\n"],
        ] as [JSONValue]
    )
    func settings(_ rewards: JSONValue) throws {
        #expect(throws: HarnessError.self) { try StakingChain.earning(settings: [("rewards", rewards)]) }
    }

    @Test("Eight channels are ever known")
    func channels() throws {
        for number in 2...8 {
            try chain.reroute("held", channel: "channel-\(number)")
        }
        // One that is known already is no further one.
        try chain.reroute("held", channel: "channel-2")
        try chain.tryRerouting("held", channel: "channel-9", by: StakingChain.authority).thenFailed(.invalidValue)
        let sources = try chain.harness.query(.with { $0.settings = .init() }).settings.rewards.sources
        #expect(sources.map(\.channelID).suffix(2) == ["channel-8", "channel-2"])
    }
}
