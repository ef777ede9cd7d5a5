import ExternalStakingEvents
import IBC
import ModuleKit
import ModuleTesting
import Testing
import VaultEvents

@testable import ExternalStaking

@Suite("Slashes and what is in flight")
struct SettlementTests {
    /// What becomes of a stake that is in flight at an infraction, and when.
    enum Fate: CaseIterable {
        case succeedsBefore, succeedsAfterEvidence, succeedsAfterSettlement
        case failsBefore, failsAfterEvidence, failsAfterSettlement
        case timesOutBefore, timesOutAfterEvidence, timesOutAfterSettlement

        var isSuccess: Bool { [.succeedsBefore, .succeedsAfterEvidence, .succeedsAfterSettlement].contains(self) }

        /// Before the evidence, after it, or after all have settled.
        var moment: Int {
            switch self {
            case .succeedsBefore, .failsBefore, .timesOutBefore: 0
            case .succeedsAfterEvidence, .failsAfterEvidence, .timesOutAfterEvidence: 1
            default: 2
            }
        }

        func befall(_ packet: Ibc_Core_Channel_V1_Packet, on chain: StakingChain) throws {
            switch self {
            case .succeedsBefore, .succeedsAfterEvidence, .succeedsAfterSettlement: try chain.acknowledge(packet)
            case .failsBefore, .failsAfterEvidence, .failsAfterSettlement: try chain.acknowledge(packet, error: "no")
            default: try chain.timeOut(packet)
            }
        }
    }

    @Test(
        "A stake in flight pays its part when it lands, sooner or later, and nothing when it does not",
        arguments: Fate.allCases
    )
    func stakes(fate: Fate) throws {
        let chain = try StakingChain.ready()
        try chain.staked(103)
        let packet = try chain.stake(54)
        func land(_ moment: Int) throws {
            if fate.moment == moment { try fate.befall(packet, on: chain) }
        }
        let time = chain.harness.block.time
        try chain.nextBlock()
        try land(0)
        try chain.infract(at: time)
        try land(1)
        var burns = try chain.settle()
        try land(2)
        burns += try chain.settle()
        // A fifth of 157, or of 103.
        #expect(try chain.collateral() == (fate.isSuccess ? "969" : "980"))
        #expect(try chain.standing() == (fate.isSuccess ? "0...0 +126" : "0...0 +83"))
        #expect(try chain.lien() == (fate.isSuccess ? "126...126" : "83...83"))
        // All that the consumer ever took is burned there.
        #expect(try burns.burned == (fate.isSuccess ? 157 : 103))
        for burn in burns { try chain.acknowledge(burn) }
        #expect(try chain.pending().isEmpty)
    }

