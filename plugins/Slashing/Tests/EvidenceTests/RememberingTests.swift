import CometBFT
import CometBFTTesting
import EvidenceEvents
import Foundation
import IBC
import Interchain
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import Evidence

@Suite("What the evidence module remembers")
struct RememberingTests {
    let accused: AccusedTestChain

    init() throws { accused = try AccusedTestChain() }

    private func proofs(_ scene: EvidenceScene, of instance: UInt32? = nil) throws -> [UInt64] {
        let number = try instance ?? scene.number()
        return try scene.harness.query(.with { $0.proofs.instanceNumber = number }).proofs.proofs.map(\.height)
    }

    @Test("Each instance is told for itself, and nobody can use evidence up by bringing it to another")
    func remembersByInstance() throws {
        let scene = try accused.scene()
        let second = "\(EvidenceScene.listener)-2"
        try scene.prove(try accused.message(to: second)).thenSucceeded()
        #expect(try scene.told().isEmpty)
        try scene.prove(try accused.message(to: "interchain")).thenSucceeded()
        try scene.prove(try accused.message(to: "evidence")).thenSucceeded()
        try scene.prove(try accused.message()).thenSucceeded()
        #expect(try scene.told().count == 1)
        try scene.prove(try accused.message(to: second)).thenFailed(.alreadyProven)
        try scene.harness.nextBlock()
    }

    @Test("The instance may be named by its address as well, and is the same then")
    func takesAddresses() throws {
        let scene = try accused.scene()
        let address = try scene.harness.identity(of: EvidenceScene.Listener.self).address.text(prefix: "cosmos")
        try scene.prove(try accused.message(to: address)).thenSucceeded()
        try scene.prove(try accused.message()).thenFailed(.alreadyProven)
    }

    @Test("What the instance refuses was not proven, and can be brought again")
    func takesVetoes() throws {
        let scene = try accused.scene(failing: true)
        let refusing = FailingNeighbour<EvidenceEvent>.manifest.name
        for _ in 0..<2 { try scene.prove(try accused.message(to: refusing)).thenFailed(.refusedByNeighbour) }
        try scene.prove(try accused.message()).thenSucceeded()
        try scene.harness.nextBlock()
    }

    @Test("Another validator of the height, and another height of the validator, are proven apart")
    func remembersByValidatorAndHeight() throws {
        let scene = try accused.scene()
        try scene.verifyPast([accused.block(3).signedHeader.header], below: 4)
        for message in try [accused.message(), accused.message(by: 2), accused.message(height: 3)] {
            try scene.prove(message).thenSucceeded()
            try scene.prove(message).thenFailed(.alreadyProven)
        }
        #expect(try proofs(scene).sorted() == [3, 4, 4])
    }

    @Test("Evidence is taken up to the last moment of the unbonding period, also of a client that has expired")
    func judgesAge() throws {
        let scene = try accused.scene()
        let header = try accused.block(4).signedHeader.header
        let last = try Timestamp(seconds: header.time.seconds, nanosecondsWithin: header.time.nanoseconds)
            .adding(EvidenceScene.unbondingPeriod)
        try scene.harness.nextBlock(after: last.elapsed(since: scene.harness.block.time) ?? .zero)
        try scene.prove(try accused.message()).thenSucceeded()
        try scene.harness.nextBlock(after: TimeSpan(nanoseconds: 1))
        try scene.prove(try accused.message(by: 2)).thenFailed(.evidenceTooOld)
    }

    @Test("What a frozen client has verified stays provable")
    func takesFrozenClients() throws {
        let scene = try accused.scene()
        var fork = TestChain(chainID: accused.chain.chainID, validators: accused.validators)
        try fork.grow(to: 4)
        try fork.append(appHash: [9])
        try scene.update(to: try accused.block(5), from: 1)
        try scene.update(to: try #require(fork.block(at: 5)), from: 1)
        let answer = try scene.harness.query(
            .with { $0.client.clientID = scene.client },
            of: Interchain.self
        ).client
        #expect(answer.frozen)
        try scene.prove(try accused.message()).thenSucceeded()
    }

    @Test("What is too old to be proven again is forgotten, a bounded number in each block")
    func forgets() throws {
        let scene = try accused.scene()
        let number = try scene.number()
        let count = ValidatorEvidence.forgottenProofsMax + 6
        let template = try accused.scene().prove(try accused.message()).thenSucceeded().emitted[0].duplicateVoteProven
        let later = template.provableUntil + 10
        for height in 1...UInt64(count) {
            var proof = template
            proof.height = 100 + height
            if height == 1 { proof.provableUntil = later }
            try scene.harness.when(recording: [.with { $0.proofImported = proof }], of: ValidatorEvidence.self)
                .thenSucceeded()
        }
        let last = Timestamp(nanoseconds: template.provableUntil)
        try scene.harness.nextBlock(after: last.elapsed(since: scene.harness.block.time) ?? .zero)
        try scene.harness.nextBlock(after: TimeSpan(nanoseconds: 1))
        #expect(try proofs(scene, of: number).count == count)
        let forgotten = try scene.harness.nextBlock(after: TimeSpan(nanoseconds: 1)).ended.of(EvidenceEvent.self)
        #expect(forgotten.map(\.proofsForgotten.keys.count) == [ValidatorEvidence.forgottenProofsMax])
        try scene.harness.nextBlock(after: TimeSpan(nanoseconds: 1))
        #expect(try proofs(scene, of: number) == [101])
        #expect(try scene.harness.nextBlock(after: TimeSpan(nanoseconds: 1)).ended.of(EvidenceEvent.self).isEmpty)
    }

    @Test("An event that contradicts the state is refused: a proof twice, or one that was never made")
    func refusesUnfittingEvents() throws {
        let scene = try accused.scene()
        let event = try scene.prove(try accused.message()).thenSucceeded().emitted[0]
        try scene.harness.when(recording: [event], of: ValidatorEvidence.self).thenFailed(.inconsistentEvidenceEvent)
        let never = EvidenceEvent.with {
            $0.proofsForgotten.keys = [.with { $0.consensusAddress = Data(repeating: 1, count: 20) }]
        }
        try scene.harness.when(recording: [never], of: ValidatorEvidence.self).thenFailed(.inconsistentEvidenceEvent)
    }
}
