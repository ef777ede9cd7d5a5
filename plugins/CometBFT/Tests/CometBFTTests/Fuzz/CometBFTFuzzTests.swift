import CometBFT
import CometBFTTesting
import Testing

/// Every parser against spoilt bytes. `MESH_FUZZ_CASES` sets the number of cases of the suite, `MESH_FUZZ_SEED` the seed.
@Suite("Fuzzing")
struct CometBFTFuzzTests {
    private let campaign: FuzzCampaign

    init() throws {
        campaign = try FuzzCampaign(seed: 0xc0_3e7b_f700)
    }

    @Test("No spoilt protobuf traps a parser, and what is read is written as the same bytes")
    func protobuf() throws {
        try fuzz(Artefact.all()) { written, spoilt in written == spoilt }
    }

    @Test("No spoilt JSON traps a parser, and what is read, once printed, is read as the same value")
    func json() throws {
        // Members that are not known are dropped and spaces are not kept, so the text may change, but only once.
        try fuzz(Artefact.allJSON()) { _, _ in true }
    }

    /// Each of the two forms has half of the cases.
    private func fuzz(_ artefacts: [Artefact], isFaithful: ([UInt8], [UInt8]) -> Bool) throws {
        let cases = campaign.caseCount / 2
        let outcome = campaign.run(artefacts, cases: cases, refusal: CometBFTError.self, isFaithful: isFaithful)
        #expect(outcome.faults == [])
        #expect(cases < 100 || outcome.refusedCount > cases / 2, "nearly everything spoilt should be refused")
    }
}
