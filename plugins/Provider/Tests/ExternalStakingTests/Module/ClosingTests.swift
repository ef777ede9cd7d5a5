import ControlChannel
import ExternalStakingEvents
import IBC
import ModuleKit
import ModuleTesting
import Testing
import Vault
import VaultEvents

@testable import ExternalStaking

@Suite("The end of a pairing")
struct ClosingTests {
    @Test("The chain's authority closes at any time, anyone when the client has expired, and else nobody")
    func whoCloses() throws {
        for status in ["active", "frozen"] {
            let chain = try StakingChain.ready()
            try chain.setClient(status)
            try chain.close(by: chain.bob).thenFailed(.closingRefused)
            try chain.close().thenSucceeded()
            try chain.close().thenFailed(.pairingClosed)
        }
        let chain = try StakingChain.ready(authority: nil)
        try chain.close().thenFailed(.closingRefused, saying: "this chain has none")
        try chain.setClient("expired")
        let closed = try chain.close(by: chain.bob).thenSucceeded()
        #expect(closed.emitted.last?.channelClosed.reason == .expiredClient)
    }

    @Test("Nothing is staked or unstaked any more, and no other channel is opened")
    func closed() throws {
        let chain = try StakingChain.ready()
        try chain.staked(10)
        try chain.close().thenSucceeded()
        try chain.tryStake(1).thenFailed(.pairingClosed)
        try chain.tryUnstake(1).thenFailed(.pairingClosed)
        try chain.openTry().thenFailed(.alreadyPaired)
        #expect(try !chain.validator("v1").takesStake)
        #expect(try chain.validator("v1").unbonding == "10")
    }

    @Test("A stake that succeeds after the closing unbonds from then on")
    func lateSuccess() throws {
        let chain = try StakingChain.ready()
        let packet = try chain.stake(50)
        try chain.close().thenSucceeded()
        try chain.nextBlock(after: .seconds(60))
        #expect(try chain.acknowledge(packet).emitted.last?.stakeCommitted.unbonding == "50")
        #expect(try chain.lien() == "50...50")
        try chain.nextBlock(after: .seconds(3599))
        #expect(try chain.withdraw() == "0")
        try chain.nextBlock(after: .seconds(1))
        #expect(try chain.withdraw() == "50")
    }

    @Test(
        "A stake of which nobody ever hears is free one period after the closing, and its late answer changes nothing"
    )
    func neverSettled() throws {
        let chain = try StakingChain.ready()
        let packet = try chain.stake(50)
        try chain.setClient("expired")
        try chain.close(by: chain.bob).thenSucceeded()
        try chain.nextBlock(after: StakingChain.period)
        #expect(try chain.withdraw() == "50")
        #expect(try chain.lien() == "none")
        try chain.acknowledge(packet)
        #expect(try chain.lien() == "none")
        #expect(try chain.withdraw() == "0")
        #expect(try chain.pending().isEmpty)
    }

    @Test("Unbonding stake can still be cut after the closing; nothing is burned for it, and what waited is dropped")
    func cutAfterwards() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        try chain.cut(10)
        let burn = try #require(try chain.nextBlock().first)
        try chain.cut(10)
        try chain.close().thenSucceeded()
        try chain.cut(30)
        #expect(try chain.standing() == "0...0 +50")
        #expect(try chain.timeOut(burn).kinds == ["burn_returned"])
        #expect(try chain.nextBlock().isEmpty)
        #expect(try chain.pending().isEmpty)
        try chain.nextBlock(after: StakingChain.period)
        #expect(try chain.withdraw() == "50")
    }
}