    @Test(
        "An unstake in flight pays, whether it succeeds or fails, before the settlement or after",
        arguments: Fate.allCases
    )
    func unstakes(fate: Fate) throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        let packet = try chain.unstake(40)
        func land(_ moment: Int) throws {
            if fate.moment == moment { try fate.befall(packet, on: chain) }
        }
        try chain.nextBlock()
        try land(0)
        try chain.infract(at: chain.harness.block.time)
        try land(1)
        var burns = try chain.settle()
        try land(2)
        burns += try chain.settle()
        #expect(try chain.collateral() == "980")
        #expect(try chain.standing() == "0...0 +80")
        #expect(try burns.burned == (fate.isSuccess ? 60 : 100))
        for burn in burns { try chain.acknowledge(burn) }
        #expect(try chain.pending().isEmpty)
    }

    @Test("Stake that was sent after the infraction pays nothing, and unbonds with the rest")
    func later() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        let time = chain.harness.block.time
        try chain.nextBlock(after: .seconds(11))
        try chain.staked(500)
        let packet = try chain.stake(300)
        try chain.infract(at: time)
        _ = try chain.settle()
        try chain.acknowledge(packet)
        _ = try chain.settle()
        #expect(try chain.collateral() == "980")
        #expect(try chain.standing() == "0...0 +880")
    }

    @Test("Who unstaked before the infraction pays nothing, who did so since pays, and withdraws the rest")
    func unbonding() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        try chain.staked(100, of: chain.bob)
        try chain.acknowledge(try chain.unstake(100))
        try chain.nextBlock(after: .seconds(11))
        let time = chain.harness.block.time
        try chain.acknowledge(try chain.unstake(100, of: chain.bob))
        try chain.nextBlock(after: StakingChain.period)
        try chain.infract(at: time)
        // Both are free now. Nobody's turn has come, and who owes pays first.
        #expect(try chain.withdraw() == "100")
        #expect(try chain.liabilities(of: chain.bob).map(\.due) == ["20"])
        #expect(try chain.withdraw(chain.bob) == "80")
        #expect(try chain.collateral() == "1000")
        #expect(try chain.collateral(of: chain.bob) == "980")
        _ = try chain.settle()
        #expect(try chain.lien(of: chain.bob) == "none")
    }

    @Test("Stake that lands after the settlement is listed, shown as owed, and pays before it can be withdrawn")
    func listed() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        let packet = try chain.stake(50)
        try chain.infract()
        _ = try chain.settle()
        #expect(try chain.liabilities().map { "\($0.paid) \($0.due) \($0.dueInFlight)" } == ["20 0 10"])
        #expect(try chain.acknowledge(packet).kinds == ["stake_committed", "burn_ordered"])
        #expect(try chain.liabilities().map { "\($0.paid) \($0.due) \($0.infraction)" } == ["20 10 1"])
        #expect(try chain.isSettling)
        #expect(try chain.withdraw() == "0")
        #expect(try chain.collateral() == "970")
        #expect(try !chain.isSettling)
    }

    @Test("Several infractions cost the largest and not the sum")
    func several() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        let first = chain.harness.block.time
        try chain.nextBlock(after: .seconds(60))
        try chain.staked(50)
        try chain.infract(at: first, height: 5)
        _ = try chain.settle()
        #expect(try chain.collateral() == "980")
        try chain.infract(height: 6)
        try chain.infract(at: first, height: 7)
        _ = try chain.settle()
        #expect(try chain.collateral() == "970")
        #expect(try chain.offender().infractions.map(\.infraction.taken) == ["20", "10", "0"])
    }

    @Test(
        "A slash during the closing takes from what unbonds, and nothing is burned any more",
        arguments: [true, false]
    )
    func closing(isClosedFirst: Bool) throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        let packet = try chain.stake(50)
        if isClosedFirst { try chain.close().thenSucceeded() }
        try chain.infract()
        if !isClosedFirst { try chain.close().thenSucceeded() }
        #expect(try chain.settle().isEmpty)
        try chain.acknowledge(packet)
        #expect(try chain.settle().isEmpty)
        #expect(try chain.collateral() == "970")
        #expect(try chain.standing() == "0...0 +120")
        #expect(try chain.pending().isEmpty)
        try chain.nextBlock(after: StakingChain.period)
        #expect(try chain.withdraw() == "120")
    }

    @Test(
        "Abandoned stake pays nothing, unless anybody has brought its acknowledgement in time, also after the closing",
        arguments: [true, false]
    )
    func abandoned(isAcknowledged: Bool) throws {
        let chain = try StakingChain.ready()
        let packet = try chain.stake(100)
        try chain.infract()
        try chain.close().thenSucceeded()
        _ = try chain.settle()
        #expect(try chain.liabilities().map { "\($0.due) \($0.dueInFlight)" } == ["0 20"])
        try chain.nextBlock(after: .minutes(59))
        // A moment before it would be free.
        #expect(try chain.withdraw() == "0")
        if isAcknowledged { try chain.acknowledge(packet) }
        try chain.nextBlock(after: StakingChain.period)
        #expect(try chain.withdraw() == (isAcknowledged ? "80" : "100"))
        #expect(try chain.collateral() == (isAcknowledged ? "980" : "1000"))
        #expect(try chain.lien() == "none")
        // What comes too late changes nothing.
        if !isAcknowledged { try chain.acknowledge(packet) }
        _ = try chain.settle()
        #expect(try chain.collateral() == (isAcknowledged ? "980" : "1000"))
        #expect(try chain.pending().isEmpty)
    }

    @Test(
        "A frozen pairing takes no stake and lets none go, but what unbonds is free in time, and evidence still counts"
    )
    func frozen() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        try chain.acknowledge(try chain.unstake(30))
        try chain.setClient("frozen")
        try chain.tryStake(1).thenFailed(.pairingFrozen)
        try chain.tryUnstake(1).thenFailed(.pairingFrozen)
        try chain.infract()
        #expect(try chain.settle().isEmpty)
        #expect(try chain.collateral() == "980")
        try chain.nextBlock(after: StakingChain.period)
        #expect(try chain.withdraw() == "80")
        try chain.setClient("active")
        // The burn that had to wait.
        #expect(try chain.nextBlock().count == 1)
        _ = try chain.stake(1, on: "v2")
    }

    @Test("What the consumer hands back of a guilty validator's stake is not counted twice")
    func handedBack() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        try chain.infract()
        let burns = try chain.settle()
        #expect(try chain.handBack(100).isSuccess)
        #expect(try chain.standing() == "0...0 +80")
        for burn in burns { try chain.acknowledge(burn) }
        #expect(try chain.pending().isEmpty)
    }

    @Test("A bounty goes out of what is slashed to whoever has brought the evidence, and the rest is destroyed")
    func bounty() throws {
        let alliance = try Alliance(ratios: ["0.1", "0.5", "0.5"], bounty: "0.1")
        try alliance.bond(200_000)
        try alliance.stakeLocal(200_000)
        try alliance.staked(200_000, on: "v1", over: 0)
        try alliance.staked(100_000, on: "v1", over: 1)
        try alliance.infract(1, over: 0)
        let events = try alliance.settle()
        #expect(events.of(HarnessEvent.self).isEmpty)
        // The coins are with native staking; what was cut of local stake comes back at once, and pays.
        #expect(try alliance.balance(of: StakingChain.observer) == "10000")
        #expect(try alliance.account().bonded == "100000")
        #expect(try alliance.account().unburned == "0")
        let burned = events.of(VaultEvent.self).compactMap { event in
            if case .collateralBurned(let burned) = event.event { burned.amount.amount } else { nil }
        }
        #expect(burned == ["90000"])
        try alliance.checkCoins()
    }
}
