import ModuleKit
import ModuleTesting
import SlashingEvents
import StakingEvents
import Testing

/// The way back.
@Suite("Unjail")
struct UnjailTests {
    /// A chain of which validator 0 is jailed for downtime.
    private func jailed() throws -> SlashingScene {
        let scene = try SlashingScene.running(3, DowntimeTests.short)
        for _ in 0..<10 { try scene.nextBlock() }
        for _ in 0..<6 { try scene.nextBlock(absent: [0]) }
        #expect(try scene.validator(0).stake.isJailed)
        return scene
    }

    @Test("Its operator brings a jailed validator back when the time is over, and a new window begins")
    func unjail() throws {
        let scene = try jailed()
        try scene.unjail(0).thenFailed(.jailTimeNotOver)
        try scene.unjail(1).thenFailed(.validatorNotJailed)
        try scene.unjail(9).thenFailed(.validatorNotFound)
        try scene.nextBlock(after: .minutes(10))
        // The engine lets it vote for two blocks.
        for _ in 0..<2 { try scene.nextBlock() }
        try scene.unjail(0).thenSucceeded()
        #expect(try !scene.validator(0).stake.isJailed)
        try scene.unjail(0).thenFailed(.validatorNotJailed)
        let bonded = scene.harness.block.height
        for _ in 0..<3 { try scene.nextBlock() }
        #expect(try scene.info(0).startHeight == bonded)
        #expect(try scene.info(0).nextVote == 1)
        // The first window is forgiven again.
        for _ in 0..<6 { #expect(try scene.nextBlock(absent: [0]).events.downtimes.isEmpty) }
    }

    @Test("Without enough of its own stake a validator does not return")
    func selfDelegation() throws {
        let scene = try jailed()
        try scene.stake(.undelegate(98_999_999, from: 0), by: 0).thenSucceeded()
        try scene.nextBlock(after: .minutes(10))
        try scene.stake(.undelegate(1, from: 0), by: 0).thenSucceeded()
        try scene.unjail(0).thenFailed(.selfDelegationBelowMinimum)
        try scene.stake(.delegate(5, to: 0), by: 0).thenSucceeded()
        try scene.unjail(0).thenSucceeded()
    }

    @Test("A validator that fell below its own minimum was never late, and returns at once")
    func jailedByItself() throws {
        let scene = try SlashingScene(DowntimeTests.short)
        try scene.addValidator(0, 100_000_000, minSelfDelegation: 50_000_000)
        try scene.addValidator(1, 100_000_000)
        for _ in 0..<5 { try scene.nextBlock() }
        #expect(try scene.info(0).nextVote == 3)
        try scene.stake(.undelegate(60_000_000, from: 0), by: 0).thenSucceeded()
        #expect(try scene.validator(0).stake.isJailed)
        #expect(try !scene.info(0).isCounted)
        try scene.nextBlock()
        // No vote of a jailed validator counts.
        #expect(try scene.info(0).nextVote == 3)
        try scene.unjail(0).thenFailed(.selfDelegationBelowMinimum)
        try scene.stake(.delegate(10_000_000, to: 0), by: 0).thenSucceeded()
        try scene.unjail(0).thenSucceeded()
        for _ in 0..<3 { try scene.nextBlock() }
        #expect(try scene.info(0).isCounted)
    }

    @Test("A message without content is refused, and nobody acts for another")
    func malformed() throws {
        let scene = try jailed()
        try scene.harness.when(encoded: [], from: SlashingScene.person(0)).thenFailed(.unknownMessage)
        try scene.harness.when(encoded: [0xFF], from: SlashingScene.person(0)).thenFailed(.undecodable)
    }
}
