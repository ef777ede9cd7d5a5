import CometBFT
import CometBFTTesting
import Testing

@Suite("A fuzzing campaign")
struct FuzzCampaignTests {
    private struct Foreign: Error {}

    private func outcome(
        of read: @escaping @Sendable ([UInt8]) throws -> [UInt8]
    ) throws -> FuzzCampaign.Outcome {
        let campaign = try FuzzCampaign(seed: 1, environment: ["MESH_FUZZ_CASES": "50"])
        let artefact = Artefact("reader", Array("spoil me".utf8), read: read)
        return campaign.run([artefact], cases: campaign.caseCount, refusal: CometBFTError.self) { $0 == $1 }
    }

    @Test("counts what a reader refuses with an error of its own, and finds no fault with it")
    func refusal() throws {
        let outcome = try outcome { _ in throw CometBFTError(.malformed, "no") }
        #expect(outcome.refusedCount == 50 && outcome.faults.isEmpty)
    }

    @Test("tells a reader that throws what is not its own")
    func foreignErrors() throws {
        let outcome = try outcome { _ in throw Foreign() }
        #expect(outcome.refusedCount == 0 && outcome.faults.count == 50)
    }

    @Test("tells a reader that writes something else, and one that does not read what it wrote")
    func unfaithfulReaders() throws {
        let written = Array("always this".utf8)
        let other = try outcome { _ in written }
        #expect(other.faults.count == 50 && other.faults.allSatisfy { $0.hasSuffix("other bytes than read") })
        let once = try outcome { bytes in
            guard bytes != written else { throw CometBFTError(.malformed, "no") }
            return written
        }
        #expect(once.faults.count == 100 && once.refusedCount == 0)
    }

    @Test("is repeated by its seed, and refuses one that is no number")
    func environment() throws {
        #expect(try FuzzCampaign(seed: 1, environment: ["MESH_FUZZ_SEED": "7"]).seed == 7)
        #expect(try FuzzCampaign(seed: 1, environment: [:]).seed == 1)
        for variable in ["MESH_FUZZ_SEED", "MESH_FUZZ_CASES"] {
            let error = #expect(throws: CometBFTError.self) { try FuzzCampaign(seed: 1, environment: [variable: "-1"]) }
            #expect(error?.code == .outOfRange)
        }
    }
}
