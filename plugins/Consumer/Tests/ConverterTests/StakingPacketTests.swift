import Converter
import ConverterEvents
import IBC
import ModuleKit
import ModuleTesting
import StakingEvents
import Testing
import VirtualStakingEvents

@Suite("Stakes and unstakes")
struct StakingPacketTests {
    @Test("A stake is pledged, by delegator and by validator, in tokens of the provider")
    func stakes() throws {
        let chain = try ConsumerChain.paired(["discount": "0.1"], price: "0.5")
        #expect(try chain.stake("50000000", by: "osmo1alice") == .done)
        #expect(try chain.stake("20", by: "osmo1bob") == .done)
        #expect(try chain.stake("7", by: "osmo1bob", at: 2) == .done)
        #expect(try chain.pledge("osmo1alice", at: 1) == "50000000")
        #expect(try chain.pledge("osmo1bob", at: 1) == "20")
        #expect(try chain.pledged(1) == "50000020")
        #expect(try chain.pledged(2) == "7")
        #expect(try chain.pledged(3) == "0")
        try chain.harness.nextBlock()
    }

    @Test("A stake of nothing, of another token, or of more than can be counted is refused")
    func amounts() throws {
        let chain = try ConsumerChain.paired()
        #expect(try chain.stake("0").isRefused("above zero"))
        #expect(try chain.stake("5", denom: "uatom").isRefused("this pairing is about uosmo"))
        #expect(try chain.stake("340282366920938463463374607431768211455") == .done)
        #expect(try chain.stake("1").isRefused("more can't be counted"))
        #expect(try chain.pledged(1) == "340282366920938463463374607431768211455")
    }

    @Test("Without a live grant with a cap above zero, a stake is refused as not authorised")
    func authorisation() throws {
        let chain = try ConsumerChain()
        try chain.openChannel()
        try chain.harness.nextBlock()
        #expect(try chain.stake("5").isRefused("not authorised"))
        try chain.setCap(10)
        #expect(try chain.stake("5") == .done)
        try chain.setCap(0)
        #expect(try chain.stake("5").isRefused("not authorised"))
    }

    @Test("A stale price, a price of zero, or none at all refuses stakes and lets unstakes through")
    func prices() throws {
        let chain = try ConsumerChain.paired()
        #expect(try chain.stake("10") == .done)
        try chain.harness.nextBlock(after: .hours(2))
        #expect(try chain.stake("5").isRefused("no fresh price"))
        #expect(try chain.unstake("1") == .done)
        #expect(try !chain.targets.isPriceFresh)
        try chain.setPrice("3")
        try chain.harness.nextBlock()
        #expect(try chain.stake("5") == .done)
        try chain.setPrice("0")
        try chain.harness.nextBlock()
        #expect(try chain.stake("5").isRefused("no fresh price"))
        #expect(try chain.unstake("1") == .done)
        try chain.reconfigure(["price_feed": "bank"]).thenSucceeded()
        try chain.harness.nextBlock()
        #expect(try chain.stake("5").isRefused("no fresh price"))
        #expect(try chain.unstake("12") == .done)
        #expect(try chain.pledged(1) == "1")
    }

    @Test("Validators that are unknown, jailed or tombstoned take no stake; one outside the active set does")
    func validators() throws {
        let chain = try ConsumerChain.paired()
        #expect(try chain.stake("5", at: 4).isRefused("there is no validator"))
        try chain.addValidator(5, stake: 1)
        #expect(try chain.stake("5", at: 5) == .done)
        try chain.jail(1)
        #expect(try chain.stake("5", at: 1).isRefused("jailed"))
        try chain.unjail(1)
        #expect(try chain.stake("5", at: 1) == .done)
        try chain.tombstone(2)
        #expect(try chain.stake("5", at: 2).isRefused("tombstoned"))
        let text = #"{"stake":{"delegator":"a","validator":"cval1","stake":{"denom":"uosmo","amount":"1"},"tx_id":1}}"#
        #expect(try chain.receive(text).isRefused("none of this chain"))
    }

