import ControlChannel
import ExternalStakingEvents
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing
import VaultEvents

@testable import ExternalStaking

/// The defects of the reference contracts that concern slashes, by their numbers in the list of findings; from evidence on.
@Suite("Defects of the reference's slashes that must not exist here")
struct SlashingDefectTests {
    @Test("D2: a slash that propagates while a stake is in flight disturbs neither its acknowledgement nor its timeout")
    func d2() throws {
        for isAcknowledged in [true, false] {
            let alliance = try Alliance(ratios: ["0.1", "0.5", "0.5"])
            try alliance.bond(200_000)
            try alliance.staked(200_000, on: "v1", over: 0)
            let packet = try alliance.stake(200_000, on: "v2", over: 1)
            try alliance.infract(1, over: 0)
            _ = try alliance.settle()
            #expect(try alliance.liens() == ["100000", "100000"])
            if isAcknowledged { try alliance.acknowledge(packet) } else { try alliance.timeOut(packet) }
            #expect(try alliance.liens() == (isAcknowledged ? ["100000", "100000"] : ["100000"]))
            try alliance.checkCoins()
        }
    }

    @Test("D3: a slash that propagates may cut what is in flight alone")
    func d3() throws {
        let alliance = try Alliance(ratios: ["0.1", "0.5", "0.5"])
        try alliance.bond(200_000)
        try alliance.staked(200_000, on: "v1", over: 0)
        let packet = try alliance.stake(200_000, on: "v2", over: 1)
        try alliance.infract(1, over: 0)
        _ = try alliance.settle()
        #expect(try alliance.stake(on: "v2", over: 1) == "100000+0")
        try alliance.acknowledge(packet)
        let burns = try alliance.settle().of(InterchainEvent.self).compactMap(\.sent).map(\.text)
        #expect(burns.count == 1 && burns.allSatisfy { $0.contains(#""amount":"100000""#) })
    }

    @Test("D4: a slash that has to cut more on the slashed validator than is left there takes it from others")
    func d4() throws {
        let alliance = try Alliance(ratios: ["0", "1", "1"])
        try alliance.bond(200_000)
        try alliance.staked(20_000, on: "v1", over: 0)
        try alliance.staked(60_000, on: "v2", over: 0)
        try alliance.staked(120_000, on: "v3", over: 1)
        try alliance.infract(1, over: 0)
        try alliance.infract(3, over: 1, height: 8)
        let events = try alliance.settle()
        #expect(events.of(HarnessEvent.self).isEmpty)
        #expect(try alliance.account().bonded == "60000")
        #expect(try alliance.stake(on: "v1", over: 0) == "0+0")
        #expect(try alliance.stake(on: "v2", over: 0) == "60000+0")
        try alliance.checkCoins()
    }

    @Test(
        "D5: evidence against a validator whose former delegators have nothing there any more takes nothing from anybody"
    )
    func d5() throws {
        let chain = try StakingChain.ready()
        try chain.staked(30)
        try chain.acknowledge(try chain.unstake(30))
        try chain.nextBlock(after: StakingChain.period)
        #expect(try chain.withdraw() == "30")
        try chain.infract()
        #expect(try chain.settle().isEmpty)
        #expect(try chain.collateral() == "1000")
        #expect(try chain.offender().settled)
    }

    @Test("D6: stakes of four and four at a fifth pay one, and are released as seven")
    func d6() throws {
        let chain = try StakingChain.ready()
        try chain.staked(4)
        try chain.staked(4)
        try chain.infract()
        _ = try chain.settle()
        try chain.nextBlock(after: StakingChain.period)
        #expect(try chain.withdraw() == "7")
        #expect(try chain.lien() == "none")
        try chain.unbond(999, of: chain.alice).thenSucceeded()
    }

    /// The stakes of the reference transcript slashing_three_users: 999, 500 and 301, of which 200 unbond. Its slash took the
    /// rate of a packet from what was there; here everybody pays the instance's own ratio, as much of an unbonding as of
    /// stake, each rounded down.
    @Test("Three users pay for stake and for what unbonds, each by the same ratio")
    func threeUsers() throws {
        let dave = Address.named("dave")
        let chain = try StakingChain.ready(people: [dave])
        for (user, amount) in [(chain.alice, 999), (chain.bob, 500), (dave, 301)] as [(Address, UInt64)] {
            try chain.staked(amount, of: user)
        }
        let time = chain.harness.block.time
        try chain.acknowledge(try chain.unstake(200, of: chain.bob))
        try chain.infract(at: time)
        _ = try chain.settle()
        #expect(try chain.collateral() == "801")
        #expect(try chain.collateral(of: chain.bob) == "900")
        #expect(try chain.collateral(of: dave) == "940")
        #expect(try chain.standing(of: chain.bob) == "0...0 +400")
    }

    /// As the reference transcript tombstone: after a double sign nothing can be staked there, also when the consumer adds the
    /// validator again. Unlike there, stake on it is never locked.
    @Test("A tombstoned validator takes no stake, added again or not, and what was there is free in time")
    func tombstone() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        #expect(try chain.receive(chain.update(height: 101, tombstoned: ["v1"])).isSuccess)
        try chain.infract()
        _ = try chain.settle()
        let again = try AnnouncedValidator(operatorAddress: "v1", consensusKey: StakingChain.key(1))
        #expect(try chain.receive(chain.update(height: 102, additions: [again])).isSuccess)
        try chain.tryStake(1).thenFailed(.validatorTombstoned)
        try chain.nextBlock(after: StakingChain.period)
        #expect(try chain.withdraw() == "80")
    }
}
