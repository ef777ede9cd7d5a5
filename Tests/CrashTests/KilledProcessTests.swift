import Foundation
import MeshAudit
import MeshHost
import ModuleTesting
import Testing

/// The promise that everything else rests on: what was acknowledged is never lost, what was not is not half there.
@Suite("A process that is killed", .serialized)
struct KilledProcessTests {
    /// Kills a real `meshd run` with SIGKILL a hundred times, after as many acknowledged blocks as the seed says. After each round the home is opened, verified and replayed, and goes on from there.
    @Test("loses nothing that it acknowledged, and leaves nothing half done")
    func killed() throws {
        var random = try SplitMix64.seeded()
        let chain = try CrashChain()
        for round in 1...100 {
            let acknowledged = try chain.runAndKill(afterBlocks: Int.random(in: 0...4, using: &random))
            try chain.check(acknowledged, round: round)
        }
        #expect(chain.killedInTime > 50, "most rounds have to be killed before they are done")
        let verification = try Verification(home: chain.home.path).run()
        #expect(verification.isSound, "\(verification.findings)")
        #expect(verification.transactionCount > 100)
    }
}
