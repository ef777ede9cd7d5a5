import ControlChannel
import Converter
import ConverterEvents
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import StakingEvents
import Testing
import VirtualStakingEvents

/// The defects of the reference contracts (mesh-security 44c6e65b) that would be the converter's, by their numbers.
@Suite("Defects of the reference that do not exist here")
struct DefectTests {
    @Test("D1: stake can be unstaked from a tombstoned validator")
    func d1() throws {
        let chain = try ConsumerChain.paired()
        try chain.stake("10")
        try chain.tombstone(1)
        try chain.jail(1)
        try chain.harness.nextBlock()
        #expect(try chain.unstake("10") == .done)
        #expect(try chain.pledged(1) == "0")
    }

    @Test("D7: a second cap of zero hands nothing back twice, and no acknowledgement fails")
    func d7() throws {
        let chain = try ConsumerChain.paired()
        try chain.stake("10")
        try chain.setCap(0)
        try chain.setCap(0)
        let packets = try chain.harness.nextBlock().sentPackets
        #expect(packets.count == 1)
        try chain.setCap(0)
        #expect(try chain.harness.nextBlock().sentPackets.isEmpty)
        #expect(try chain.stake("10").isRefused("not authorised"))
        for packet in packets { try chain.acknowledge(packet) }
        #expect(try chain.notices.isEmpty)
    }

    @Test("D7: a hand-back that timed out is sent again once, and the pledge has fallen once")
    func d7AfterTimeout() throws {
        let chain = try ConsumerChain.paired()
        try chain.stake("10")
        try chain.setCap(0)
        let first = try #require(try chain.harness.nextBlock().sentPackets.first)
        try chain.timeOut(first)
        try chain.setCap(7)
        #expect(try chain.stake("3") == .done)
        let again = try chain.harness.nextBlock().sentPackets
        #expect(again.map(\.data) == [first.data])
        #expect(try chain.pledged(1) == "3")
    }

    @Test("D8: a channel that is closed on this side is closed by authority alone, and leaves nothing pledged")
    func d8() throws {
        let chain = try ConsumerChain.paired()
        try chain.stake("10")
        let close = ConverterMessage.with { $0.close = .init() }
        try chain.harness.when(close, from: .named("anybody")).thenFailed(.notConverterAuthority)
        try chain.harness.when(close, from: ConsumerChain.authority).thenSucceeded()
        #expect(try chain.targets.targets.isEmpty)
    }

    @Test("D9: what is in flight when the channel closes resolves without failing")
    func d9() throws {
        let chain = try ConsumerChain.paired()
        try chain.stake("10")
        try chain.setCap(0)
        let packet = try #require(try chain.harness.nextBlock().sentPackets.first)
        try chain.closeConfirm().thenSucceeded()
        try chain.timeOut(packet)
        #expect(try chain.notices.isEmpty)
    }

    /// The transcript `price_change`: the reference refuses 401 of 600 after the price has risen from 0.5 to 2.
    @Test("D10: after any change of the price, all of a stake can be unstaked, and nothing is left over")
    func d10() throws {
        let chain = try ConsumerChain.paired()
        try chain.stake("1000")
        try chain.setPrice("0.5")
        try chain.harness.nextBlock()
        #expect(try chain.unstake("400") == .done)
        #expect(try chain.target(1) == "300")
        try chain.setPrice("2")
        try chain.harness.nextBlock()
        #expect(try chain.unstake("401") == .done)
        #expect(try chain.target(1) == "398")
        #expect(try chain.unstake("199") == .done)
        #expect(try chain.target(1) == "0")
        #expect(try chain.pledged(1) == "0")
    }

    @Test("D17: a stake of nothing is refused, and a target of nothing is left out")
    func d17() throws {
        let chain = try ConsumerChain.paired()
        #expect(try chain.stake("0").isRefused("above zero"))
        try chain.stake("1", at: 2)
        try chain.setPrice("0.5")
        try chain.harness.nextBlock()
        #expect(try chain.targets.targets.isEmpty)
    }

    /// The order in which stake moves is virtual staking's. The converter tells how much it should be in all, and by
    /// how much a pledge went down while it goes down.
    @Test("D18: a pledge that moves to another validator goes down before it goes up")
    func d18() throws {
        let chain = try ConsumerChain.paired()
        try chain.stake("100", at: 2)
        try chain.unstake("100", at: 2)
        try chain.stake("100", at: 1)
        let told = try chain.harness.eventsOfBlock().of(ConverterEvent.self).compactMap { $0.pledgeReduction }
        #expect(told.map(\.amount) == ["100"])
        #expect(told.map(\.pledgedBefore) == ["100"])
        #expect(try chain.targets.targets.map(\.amount) == ["100"])
    }

    @Test("D19: at price zero, validators are slashed and the provider is told")
    func d19() throws {
        let chain = try ConsumerChain.paired(price: "0")
        try chain.record(
            .with {
                $0.slashStarted.validator = chain.validator(1)
                $0.slashStarted.fraction = "0.100000000000000000"
                $0.slashStarted.amount = "1"
                $0.slashStarted.timeNanoseconds = 1
            }
        )
        #expect(try chain.update()?.slashed.count == 1)
    }
}
