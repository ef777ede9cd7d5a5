import ModuleKit
import ModuleTesting
import SlashingEvents
import StakingEvents
import Testing

/// Two blocks of one height.
@Suite("Double signs")
struct DoubleSignTests {
    private static let limits: JSONValue = ["evidence": ["max_age_duration": "1m", "max_age_num_blocks": "5"]]

    @Test("A double sign is slashed, jailed and tombstoned, once")
    func doubleSign() throws {
        let scene = try SlashingScene.running(3)
        for _ in 0..<5 { try scene.nextBlock() }
        let height = scene.harness.block.height
        let reported = try scene.doubleSign(of: 1, at: height - 1)
        let outcome = try scene.nextBlock(misbehavior: [reported, reported])
        #expect(outcome.events.doubleSigns.map(\.infractionHeight) == [height - 2])
        #expect(outcome.events.ignored == [.tombstoned])
        // A twentieth of 100 000 000.
        #expect(outcome.events.burned == ["5000000"])
        let stake = try scene.validator(1).stake
        #expect(stake.isJailed)
        #expect(stake.isTombstoned)
        let info = try scene.info(1)
        #expect(info.isTombstoned)
        #expect(!info.isCounted)
        #expect(info.jailedUntilNanoseconds == .max)
        #expect(try scene.nextBlock(misbehavior: [reported]).events.ignored == [.tombstoned])
        try scene.nextBlock(after: .hours(1_000))
        try scene.unjail(1).thenFailed(.validatorTombstoned)
        let kept = try scene.harness.query(.with { $0.equivocations = .init() }).equivocations.equivocations
        #expect(kept.map(\.height) == [height - 1])
        #expect(kept.map(\.power) == [100])
    }

    @Test("Who is jailed for downtime is still slashed for a double sign, in the same block as well")
    func downtimeAndDoubleSign() throws {
        let scene = try SlashingScene.running(3, DowntimeTests.short)
        for _ in 0..<10 { try scene.nextBlock() }
        for _ in 0..<5 { try scene.nextBlock(absent: [2]) }
        let reported = try scene.doubleSign(of: 2, at: scene.harness.block.height - 1)
        let outcome = try scene.nextBlock(absent: [2], misbehavior: [reported])
        #expect(outcome.events.downtimes.count == 1)
        #expect(outcome.events.doubleSigns.count == 1)
        #expect(outcome.events.burned == ["1000000", "5000000"])
        #expect(try scene.validator(2).stake.tokens == "94000000")
        #expect(try scene.info(2).isTombstoned)
    }

    @Test("What was unbonded since the infraction pays too")
    func unbondingPays() throws {
        let scene = try SlashingScene.running(3)
        let height = scene.harness.block.height
        try scene.stake(.undelegate(40_000_000, from: 0), by: 0).thenSucceeded()
        for _ in 0..<2 { try scene.nextBlock() }
        let outcome = try scene.nextBlock(misbehavior: [try scene.doubleSign(of: 0, at: height)])
        // The powers of that block were those of before: a twentieth of all, of which what is leaving pays its own.
        #expect(outcome.events.burned == ["3000000"])
        let cuts = outcome.events.of(StakingEvent.self).compactMap { event in
            if case .unbondingSlashed(let event) = event.event { event.burned.amount } else { nil }
        }
        #expect(cuts == ["2000000"])
    }

    @Test("Too old is what is older than both limits, not older than one")
    func age() throws {
        let scene = try SlashingScene.running(4, Self.limits)
        for _ in 0..<10 { try scene.nextBlock() }
        let height = scene.harness.block.height
        // The next block is five seconds later, and one higher.
        let byTime = try scene.doubleSign(of: 0, at: height - 4, age: .minutes(5))
        let byHeight = try scene.doubleSign(of: 1, at: height - 5, age: .seconds(55))
        let byBoth = try scene.doubleSign(of: 2, at: height - 5, age: .seconds(56))
        let outcome = try scene.nextBlock(misbehavior: [byTime, byHeight, byBoth])
        #expect(outcome.events.doubleSigns.count == 2)
        #expect(outcome.events.ignored == [.tooOld])
        #expect(try !scene.validator(2).stake.isJailed)
    }

    @Test("Nonsense is recorded, and nothing follows: an unknown key, a height that is to come, the genesis' own")
    func nonsense() throws {
        let scene = try SlashingScene.running(3)
        let height = scene.harness.block.height
        let outcome = try scene.nextBlock(
            misbehavior: [
                try scene.doubleSign(of: 20, at: height), try scene.doubleSign(of: 0, at: height + 2),
                try scene.doubleSign(of: 0, at: .max),
            ]
        )
        #expect(outcome.events.ignored == [.unknownValidator, .ahead, .ahead])
        #expect(outcome.events.doubleSigns.isEmpty)
        // Heights out of order, the genesis among them, and a power that nobody has: at most all is burned.
        let genesis = try scene.nextBlock(
            misbehavior: [
                try scene.doubleSign(of: 1, at: height, power: .max), try scene.doubleSign(of: 2, at: 0, power: 0),
            ]
        )
        #expect(genesis.events.doubleSigns.map(\.infractionHeight) == [height - 1, 0])
        #expect(genesis.events.burned == ["100000000", "0"])
        #expect(try scene.validator(1).stake.isTombstoned)
    }

    @Test("Stake that has answered long enough is let go")
    func unbonded() throws {
        let scene = try SlashingScene.running(3)
        let height = scene.harness.block.height
        try scene.stake(.delegate(1_000, to: 0), by: 5).thenSucceeded()
        try scene.stake(.undelegate(100_000_000, from: 0), by: 0).thenSucceeded()
        for _ in 0..<3 { try scene.nextBlock() }
        try scene.nextBlock(after: .minutes(11))
        try scene.nextBlock()
        #expect(
            try scene.nextBlock(misbehavior: [try scene.doubleSign(of: 0, at: height)]).events.ignored == [.unbonded]
        )
    }
}
