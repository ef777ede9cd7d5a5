import CometBFTTesting
import IBC
import Testing

/// Every parser against spoilt bytes. `MESH_FUZZ_CASES` sets the number of cases of the suite, `MESH_FUZZ_SEED` the
/// seed.
@Suite("Fuzzing")
struct IBCFuzzTests {
    private let campaign: FuzzCampaign

    init() throws {
        campaign = try FuzzCampaign(seed: 0x1bc_f700)
    }

    @Test("No spoilt protobuf traps a parser, and what is read is written as the same bytes")
    func protobuf() throws {
        let outcome = try fuzz(Artefact.all()) { written, spoilt in written == spoilt }
        #expect(
            campaign.caseCount < 100 || outcome.refusedCount > campaign.caseCount / 4,
            "nearly everything spoilt should be refused"
        )
    }

    @Test("No spoilt text traps a parser, and what is read, once written, is read as the same value")
    func texts() throws {
        // Blanks of JSON are not kept, so the text may change, but only once.
        _ = try fuzz(Artefact.allTexts()) { _, _ in true }
    }

    /// Each of the two forms has half of the cases.
    private func fuzz(
        _ artefacts: [Artefact],
        isFaithful: ([UInt8], [UInt8]) -> Bool
    ) throws -> FuzzCampaign.Outcome {
        let cases = campaign.caseCount / 2
        let outcome = campaign.run(artefacts, cases: cases, refusal: IBCError.self, isFaithful: isFaithful)
        #expect(outcome.faults == [])
        return outcome
    }
}
