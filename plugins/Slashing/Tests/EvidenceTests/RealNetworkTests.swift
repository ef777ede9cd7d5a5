import CometBFT
import EvidenceEvents
import Foundation
import ModuleKit
import ModuleTesting
import Testing

@testable import Evidence

@Suite("Evidence of a real network")
struct RealNetworkTests {
    let network: RealNetwork

    init() throws { network = try RealNetwork() }

    @Test("Each of the two is proven, and the instance is told who, when, and by which key")
    func proves() throws {
        #expect(network.evidence.map(\.voteA.type) == [.prevote, .precommit])
        for evidence in network.evidence {
            let scene = try network.scene()
            let proof = try expected(evidence, scene)
            try scene.prove(.proving(evidence, network.block)).thenEmitted(proof)
            #expect(try scene.told() == [proof])
            try scene.harness.nextBlock()
        }
    }

    @Test("A second time it is refused, and so is the other one of the same validator and height")
    func provesOnce() throws {
        let scene = try network.scene()
        let messages = network.evidence.map { EvidenceMessage.proving($0, network.block) }
        try scene.prove(messages[0]).thenSucceeded()
        for message in messages { try scene.prove(message).thenFailed(.alreadyProven) }
        try scene.harness.nextBlock()
        for message in messages { try scene.prove(message).thenFailed(.alreadyProven) }
        #expect(try scene.told().count == 1)
    }

    @Test("A changed byte is refused, unless it is one that nobody signed and that counts for nothing")
    func refusesChangedBytes() throws {
        let evidence = network.evidence[1]
        let good = EvidenceMessage.proving(evidence, network.block).proveDuplicateVote
        var scene = try network.scene()
        var tolerated: [String: Int] = [:]
        let parts: [(String, WritableKeyPath<EvidenceProveDuplicateVote, Data>)] = [
            ("evidence", \.evidence), ("header", \.header), ("validators", \.validators),
        ]
        for (name, part) in parts {
            for index in good[keyPath: part].indices {
                for change: UInt8 in [0x01, 0x80] {
                    var changed = good
                    changed[keyPath: part][index] ^= change
                    let outcome = try scene.prove(.with { $0.proveDuplicateVote = changed })
                    guard outcome.succeeded else { continue }
                    tolerated[name, default: 0] += 1
                    var proof = outcome.emitted[0]
                    proof.duplicateVoteProven.evidenceHash = Data(evidence.hash.bytes)
                    #expect(try proof == expected(evidence, scene), "\(name), byte \(index)")
                    if name == "evidence" { try requireSamePlaces(changed.evidence, evidence) }
                    scene = try network.scene()
                }
            }
        }
        // The places in the set that the votes state, and the validators' turns to propose.
        print("changed bytes that change nothing: \(tolerated)")
        #expect(tolerated["header"] == nil)
        #expect((1...8).contains(tolerated["evidence"] ?? 0))
        #expect((1...80).contains(tolerated["validators"] ?? 0))
    }

    /// Evidence that differs from another in nothing but the places which its votes state.
    private func requireSamePlaces(_ bytes: Data, _ evidence: DuplicateVoteEvidence) throws {
        let changed = try DuplicateVoteEvidence(encoded: Array(bytes))
        for (vote, original) in [(changed.voteA, evidence.voteA), (changed.voteB, evidence.voteB)] {
            #expect(vote.signBytes(chainID: "c") == original.signBytes(chainID: "c"))
            #expect(vote.signature == original.signature && vote.validatorAddress == original.validatorAddress)
        }
    }

    @Test("Bytes behind the end, or none at all, are refused")
    func refusesTrailingBytes() throws {
        let scene = try network.scene()
        let good = EvidenceMessage.proving(network.evidence[0], network.block).proveDuplicateVote
        for part in [\EvidenceProveDuplicateVote.evidence, \.header, \.validators] {
            for bytes in [
                good[keyPath: part] + [0], good[keyPath: part] + [0x78, 1], good[keyPath: part].dropLast(), Data(),
            ] {
                var changed = good
                changed[keyPath: part] = bytes
                try scene.prove(.with { $0.proveDuplicateVote = changed }).thenFailed(.malformedEvidence)
            }
        }
    }

    @Test("A client that claims to follow another chain proves nothing with this network's header")
    func refusesOtherChain() throws {
        let scene = try EvidenceScene(trusting: network.block.signedHeader.header, of: "chain-aMyphr")
        try scene.prove(.proving(network.evidence[0], network.block)).thenFailed(.infractionHeaderHashUnknown)
    }

    private func expected(_ evidence: DuplicateVoteEvidence, _ scene: EvidenceScene) throws -> EvidenceEvent {
        let header = network.block.signedHeader.header
        let validator = try #require(network.block.validators.validator(at: evidence.voteA.validatorAddress)).validator
        let time = UInt64(try #require(header.time.nanosecondsSince1970))
        return try .with {
            $0.duplicateVoteProven.instanceNumber = try scene.number()
            $0.duplicateVoteProven.instance = EvidenceScene.listener
            $0.duplicateVoteProven.clientID = scene.client
            $0.duplicateVoteProven.chainID = header.chainID
            $0.duplicateVoteProven.consensusAddress = Data(validator.address.bytes)
            $0.duplicateVoteProven.key = Data(validator.key.bytes)
            $0.duplicateVoteProven.height = 71
            $0.duplicateVoteProven.time = time
            $0.duplicateVoteProven.evidenceHash = Data(evidence.hash.bytes)
            $0.duplicateVoteProven.submitter = try EvidenceScene.observer.text(prefix: "cosmos")
            $0.duplicateVoteProven.provableUntil = time + EvidenceScene.unbondingPeriod.nanoseconds
        }
    }
}