    @Test("More than a delegator has pledged can't be unstaked; what another has pledged doesn't help")
    func tooMuch() throws {
        let chain = try ConsumerChain.paired()
        try chain.stake("10", by: "osmo1alice")
        try chain.stake("10", by: "osmo1bob")
        #expect(try chain.unstake("11", by: "osmo1alice").isRefused("10uosmo of this delegator"))
        #expect(try chain.unstake("1", by: "osmo1carol").isRefused("0uosmo of this delegator"))
        #expect(try chain.unstake("0", by: "osmo1alice").isRefused("above zero"))
        #expect(try chain.unstake("1", by: "osmo1alice", denom: "uatom").isRefused("this pairing is about uosmo"))
        #expect(try chain.unstake("10", by: "osmo1alice") == .done)
        #expect(try chain.pledge("osmo1alice", at: 1) == "0")
        #expect(try chain.pledged(1) == "10")
    }

    @Test("An unstake has virtual staking let go at once; where it can't, the pledge stays")
    func virtualStakingLetsGo() throws {
        let chain = try ConsumerChain.paired()
        try chain.stake("10")
        try chain.unstake("4")
        let released = try chain.harness.eventsOfBlock().of(VirtualStakingEvent.self).compactMap { event in
            if case .releaseDeferred(let released) = event.event { released.amount } else { nil }
        }
        #expect(released == ["4"])
        try chain.makeVirtualStakingFail()
        #expect(try chain.unstake("4").isRefused("can't let go"))
        #expect(try chain.pledged(1) == "6")
    }

    @Test("Where nothing is held, no rewards are paid")
    func rewards() throws {
        let chain = try ConsumerChain.paired()
        let text =
            #"{"transfer_rewards":{"rewards":{"denom":"stake","amount":"5"},"recipient":"cosmos1x","tx_id":9}}"#
        #expect(try chain.receive(text).isRefused("0stake are held"))
    }

    @Test(
        "Packets in any other shape get an error acknowledgement, and change nothing",
        arguments: [
            "", "{}", "[]", "null", "7", "{", "\u{0}", #"{"stake":{}}"#, #"{"stake":[]}"#, #"{"unknown":{}}"#,
            #"{"valset_update":{}}"#, #"{"stake":{},"unstake":{}}"#,
            #"{"stake":{"delegator":"","validator":"v","stake":{"denom":"uosmo","amount":"1"},"tx_id":1}}"#,
            #"{"stake":{"delegator":"a","validator":"v","stake":{"denom":"uosmo","amount":1},"tx_id":1}}"#,
            #"{"stake":{"delegator":"a","validator":"v","stake":{"denom":"uosmo","amount":"-1"},"tx_id":1}}"#,
            #"{"stake":{"delegator":"a","validator":"v","stake":{"denom":"uosmo","amount":"1"},"tx_id":"1"}}"#,
            #"{"stake":{"delegator":"a","validator":"v","stake":{"denom":"uosmo","amount":"1"},"tx_id":1,"x":1}}"#,
            #"{"unstake":{"delegator":"a","validator":"v","unstake":{"denom":"uosmo","amount":"1.5"},"tx_id":1}}"#,
            #"{"burn":{"validators":[],"burn":{"denom":"uosmo","amount":"1"}}}"#,
            #"{"burn":{"validators":["v"],"burn":{"denom":"uosmo","amount":"1"},"delegator":"a"}}"#,
            #"{"burn":{"validators":["v"],"burn":{"denom":"uosmo"}}}"#,
        ]
    )
    func malformed(text: String) throws {
        let chain = try ConsumerChain.paired()
        try chain.stake("10")
        #expect(try chain.receive(text) != .done)
        #expect(try chain.pledged(1) == "10")
    }

    @Test("A text of any length in a packet is answered with a short one")
    func longTexts() throws {
        let chain = try ConsumerChain.paired()
        let delegator = String(repeating: "a", count: 300)
        let answer = try chain.stake("1", by: delegator)
        guard case .error(let text) = answer else {
            Issue.record("the packet was taken")
            return
        }
        #expect(text.utf8.count <= 512)
    }
}
