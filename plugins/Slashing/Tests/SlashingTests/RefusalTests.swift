import ModuleKit
import ModuleTesting
import SlashingEvents
import StakingEvents
import Testing

/// What native staking does not carry out, votes that make no sense, and settings that are not allowed.
@Suite("Refusals")
struct RefusalTests {
    @Test("Punishments of an instance that staking does not name are recorded as refused, and nothing else is lost")
    func anotherInstance() throws {
        let scene = try SlashingScene(DowntimeTests.short, slashing: "other")
        for number in 0..<3 { try scene.addValidator(number, 100_000_000) }
        for _ in 0..<12 { try scene.nextBlock() }
        for _ in 0..<5 { try scene.nextBlock(absent: [0]) }
        let reported = try scene.doubleSign(of: 1, at: scene.harness.block.height)
        let events = try scene.nextBlock(absent: [0], misbehavior: [reported]).events.slashing
        let refused = events.compactMap { event in
            if case .punishmentRefused(let event) = event.event { event } else { nil }
        }
        #expect(refused.map(\.isDoubleSign) == [false, true])
        #expect(refused.allSatisfy { $0.reason.contains("only the instance other") })
        #expect(try !scene.validator(0).stake.isJailed)
        #expect(try !scene.validator(1).stake.isJailed)
        // Counting goes on, from the beginning.
        #expect(try scene.info(0).missed == 0)
        #expect(try scene.nextBlock(absent: [0]).events.slashing.contains(where: \.isMiss))
        #expect(try scene.info(0).missed == 1)
    }

    @Test("Votes of keys without a validator, twice, or in another order count once or not at all")
    func strangeVotes() throws {
        let scene = try SlashingScene.running(3)
        func vote(_ number: Int, _ hasSigned: Bool) throws -> EngineReport.Vote {
            .init(validator: try SlashingScene.consensusAddress(number), power: 100, hasSigned: hasSigned)
        }
        let votes = [
            try vote(2, true), try vote(25, false), try vote(0, false), try vote(1, true), try vote(0, false),
            try vote(0, true),
        ]
        let events = try scene.nextBlock(votes: votes).events.slashing
        #expect(events.filter(\.isMiss).count == 1)
        #expect(try scene.info(0).missed == 1)
        #expect(throws: ModuleError.self) { try scene.info(25) }
        // Without any votes, nobody is counted; with the next ones, all go on where they were.
        try scene.nextBlock(votes: [])
        #expect(try !scene.info(0).isCounted)
        #expect(try scene.info(0).nextVote == 2)
        try scene.nextBlock()
        #expect(try scene.info(0).nextVote == 3)
        #expect(try scene.info(0).missed == 1)
    }

    @Test("A validator that leaves the set and returns keeps what it has missed, and gets a new first window")
    func leavingAndReturning() throws {
        let scene = try SlashingScene(
            DowntimeTests.short,
            staking: ["unbonding_time": "10m", "max_validators": "2"]
        )
        try scene.addValidator(0, 100_000_000)
        try scene.addValidator(1, 90_000_000)
        for _ in 0..<14 { try scene.nextBlock() }
        for _ in 0..<4 { try scene.nextBlock(absent: [1]) }
        try scene.addValidator(2, 95_000_000)
        for _ in 0..<3 { try scene.nextBlock() }
        let info = try scene.info(1)
        #expect(!info.isCounted)
        #expect(info.missed == 4)
        try scene.stake(.delegate(10_000_000, to: 1), by: 1).thenSucceeded()
        let height = scene.harness.block.height
        for _ in 0..<3 { try scene.nextBlock() }
        #expect(try scene.info(1).startHeight == height)
        #expect(try scene.info(1).nextVote == info.nextVote + 1)
        #expect(try scene.info(1).missed == 4)
    }

    @Test("Settings that are not allowed are refused")
    func settings() throws {
        let refused: [(JSONValue, String)] = [
            (["params": ["signed_blocks_window": "0"]], "signed_blocks_window"),
            (["params": ["signed_blocks_window": "1000001"]], "signed_blocks_window"),
            (["params": ["min_signed_per_window": "1.1"]], "min_signed_per_window"),
            (["params": ["downtime_jail_duration": "0s"]], "downtime_jail_duration"),
            (["params": ["slash_fraction_downtime": "2"]], "slash_fraction_downtime"),
            (["params": ["slash_fraction_double_sign": "1.000000000000000001"]], "slash_fraction_double_sign"),
            (["params": ["window": "5"]], "window"), (["evidence": ["max_age_num_blocks": "0"]], "max_age_num_blocks"),
            (["evidence": ["max_age_duration": "0s"]], "max_age_duration"), (["other": [:]], "other"),
        ]
        for (configuration, text) in refused {
            let error = #expect(throws: HarnessError.self) { try SlashingScene(configuration) }
            #expect(error?.description.contains(text) == true, "\(text)")
        }
    }
}