@Suite("Burns")
struct BurnTests {
    @Test("A burn is sent at the end of the block, with whose it is on a channel of 1.0.0 alone")
    func packets() throws {
        let alice = "\"delegator\""
        for (version, isAttributed) in [(ControlVersion.newest, true), (ControlVersion.reference, false)] {
            let chain = try StakingChain.ready(version: version)
            try chain.staked(100)
            #expect(try chain.cut(7).kinds == ["lien_cut", "burn_ordered"])
            let packet = try #require(try chain.nextBlock().first)
            #expect(packet.text.hasPrefix(#"{"burn":{"validators":["v1"],"burn":{"denom":"uosmo","amount":"7"}"#))
            #expect(packet.text.contains(alice) == isAttributed)
            try chain.tryStake(1).thenFailed(.burnOutstanding)
            #expect(try chain.acknowledge(packet).kinds == ["burn_settled"])
            _ = try chain.stake(1)
        }
    }

    @Test("It is sent again at once after a timeout, and waits while the client can't be used")
    func again() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        try chain.setClient("frozen")
        try chain.cut(7)
        #expect(try chain.nextBlock().isEmpty)
        #expect(try chain.nextBlock().isEmpty)
        try chain.setClient("active")
        var packet = try #require(try chain.nextBlock().first)
        for _ in 0..<2 {
            try chain.timeOut(packet)
            let again = try #require(try chain.nextBlock().first)
            #expect(again.text == packet.text)
            #expect(again.sequence != packet.sequence)
            packet = again
        }
        try chain.acknowledge(packet)
        #expect(try chain.pending().isEmpty)
    }

    @Test("A refused burn waits ever longer until it is sent again, a day at most, and is never given up")
    func refused() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        try chain.cut(7)
        var packet = try #require(try chain.nextBlock().first)
        var waits: [UInt64] = []
        for attempt in 1...13 {
            let refused = try chain.acknowledge(packet, error: "not now")
            let due = try #require(refused.emitted.last?.burnReturned.due)
            let wait = TimeSpan(nanoseconds: due - chain.harness.block.time.nanoseconds)
            #expect(wait == ResendingDelay.afterRefusal(attempts: UInt32(attempt)))
            waits.append(wait.nanoseconds / TimeSpan.minutes(1).nanoseconds)
            // This block ends too early, and so does the next, by one nanosecond.
            #expect(try chain.nextBlock(after: TimeSpan(nanoseconds: wait.nanoseconds - 1)).isEmpty)
            #expect(try chain.nextBlock(after: TimeSpan(nanoseconds: 1)).isEmpty)
            let again = try #require(try chain.nextBlock().first)
            #expect(again.text == packet.text)
            packet = again
        }
        #expect(waits == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 1440, 1440])
        try chain.acknowledge(packet)
        #expect(try chain.pending().isEmpty)
        #expect(try chain.harness.module.waitingBurnCount.value(in: chain.harness.state) == nil)
    }

    @Test("However many burns wait, a block sends so many and no more, the oldest first")
    func bounded() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        try chain.setClient("frozen")
        for _ in 0..<70 { try chain.cut(1) }
        #expect(try chain.nextBlock().isEmpty)
        try chain.setClient("active")
        let first = try chain.nextBlock()
        #expect(first.count == ExternalStaking.burnsPerBlock)
        let rest = try chain.nextBlock()
        #expect(rest.count == 70 - ExternalStaking.burnsPerBlock)
        for packet in first + rest { try chain.acknowledge(packet) }
        #expect(try chain.pending().isEmpty)
        #expect(try chain.nextBlock().isEmpty)
    }

    @Test("A cut by another vault, of another holder, or of nobody changes nothing")
    func strangers() throws {
        let chain = try StakingChain.ready()
        try chain.staked(10)
        let owner = chain.text(chain.alice)
        let cut = VaultEvent.with {
            $0.lienCut.owner = owner
            $0.lienCut.holder = 99
            $0.lienCut.amount = "5"
        }
        try chain.harness.when(recording: [cut], of: Vault.self).thenSucceeded()
        #expect(try chain.cut(5, of: chain.bob).kinds == ["lien_cut"])
        #expect(try chain.standing() == "10...10 +0")
    }
}
