import ControlChannel
import ExternalStakingEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import ExternalStaking

/// The defects of the reference contracts, by their numbers in the list of findings: none of them is here.
@Suite("Defects of the reference that must not exist here")
struct ReferenceDefectTests {
    @Test("D1: stake on a tombstoned validator can be unstaked")
    func d1() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        #expect(try chain.receive(chain.update(height: 101, tombstoned: ["v1"])).isSuccess)
        try chain.acknowledge(try chain.unstake(100))
        // For the whole period, though, so that it can still pay.
        #expect(try chain.withdraw() == "0")
        try chain.nextBlock(after: StakingChain.period)
        #expect(try chain.withdraw() == "100")
        #expect(try chain.lien() == "none")
    }

    @Test(
        "D2: a cut while a stake is in flight disturbs neither its acknowledgement nor its timeout",
        arguments: [true, false]
    )
    func d2(isAcknowledged: Bool) throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        let packet = try chain.stake(50)
        try chain.cut(120)
        #expect(try chain.standing() == "0...30 +0")
        #expect(try chain.lien() == "0...30")
        if isAcknowledged { try chain.acknowledge(packet) } else { try chain.timeOut(packet) }
        #expect(try chain.lien() == (isAcknowledged ? "30...30" : "none"))
        // 100 were certain; of the stake in flight, 20 are burned only if it came to be.
        #expect(try chain.nextBlock().count == (isAcknowledged ? 2 : 1))
    }

    @Test("D3: a cut may take what is in flight alone")
    func d3() throws {
        let chain = try StakingChain.ready()
        let packet = try chain.stake(50)
        try chain.cut(50)
        #expect(try chain.lien() == "none")
        #expect(try chain.acknowledge(packet).kinds == ["stake_committed", "burn_ordered"])
        let burns = try chain.nextBlock()
        #expect(burns.map(\.text).allSatisfy { $0.contains(#""burn":{"denom":"uosmo","amount":"50"}"#) })
        #expect(burns.count == 1)
    }

    @Test("D4: a cut takes from other validators what the slashed one does not have any more")
    func d4() throws {
        let chain = try StakingChain.ready()
        try chain.staked(30, on: "v1")
        try chain.staked(40, on: "v2")
        try chain.cut(50, at: "v1")
        #expect(try chain.standing("v1") == "0...0 +0")
        #expect(try chain.standing("v2") == "20...20 +0")
        #expect(try chain.lien() == "20...20")
    }

    @Test("D5: a slash that is reported for a validator without stake is information")
    func d5() throws {
        let chain = try StakingChain.ready()
        try chain.staked(30)
        try chain.acknowledge(try chain.unstake(30))
        let slash = try ReportedSlash(
            validator: "v1",
            infractionHeight: 90,
            infractionTimeSeconds: 0,
            power: 0,
            amount: StakingChain.coin(0),
            ratio: .percent(10)
        )
        let received = try chain.receive(chain.update(height: 101, jailed: ["v1"], slashed: [slash, slash]))
        #expect(received.isSuccess)
        #expect(received.outcome.emitted.first?.validatorSetUpdated.slashed.count == 2)
        #expect(try chain.standing() == "0...0 +30")
        #expect(try chain.validator("v1").state == .jailed)
    }

    @Test("D6: stakes of four and four at a fifth are released as eight")
    func d6() throws {
        let chain = try StakingChain.ready()
        try chain.staked(4)
        try chain.staked(4)
        try chain.acknowledge(try chain.unstake(8))
        try chain.nextBlock(after: StakingChain.period)
        #expect(try chain.withdraw() == "8")
        #expect(try chain.lien() == "none")
        try chain.unbond(1000, of: chain.alice).thenSucceeded()
    }

    @Test("D7: stake that is handed back twice, or after a cut, leaves nothing that can't be processed")
    func d7() throws {
        for version in [ControlVersion.newest, .reference] {
            let chain = try StakingChain.ready(version: version)
            try chain.staked(100)
            try chain.cut(30)
            #expect(try chain.handBack(100).isSuccess)
            #expect(try chain.handBack(100).isSuccess)
            #expect(try chain.standing() == "0...0 +70")
            for burn in try chain.nextBlock() { try chain.acknowledge(burn) }
            try chain.nextBlock(after: StakingChain.period)
            #expect(try chain.withdraw() == "70")
        }
    }

    @Test("D8: when the other end is closed, all stake unbonds")
    func d8() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        try chain.closeCounterparty()
        #expect(try chain.standing() == "0...0 +100")
        try chain.nextBlock(after: StakingChain.period)
        #expect(try chain.withdraw() == "100")
        #expect(try chain.lien() == "none")
    }

    @Test(
        "D9: after a closing with a stake in flight its timeout frees it, and what was staked unbonds for a whole period"
    )
    func d9() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        let packet = try chain.stake(50)
        #expect(try chain.close().thenSucceeded().kinds == ["channel_closed"])
        #expect(try chain.timeOut(packet).emitted.last?.stakeRolledBack.reason == .closed)
        #expect(try chain.lien() == "100...100")
        #expect(try chain.withdraw() == "0")
        try chain.nextBlock(after: .seconds(3599))
        #expect(try chain.withdraw() == "0")
        try chain.nextBlock(after: .seconds(1))
        #expect(try chain.withdraw() == "100")
        #expect(try chain.pending().isEmpty)
    }

    @Test("D13: with an unstake in flight every question has an answer")
    func d13() throws {
        let chain = try StakingChain.ready()
        try chain.staked(100)
        _ = try chain.unstake(100)
        #expect(try chain.standing() == "0...100 +0")
        #expect(try chain.validator("v1").committed == "100")
        let owner = chain.text(chain.alice)
        #expect(try chain.harness.query(.with { $0.lien.owner = owner }).lien.committed == "100")
        #expect(try chain.harness.query(.with { $0.stakes.owner = owner }).stakes.stakes.count == 1)
    }
}
