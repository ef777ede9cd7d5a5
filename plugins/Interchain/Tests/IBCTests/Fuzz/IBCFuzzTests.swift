import Foundation
import IBC
import Testing

/// Every parser against spoilt bytes. `MESH_FUZZ_CASES` sets the number of cases of the suite, `MESH_FUZZ_SEED` the
/// seed.
@Suite("Fuzzing")
struct IBCFuzzTests {
    private static let environment = ProcessInfo.processInfo.environment
    private static let cases = max(0, environment["MESH_FUZZ_CASES"].flatMap { Int($0) } ?? 2000)
    private static let seed = environment["MESH_FUZZ_SEED"].flatMap { UInt64($0) } ?? 0x1bc_f700

    @Test("No spoilt protobuf traps a parser, and what is read is written as the same bytes")
    func protobuf() throws {
        let refused = try fuzz(Artefact.all(), cases: Self.cases / 2) { read, bytes in read == bytes }
        #expect(Self.cases < 100 || refused > Self.cases / 4, "nearly everything spoilt should be refused")
    }

    @Test("No spoilt text traps a parser, and what is read, once written, is read as the same value")
    func texts() throws {
        // Blanks of JSON are not kept, so the text may change, but only once.
        _ = try fuzz(Artefact.allTexts(), cases: Self.cases - Self.cases / 2) { _, _ in true }
    }

    /// Returns how many cases were refused.
    private func fuzz(
        _ artefacts: [Artefact],
        cases: Int,
        isFaithful: ([UInt8], [UInt8]) -> Bool
    ) throws -> Int {
        print("fuzzing \(cases) cases with MESH_FUZZ_SEED=\(Self.seed)")
        var mutator = Mutator(seed: Self.seed)
        var refused = 0
        let pool = artefacts.map(\.bytes)
        for number in 0..<cases {
            let artefact = artefacts[number % artefacts.count]
            let bytes = mutator.mutate(artefact.bytes, others: pool)
            do {
                let read = try artefact.read(bytes)
                #expect(isFaithful(read, bytes), "\(artefact.name), seed \(Self.seed), case \(number)")
                #expect(try artefact.read(read) == read, "\(artefact.name), seed \(Self.seed), case \(number)")
            } catch {
                #expect(error is IBCError, "\(artefact.name), seed \(Self.seed), case \(number): \(error)")
                refused += 1
            }
        }
        return refused
    }
}
