import ControlChannel
import ExternalStakingEvents
import IBC
import InterchainEvents
import InterchainTesting
import ModuleKit
import ModuleTesting
import Testing

@testable import ExternalStaking

@Suite("Nobody gains by")
struct RewardGamingTests {
    @Test("coming, going and coming back: each record begins with what has come by then, of every kind")
    func comingBack() throws {
        let chain = try StakingChain.earning("ics20-control")
        try chain.reroute("held")
        try chain.staked(100)
        try chain.distributed(100)
        #expect(try chain.transfer(40, memo: chain.memo([("v1", 40)])).isSuccess)
        // In the same block, after the rewards.
        try chain.staked(100, of: chain.bob)
        #expect(try chain.pendingRewards(of: chain.bob) == "none")
        try chain.distributed(20)
        #expect(try chain.pendingRewards(of: chain.bob) == "10held")

        // He goes while his claim is in flight; it is lost after his stake has ended, and is his still.
        let claim = try chain.claim(of: chain.bob)
        try chain.acknowledge(try chain.unstake(100, of: chain.bob))
        try chain.nextBlock(after: StakingChain.period)
        #expect(try chain.withdraw(chain.bob) == "100")
        #expect(try chain.validator("v1").stakers == 2)
        try chain.timeOut(claim)
        #expect(try chain.pendingRewards(of: chain.bob) == "10held")
        try chain.acknowledge(try chain.claim(of: chain.bob))
        #expect(try chain.validator("v1").stakers == 1)

        // Nothing is left of him while more comes, also of a kind that never came before.
        try chain.distributed(60)
        let other = try chain.openTransfers()
        try chain.reroute("held", channel: other)
        #expect(try chain.transfer(80, memo: chain.memo([("v1", 80)]), over: other).isSuccess)
        #expect(try chain.transfer(40, memo: chain.memo([("v1", 40)])).isSuccess)
        try chain.staked(100, of: chain.bob)
        #expect(try chain.pendingRewards(of: chain.bob) == "none")
        try chain.tryClaim(of: chain.bob).thenFailed(.noRewardsDue)
        #expect(try chain.transfer(8, memo: chain.memo([("v1", 8)]), over: other).isSuccess)
        #expect(try chain.transfer(6, memo: chain.memo([("v1", 6)])).isSuccess)
        try chain.distributed(2)
        let kinds = Set(try chain.pendingRewards(of: chain.bob).split(separator: " "))
        #expect(kinds == ["4", "3", "1held"])
        // Another one's are nobody else's to claim.
        try chain.tryClaim(of: chain.carol).thenFailed(.noRewardsDue)
    }

    @Test("a second pairing over the same channel: each takes from its own converter, and pays out of its own account")
    func sharedChannel() throws {
        let second = StakingChain.configuration(
            .newest,
            [
                ("remote_endpoint", ["connection": "connection-0", "port": "mesh.converter2"]),
                StakingChain.rewardSettings("ics20-control"),
            ]
        )
        let chain = try StakingChain.earning(
            "ics20-control",
            neighbours: [ExternalStaking()],
            neighbourSettings: [("external-staking-2", second)]
        )
        let (ours, theirs) = (chain.staking, chain.text(Address(moduleName: "external-staking-2")))
        let opened = try chain.relay(
            .with {
                $0.channelOpenTry.portID = "mesh.\(theirs)"
                $0.channelOpenTry.connectionID = "connection-0"
                $0.channelOpenTry.ordering = .unordered
                $0.channelOpenTry.counterparty.portID = "mesh.converter2"
                $0.channelOpenTry.counterparty.channelID = "channel-10"
                $0.channelOpenTry.counterpartyVersion = chain.version.json
            }
        ).thenSucceeded()
        let channel = try #require(opened.events.of(InterchainEvent.self).first).channelOpenTry.channelID
        try chain.relay(
            .with {
                $0.channelOpenConfirm.portID = "mesh.\(theirs)"
                $0.channelOpenConfirm.channelID = channel
            }
        ).thenSucceeded()
        try chain.staked(100)
        let voucher = try chain.voucher()

        // What is for one is refused from the converter of the other, whatever the memo calls.
        for (sender, receiver) in [("converter2", ours), ("converter", theirs)] {
            #expect(try chain.transfer(9, from: sender, to: receiver).refusal == .strangeVouchers)
            for called in [ours, theirs] {
                let memo = chain.memo([("v1", 9)], to: called)
                #expect(try !chain.transfer(9, memo: memo, from: sender, to: receiver).isSuccess)
            }
        }
        #expect(try chain.balance(ours, voucher) == "0" && chain.balance(theirs, voucher) == "0")
        // What has come for the other covers no batch of this one.
        #expect(try chain.transfer(50, from: "converter2", to: theirs).isSuccess)
        #expect(try !chain.announce([("v1", 50)]).isSuccess)
        #expect(try chain.transfer(7).isSuccess)
        try chain.distributed(7)
        #expect(try chain.claimVouchers() == "7")
        #expect(try chain.balance(ours, voucher) == "0" && chain.balance(theirs, voucher) == "50")
        // Nor after the end of this one, when vouchers stand for what was held.
        try chain.reroute("held")
        try chain.distributed(20)
        try chain.close().thenSucceeded()
        try chain.tryClaim().thenFailed(.noRewardsDue, saying: "has not sent them")
        #expect(try chain.balance(theirs, voucher) == "50")
    }
}
