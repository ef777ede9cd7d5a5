import EvidenceEvents
import ModuleKit
import ModuleTesting
import Testing

/// Times, which are printed and not judged.
@Suite("How fast evidence is judged")
struct ProofSpeedTests {
    /// The same evidence again and again, to an instance that refuses it at the very end: signatures, hashes and the search for
    /// the voter are done each time, and nothing is remembered.
    @Test("Evidence is judged whole before the instance is told, whatever the size of the set", arguments: [4, 150])
    func judging(_ count: Int) throws {
        let accused = try AccusedTestChain(validators: (1...count).map { (UInt64($0), Int64(1_000 + $0)) })
        let scene = try accused.scene(failing: true)
        let message = try accused.message(by: count - 1, to: FailingNeighbour<EvidenceEvent>.manifest.name)
        var fastest = Duration.seconds(60)
        for _ in 0..<10 {
            let begun = ContinuousClock.now
            for _ in 0..<20 { try scene.prove(message).thenFailed(.refusedByNeighbour) }
            fastest = min(fastest, (ContinuousClock.now - begun) / 20)
        }
        print("evidence against one of \(count) validators is judged in \(fastest / .microseconds(1)) µs")
        #expect(try scene.told().isEmpty)
    }
}
