import ModuleKit
import ModuleTesting
import SlashingEvents
import StakingEvents
import Testing

@testable import Slashing

/// Votes that were not given.
@Suite("Downtime")
struct DowntimeTests {
    /// Windows of ten votes, of which five have to be given.
    static let short: JSONValue = ["params": ["signed_blocks_window": "10", "min_signed_per_window": "0.5"]]

    @Test("A block in which all have signed writes nothing")
    func blocksThatAllSignWriteNothing() throws {
        let scene = try SlashingScene.running(3)
        for _ in 0..<20 { #expect(try scene.nextBlock().events.slashing.isEmpty) }
        #expect(try scene.info(0).nextVote == 21)
        #expect(try scene.info(0).missed == 0)
    }

    @Test("A missed vote is one event, and falls out of the window by itself")
    func missedVotesFallOutOfTheWindow() throws {
        let scene = try SlashingScene.running(3, Self.short)
        let missed = try scene.nextBlock(absent: [1]).events.slashing
        #expect(missed.count == 1)
        guard case .votesMissed(let event) = missed.first?.event else {
            Issue.record("no vote was missed")
            return
        }
        #expect(event.votes.map(\.vote) == [1])
        #expect(event.votes.map(\.missed) == [1])
        for _ in 0..<9 { #expect(try scene.nextBlock().events.slashing.isEmpty) }
        #expect(try scene.info(1).missed == 1)
        #expect(try scene.nextBlock().events.slashing.isEmpty)
        #expect(try scene.info(1).missed == 0)
    }

    @Test("Who misses more than the window allows is slashed and jailed at once, and counting begins anew")
    func downtimeIsPunished() throws {
        let scene = try SlashingScene.running(3, Self.short)
        for _ in 0..<12 { try scene.nextBlock() }
        for _ in 0..<5 { #expect(try scene.nextBlock(absent: [2]).events.downtimes.isEmpty) }
        #expect(try scene.info(2).missed == 5)
        let outcome = try scene.nextBlock(absent: [2])
        let downtime = try #require(outcome.events.downtimes.first)
        let height = scene.harness.block.height
        #expect(downtime.missed == 6)
        #expect(downtime.missedMax == 5)
        #expect(downtime.window == 10)
        #expect(downtime.height == height)
        #expect(downtime.infractionHeight == height - 2)
        #expect(downtime.power == 100)
        // A hundredth of 100 000 000.
        #expect(outcome.events.burned == ["1000000"])
        let validator = try scene.validator(2)
        #expect(validator.stake.isJailed)
        #expect(validator.stake.tokens == "99000000")
        let until = try scene.harness.block.time.adding(.minutes(10))
        #expect(validator.stake.jailedUntilNanoseconds == until.nanoseconds)
        let info = try scene.info(2)
        #expect(info.missed == 0)
        #expect(info.nextVote == 0)
        #expect(!info.isCounted)
        #expect(info.jailedUntilNanoseconds == until.nanoseconds)
        // It votes on for two blocks, which nobody counts.
        for _ in 0..<4 { #expect(try scene.nextBlock(absent: [2]).events.slashing.filter(\.isMiss).isEmpty) }
    }

    @Test("In the first window nobody is punished, and at its end whoever has missed too many, even if it signs")
    func theFirstWindowIsForgiven() throws {
        let scene = try SlashingScene(Self.short)
        for number in 0..<3 { try scene.addValidator(number, 100_000_000) }
        let start = scene.harness.block.height
        while scene.harness.block.height < start + 9 {
            #expect(try scene.nextBlock(absent: [0]).events.downtimes.isEmpty)
        }
        #expect(try scene.info(0).missed == 7)
        #expect(try scene.nextBlock().events.downtimes.isEmpty)
        let outcome = try scene.nextBlock()
        #expect(outcome.events.downtimes.map(\.missed) == [7])
        #expect(outcome.events.downtimes.map(\.height) == [start + 11])
        #expect(try scene.validator(0).stake.isJailed)
    }

    @Test("Other parameters count from the next block on")
    func parametersChange() throws {
        let scene = try SlashingScene.running(3, ["params": ["signed_blocks_window": "20"]])
        for _ in 0..<22 { try scene.nextBlock() }
        for _ in 0..<8 { #expect(try scene.nextBlock(absent: [1]).events.downtimes.isEmpty) }
        try scene.harness.when(reconfiguring: ["params": ["min_signed_per_window": "0.9"]], from: .named("admin"))
            .thenSucceeded()
        let downtime = try #require(try scene.nextBlock().events.downtimes.first)
        #expect(downtime.missed == 8)
        #expect(downtime.missedMax == 2)
    }

    @Test("A fraction of zero jails and burns nothing")
    func aFractionOfZero() throws {
        let configuration: JSONValue = [
            "params": ["signed_blocks_window": "4", "min_signed_per_window": "1", "slash_fraction_downtime": "0"]
        ]
        let scene = try SlashingScene.running(3, configuration)
        for _ in 0..<6 { try scene.nextBlock() }
        let outcome = try scene.nextBlock(absent: [0])
        #expect(outcome.events.downtimes.count == 1)
        #expect(outcome.events.burned.isEmpty)
        #expect(try scene.validator(0).stake.isJailed)
    }

    @Test("The share that has to be given is rounded to the nearest, and a tie to the even number")
    func roundingOfTheShare() throws {
        for (window, share, missedMax) in [
            (100, "0.5", 50), (10, "0.05", 10), (30, "0.05", 28), (50, "0.05", 48), (10, "0.15", 8), (10, "0.151", 8),
            (10, "0.149", 9), (7, "1", 0), (7, "0", 7), (10_000, "0.05", 9_500),
        ] {
            var rules = SlashingRules()
            rules.window = UInt64(window)
            rules.minSignedPerWindow = try Decimal18(share)
            #expect(try rules.missedMax() == UInt64(missedMax), "\(share) of \(window)")
        }
    }

    @Test("All but one that miss together are punished together")
    func manyAtOnce() throws {
        let scene = try SlashingScene(
            ["params": ["signed_blocks_window": "3", "min_signed_per_window": "1"]],
            staking: ["unbonding_time": "10m", "max_validators": "30"]
        )
        for number in 0..<30 { try scene.addValidator(number, 10_000_000) }
        for _ in 0..<5 { try scene.nextBlock() }
        #expect(try scene.nextBlock(absent: Set(0..<29)).events.downtimes.count == 29)
        #expect(try !scene.validator(29).stake.isJailed)
    }
}

extension SlashingEvent {
    var isMiss: Bool { if case .votesMissed = event { true } else { false } }
}
