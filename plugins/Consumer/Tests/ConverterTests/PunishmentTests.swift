import Bank
import BankEvents
import ControlChannel
import ConverterEvents
import ModuleKit
import ModuleTesting
import StakingEvents
import Testing
import VirtualStakingEvents

@Suite("A punishment by the consumer's own chain")
struct PunishmentTests {
    /// A million is pledged to the first validator, and another to the second; all of it is bonded.
    private func chain() throws -> ConsumerChain {
        let chain = try ConsumerChain.punishing()
        #expect(try chain.stake("1000000") == .done)
        #expect(try chain.stake("1000000", at: 2) == .done)
        try chain.bondPledges()
        #expect(try (1...3).map(chain.minted) == [1_000_000, 1_000_000, 0])
        return chain
    }

    private func offset(_ chain: ConsumerChain) throws -> String {
        try chain.harness.query(.with { $0.supply.denom = "stake" }, of: Bank.self).supply.offset
    }

    @Test("for a downtime destroys a hundredth of the virtual stake, burns the rest, and leaves the pledge as it is")
    func downtime() throws {
        let chain = try chain()
        var seams: [ConsumerChain.Seam] = []
        for _ in 0..<6 where seams.last?.stake.isEmpty != false { seams.append(try chain.endBlock(absent: [1])) }
        // The power of three was two millions of its own and one that is virtual.
        let stake = try #require(seams.last?.stake)
        #expect(stake.compactMap(\.what) == ["lost 10000", "released 990000", "returned 990000", "burned 990000"])
        #expect(try (1...3).map(chain.minted) == [0, 1_000_000, 0])
        #expect(try offset(chain) == "-1000000")
        #expect(try chain.pledged(1) == "1000000")
        // The next packet says so; nothing follows from it.
        let update = try #require(try chain.endBlock().updates.first)
        #expect(update.jailed == [chain.validator(1)])
        #expect(update.tombstoned.isEmpty)
        let slash = try #require(update.slashed.first)
        #expect(update.slashed.count == 1)
        #expect(slash.validator == chain.validator(1))
        #expect(slash.amount.description == "10000uosmo")
        #expect(slash.ratio == .percent(1))
        #expect(slash.power == 3)
        #expect(try chain.pledge("osmo1alice", at: 1) == "1000000")
        // Back in the active set, it has all that is pledged to it, at a smaller worth of its shares.
        try chain.unjail(by: 1).thenFailed(.jailTimeNotOver)
        try chain.endBlock(after: .seconds(60))
        try chain.unjail(by: 1).thenSucceeded()
        let announced = try [chain.endBlock(), chain.endBlock()].flatMap(\.updates)
        #expect(announced.flatMap(\.additions).map(\.operatorAddress) == [chain.validator(1)])
        try chain.bondPledges()
        // What rounding takes of a delegation is not counted as minted.
        let minted = try chain.minted(1)
        #expect((999_999...1_000_000).contains(minted.units))
        #expect(try chain.worth(1) == minted.description)
        #expect(try offset(chain) == "-\(minted.units + 1_000_000)")
    }

    @Test("for a double sign destroys a twentieth, burns the rest, and no virtual stake ever comes back")
    func doubleSign() throws {
        let chain = try chain()
        let stake = try chain.endBlock(doubleSign: 2).stake
        #expect(stake.compactMap(\.what) == ["lost 50000", "released 950000", "returned 950000", "burned 950000"])
        #expect(try (1...3).map(chain.minted) == [1_000_000, 0, 0])
        #expect(try offset(chain) == "-1000000")
        let update = try #require(try chain.endBlock().updates.first)
        #expect(update.tombstoned == [chain.validator(2)])
        #expect(update.slashed.map(\.amount.description) == ["50000uosmo"])
        #expect(update.slashed.map(\.ratio) == [.percent(5)])
        // Only evidence on the provider lowers a pledge.
        #expect(try chain.pledged(2) == "1000000")
        try chain.endBlock(after: .seconds(600))
        try chain.unjail(by: 2).thenFailed(.validatorTombstoned)
        try chain.bondPledges()
        #expect(try (1...3).map(chain.minted) == [1_000_000, 0, 0])
        // What was pledged can still be taken back.
        #expect(try chain.unstake("1000000", at: 2) == .done)
        #expect(try chain.pledged(2) == "0")
    }
}

extension VirtualStakingEvent {
    /// What happened to stake, with its amount; nil for what says nothing of it.
    fileprivate var what: String? {
        switch event {
        case .stakeLost(let event): "lost \(event.amount.amount)"
        case .released(let event): "released \(event.amount)"
        case .returned(let event): "returned \(event.amount)"
        case .burned(let event): "burned \(event.amount.amount)"
        case .bonded(let event): "bonded \(event.amount.amount)"
        default: nil
        }
    }
}
