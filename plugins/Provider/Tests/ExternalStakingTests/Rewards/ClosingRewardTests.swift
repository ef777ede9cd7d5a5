import ControlChannel
import ExternalStakingEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import ExternalStaking

@Suite("Rewards of a pairing that ends")
struct ClosingRewardTests {
    @Test("Unclaimed, in flight and held: all is paid in vouchers once the converter has sent them after, one to one")
    func closing() throws {
        let chain = try StakingChain.earning("held")
        let voucher = try chain.voucher()
        try chain.staked(100)
        try chain.staked(50, of: chain.bob)
        try chain.distributed(300)
        let (lost, paid) = (try chain.claim(), try chain.claim(of: chain.bob))
        try chain.distributed(30)
        try chain.close().thenSucceeded()
        // Nothing is earned any more: what is announced late is the community's.
        #expect(try chain.pendingRewards() == "20held+200")
        try chain.tryClaim().thenFailed(.noRewardsDue, saying: "has not sent them")
        try chain.timeOut(lost)
        try chain.acknowledge(paid)
        #expect(try chain.pendingRewards() == "220held" && chain.pendingRewards(of: chain.bob) == "10held")

        #expect(try chain.transfer(100).isSuccess)
        let first = try chain.tryClaim().thenSucceeded().emitted[0].rewardsPaid
        #expect(first.coins.map(\.amount) == ["100"] && first.converted.amount == "100")
        try chain.tryClaim().thenFailed(.noRewardsDue)
        #expect(try chain.transfer(130).isSuccess)
        #expect(try chain.claimVouchers(of: chain.bob) == "10")
        #expect(try chain.claimVouchers() == "120")
        #expect(try chain.balance(chain.text(chain.alice), voucher) == "220")
        let (held, vouchers) = (try #require(try chain.totals()), try #require(try chain.totals(voucher)))
        #expect(held.paid == "100" && held.converted == "230" && held.claimable == "0")
        #expect(vouchers.received == "230" && vouchers.paid == "230")
        try chain.nextBlock(after: StakingChain.period)
        try chain.withdraw()
        #expect(try chain.lien() == "none")
    }

    @Test(
        "A payment that nobody can prove any more is settled by the authority's word, once",
        arguments: [true, false]
    )
    func byWord(isPaid: Bool) throws {
        let chain = try StakingChain.earning("held")
        try chain.staked(100)
        try chain.distributed(30)
        let packet = try chain.claim()
        let number = try #require(try chain.pending().first?.transaction)
        func settle(_ number: UInt64, by sender: Address = StakingChain.authority) throws -> Outcome<ExternalStaking> {
            try chain.harness.when(
                .with {
                    $0.settlePayment.transaction = number
                    $0.settlePayment.isPaid = isPaid
                },
                from: sender
            )
        }
        try settle(number, by: chain.alice).thenFailed(.unauthorized)
        try settle(number).thenFailed(.settlementRefused)
        try chain.close().thenSucceeded()
        // The other chain can still prove what became of it.
        try settle(number).thenFailed(.settlementRefused)
        try chain.setClient("expired")
        if !isPaid {
            // Its end may be open still: who keeps the order back until then would be paid twice.
            try chain.nextBlock(after: .hours(1))
            try settle(number).thenFailed(.settlementRefused)
            try chain.nextBlock(after: .seconds(11))
        }
        try settle(number).thenSucceeded()
        try settle(number).thenFailed(.unknownTransaction)
        #expect(try chain.pendingRewards() == (isPaid ? "none" : "30held"))
        #expect(try chain.totals()?.inFlight == "0" && chain.totals()?.paid == (isPaid ? "30" : "0"))
        // Nobody waits for a late answer.
        try chain.acknowledge(packet)
        #expect(try chain.transfer(30).isSuccess)
        if isPaid {
            try chain.tryClaim().thenFailed(.noRewardsDue)
        } else {
            #expect(try chain.claimVouchers() == "30")
        }
        try chain.tryClaim().thenFailed(.noRewardsDue)
    }

    @Test("Nothing but a payment is settled by word")
    func noStakeByWord() throws {
        let chain = try StakingChain.earning("held")
        _ = try chain.stake(50)
        let number = try #require(try chain.pending().first?.transaction)
        try chain.setClient("expired")
        try chain.close().thenSucceeded()
        try chain.harness.when(.with { $0.settlePayment.transaction = number }, from: StakingChain.authority)
            .thenFailed(.settlementRefused)
    }

    @Test("Vouchers that were earned are paid after the closing as before; later rewards are the community's")
    func late() throws {
        let chain = try StakingChain.earning("ics20-memo")
        try chain.staked(100)
        #expect(try chain.transfer(3, memo: chain.memo([("v1", 3)])).isSuccess)
        try chain.close().thenSucceeded()
        #expect(try chain.transfer(4, memo: chain.memo([("v1", 4)])).isSuccess)
        #expect(try chain.pendingRewards() == "3")
        #expect(try chain.claimVouchers() == "3")
        #expect(try chain.totals(try chain.voucher())?.community == "4")
    }

    @Test("What no batch attributed and no claim needs is released to the community, by the chain's authority alone")
    func surplus() throws {
        let chain = try StakingChain.earning("ics20-control")
        let voucher = try chain.voucher()
        try chain.staked(100)
        try chain.reroute("held")
        try chain.distributed(30)
        #expect(try chain.transfer(12).isSuccess)
        func release(_ sender: Address = StakingChain.authority) throws -> Outcome<ExternalStaking> {
            try chain.harness.when(.with { $0.releaseSurplus = .init() }, from: sender)
        }
        try release().thenFailed(.noSurplus)
        try chain.close().thenSucceeded()
        try release(chain.alice).thenFailed(.unauthorized)
        // The claim of 30 needs them.
        try release().thenFailed(.noSurplus)
        #expect(try chain.transfer(30).isSuccess)
        #expect(try release().thenSucceeded().emitted[0].surplusReleased.coin.amount == "12")
        #expect(try chain.reserves(voucher)?.communityWaiting == "12")
        #expect(try chain.claimVouchers() == "30")
        #expect(try chain.reserves(voucher)?.unattributed == "0")
        try release().thenFailed(.noSurplus)
    }

    @Test(
        "A transfer instance that the settings name by its label and by its address is one source, whose surplus is counted once"
    )
    func namedTwice() throws {
        let chain = try StakingChain.earning("ics20-control")
        try chain.staked(100)
        try chain.harness.given(.admin(StakingChain.authority))
        let address = chain.text(Address(moduleName: "transfer"))
        let settings: JSONValue = ["route": "held", "transfer": .string(address), "channel": "channel-1"]
        try chain.harness.when(reconfiguring: ["rewards": settings], from: StakingChain.authority).thenSucceeded()
        let sources = try chain.harness.query(.with { $0.settings = .init() }).settings.rewards.sources
        #expect(sources.map(\.transfer) == [address])
        try chain.distributed(30)
        #expect(try chain.transfer(12).isSuccess)
        try chain.close().thenSucceeded()
        #expect(try chain.transfer(30).isSuccess)
        let released = try chain.harness.when(.with { $0.releaseSurplus = .init() }, from: StakingChain.authority)
        #expect(try released.thenSucceeded().emitted.map(\.surplusReleased.coin.amount) == ["12"])
        #expect(try chain.claimVouchers() == "30")
    }
}
