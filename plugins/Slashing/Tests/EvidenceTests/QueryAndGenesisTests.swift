import CometBFT
import CometBFTTesting
import EvidenceEvents
import Foundation
import Interchain
import ModuleKit
import ModuleTesting
import Testing

@testable import Evidence

@Suite("What the evidence module tells and hands over")
struct QueryAndGenesisTests {
    let accused: AccusedTestChain
    let scene: EvidenceScene

    init() throws {
        accused = try AccusedTestChain()
        scene = try accused.scene()
        for index in 0..<4 { try scene.prove(try accused.message(by: index)).thenSucceeded() }
        try scene.prove(try accused.message(to: "interchain")).thenSucceeded()
    }

    @Test("Proofs are told by instance, in pages that go on where the last one ended")
    func tellsPages() throws {
        var found: [Data] = []
        var start: EvidenceProofKey?
        var pageCount = 0
        repeat {
            let page = try scene.harness.query(
                .with {
                    $0.proofs.instanceNumber = try scene.number()
                    $0.proofs.limit = 3
                    if let start { $0.proofs.start = start }
                }
            ).proofs
            found += page.proofs.map(\.consensusAddress)
            start = page.hasNext ? page.next : nil
            pageCount += 1
        } while start != nil
        #expect(pageCount == 2 && found.count == 4)
        #expect(
            found
                == accused.validators.set.validators.map { Data($0.address.bytes) }.sorted {
                    $0.lexicographicallyPrecedes($1)
                }
        )
    }

    @Test("A page that starts at another instance, and an empty question, are refused")
    func refusesQuestions() throws {
        #expect(throws: ModuleError.self) {
            try scene.harness.query(
                .with {
                    $0.proofs.instanceNumber = 3
                    $0.proofs.start.instanceNumber = 4
                    $0.proofs.start.consensusAddress = Data(repeating: 1, count: 20)
                }
            )
        }
        #expect(throws: ModuleError.self) { try scene.harness.query(EvidenceQuery()) }
    }

    @Test("One proof is told by its place, and nothing where there is none")
    func tellsOne() throws {
        let address = Data(accused.validators.set.validators[0].address.bytes)
        for (height, isKnown): (UInt64, Bool) in [(4, true), (5, false)] {
            let answer = try scene.harness.query(
                .with {
                    $0.proof.key.instanceNumber = try scene.number()
                    $0.proof.key.clientID = scene.client
                    $0.proof.key.consensusAddress = address
                    $0.proof.key.height = height
                }
            ).proof
            #expect(answer.hasProof == isKnown)
        }
    }

    @Test("What is exported gives the same state, and tells nobody again")
    func roundTrip() throws {
        let exported = try scene.harness.exportGenesis()
        let other = try empty()
        try other.given(.genesis(appState: exported))
        #expect(try other.exportGenesis() == exported)
        #expect(try other.seen(by: EvidenceScene.Listener.self).isEmpty)
        #expect(other.genesisReport.findings.isEmpty)
        let interchain = try other.identity(of: Interchain.self).number
        #expect(try other.query(.with { $0.proofs.instanceNumber = interchain }).proofs.proofs.count == 1)
        try other.nextBlock()
    }

    @Test("A proof of an instance that is not there, and unknown members, are reported as lost")
    func reportsLosses() throws {
        let text = try scene.harness.exportGenesis().text()
            .replacingOccurrences(of: "\"interchain\"", with: "\"gone\"")
            .replacingOccurrences(of: "\"duplicate_votes\":[", with: "\"more\":1,\"duplicate_votes\":[")
        let other = try empty()
        let document = GenesisDocument(
            chainID: other.options.chainID,
            time: other.options.genesisTime,
            appState: try JSONValue(parsing: Array(text.utf8))
        )
        try other.given(.genesis(document, strictness: .skip))
        #expect(other.genesisReport.findings.map(\.count) == [1, 1])
        #expect(other.genesisReport.hasSkipped)
    }

    @Test("Malformed proofs in a genesis are refused with their path")
    func refusesFaults() throws {
        let good = try scene.harness.exportGenesis().text()
        let faults = [
            ("\"height\":\"4\"", "\"height\":\"0\""), ("\"height\":\"4\"", "\"height\":\"x\""),
            ("\"provable_until\":\"17", "\"provable_until\":\"16"), ("\"key\":\"", "\"key\":\"AA"),
            ("\"evidence_hash\":\"", "\"evidence_hash\":\"AAAA"), ("\"submitter\":\"cosmos1", "\"submitter\":\"osmo1"),
            ("\"client_id\":\"07-tendermint-0\",", ""),
        ]
        for (part, fault) in faults {
            let range = try #require(good.range(of: part))
            let text = good.replacingCharacters(in: range, with: fault)
            let other = try empty()
            let document = GenesisDocument(
                chainID: other.options.chainID,
                time: other.options.genesisTime,
                appState: try JSONValue(parsing: Array(text.utf8))
            )
            let error = try #require(try other.when(importing: document, strictness: .skip).error, "\(fault)")
            #expect(error.message.contains("app_state.proofs.duplicate_votes[0]"), "\(error)")
        }
    }

    @Test("The same proof twice in a genesis is refused")
    func refusesDoubles() throws {
        let exported = try scene.harness.exportGenesis()
        guard case .object(var sections) = exported, case .object(var section) = sections["proofs"],
            case .array(let proofs) = section["duplicate_votes"]
        else {
            Issue.record("the export has no proofs")
            return
        }
        section["duplicate_votes"] = .array(proofs + [proofs[0]])
        sections["proofs"] = .object(section)
        let other = try empty()
        let document = GenesisDocument(
            chainID: other.options.chainID,
            time: other.options.genesisTime,
            appState: .object(sections)
        )
        #expect(try other.when(importing: document).error?.message.contains("twice") == true)
    }

    /// A chain with the same instances that remembers nothing.
    private func empty() throws -> ModuleHarness<ValidatorEvidence> {
        try ModuleHarness(
            ValidatorEvidence(),
            neighbours: [Interchain(), EvidenceScene.Listener(), EvidenceScene.Listener()],
            options: HarnessOptions { $0.genesisTime = scene.harness.options.genesisTime }
        )
    }
}
