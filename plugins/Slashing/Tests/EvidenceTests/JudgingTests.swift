import CometBFT
import CometBFTProtobuf
import CometBFTTesting
import EvidenceEvents
import Foundation
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import Evidence

@Suite("What the evidence module takes for proven")
struct JudgingTests {
    let accused: AccusedTestChain

    init() throws { accused = try AccusedTestChain() }

    /// A good message with a part of it changed.
    private func message(_ change: (inout EvidenceProveDuplicateVote) throws -> Void) throws -> EvidenceMessage {
        var request = try accused.message().proveDuplicateVote
        try change(&request)
        return .with { $0.proveDuplicateVote = request }
    }

    @Test("Prevotes count as well as precommits, in any round", arguments: [SignedMessageType.prevote, .precommit])
    func takesBothTypes(type: SignedMessageType) throws {
        let evidence = try accused.evidence(type: type, round: 3)
        try accused.scene().prove(.proving(evidence, accused.block(4))).thenSucceeded()
    }

    @Test("A header that the client has not verified is refused, and taken once it has")
    func demandsVerifiedHeader() throws {
        let scene = try accused.scene()
        let message = try accused.message(height: 3)
        try scene.prove(message).thenFailed(.infractionHeaderUnverified, saying: "update it to that height")
        try scene.verifyPast([accused.block(3).signedHeader.header], below: 4)
        try scene.prove(message).thenSucceeded()
    }

    @Test("Of the header that a client was started from nothing is known, until past headers lead to it")
    func completesTheFirst() throws {
        let scene = try accused.scene()
        let message = try accused.message(height: 1)
        try scene.prove(message).thenFailed(.infractionHeaderHashUnknown, saying: "verify past headers")
        try scene.verifyPast([3, 2, 1].map { try accused.block($0).signedHeader.header }, below: 4)
        try scene.prove(message).thenSucceeded()
    }

    @Test("Another header, also one of the same height, is refused")
    func demandsTheHeader() throws {
        let scene = try accused.scene()
        let other = try message { $0.header = Data(try accused.block(3).signedHeader.header.encoded) }
        try scene.prove(other).thenFailed(.wrongInfractionHeader)
        var fork = TestChain(chainID: accused.chain.chainID, validators: accused.validators)
        try fork.grow(to: 3)
        try fork.append(appHash: [9])
        let forked = try #require(fork.block(at: 4)).signedHeader.header
        try scene.prove(try message { $0.header = Data(forked.encoded) }).thenFailed(.wrongInfractionHeader)
    }

    @Test("Another set than that of the header is refused, also one that differs in a power alone")
    func demandsTheSet() throws {
        let scene = try accused.scene()
        for members: [(number: UInt64, power: Int64)] in [
            [(1, 5), (2, 8), (3, 11), (4, 13)], [(2, 7), (3, 11), (4, 13)], [(1, 5), (2, 7), (3, 11), (4, 13), (5, 1)],
        ] {
            let set = try TestValidators(members).set
            try scene.prove(try message { $0.validators = Data(set.encoded) }).thenFailed(.wrongInfractionValidators)
        }
    }

    @Test("Who does not stand in the header's set can't be accused, though his signatures hold")
    func demandsKnownVoter() throws {
        let stranger = try TestValidators([(9, 7)])
        let evidence = try stranger.duplicateVote(
            by: 0,
            height: 4,
            time: accused.block(4).time,
            chainID: accused.chain.chainID
        )
        try accused.scene().prove(.proving(evidence, accused.block(4))).thenFailed(.unknownVoter)
    }

    @Test("Votes that are signed for another chain prove nothing")
    func demandsTheChain() throws {
        let evidence = try accused.evidence(signedFor: "consumer-2")
        try accused.scene().prove(.proving(evidence, accused.block(4))).thenFailed(.invalidVoteSignature)
    }

    @Test("A lock that changes from round to round is no evidence, and neither are votes of two steps")
    func toleratesHonesty() throws {
        let scene = try accused.scene()
        let block = try accused.block(4)
        func vote(_ type: SignedMessageType, round: Int32, for number: UInt64, by index: Int = 1) throws -> Vote {
            try accused.validators.vote(
                by: index,
                type: type,
                height: 4,
                round: round,
                for: .numbered(number),
                time: block.time,
                chainID: accused.chain.chainID
            )
        }
        let pairs = try [
            (vote(.prevote, round: 0, for: 1), vote(.prevote, round: 1, for: 2)),
            (vote(.precommit, round: 0, for: 1), vote(.precommit, round: 2, for: 2)),
            (vote(.prevote, round: 0, for: 1), vote(.precommit, round: 0, for: 2)),
            (vote(.precommit, round: 0, for: 1), vote(.precommit, round: 0, for: 2, by: 2)),
        ]
        for (first, second) in pairs {
            let evidence = try DuplicateVoteEvidence(
                first,
                second,
                validators: accused.validators.set,
                blockTime: block.time
            )
            try scene.prove(.proving(evidence, block)).thenFailed(.noDuplicateVote)
        }
    }

    @Test("Votes in the wrong order, or for one block, are refused as CometBFT refuses them")
    func demandsOrder() throws {
        let scene = try accused.scene()
        let good = try accused.evidence().protobuf
        var exchanged = good
        (exchanged.voteA, exchanged.voteB) = (good.voteB, good.voteA)
        var same = good
        same.voteB = good.voteA
        for evidence in [exchanged, same] {
            let bytes = Data(try evidence.serializedBytes() as [UInt8])
            try scene.prove(try message { $0.evidence = bytes }).thenFailed(.malformedEvidence)
        }
    }

    @Test("What the evidence states about powers and time has to be so")
    func demandsStatements() throws {
        let scene = try accused.scene()
        let good = try accused.evidence()
        let later = try BlockTime(seconds: good.timestamp.seconds + 1)
        for (total, power, time) in [
            (good.totalVotingPower + 1, good.validatorPower, good.timestamp),
            (good.totalVotingPower, 0, good.timestamp),
            (good.totalVotingPower, good.validatorPower, later),
        ] {
            let evidence = try DuplicateVoteEvidence(
                voteA: good.voteA,
                voteB: good.voteB,
                totalVotingPower: total,
                validatorPower: power,
                timestamp: time
            )
            try scene.prove(.proving(evidence, accused.block(4))).thenFailed(.wrongEvidenceStatement)
        }
    }

    @Test("A client that follows this very chain proves nothing against its validators")
    func refusesOwnChain() throws {
        let scene = try accused.scene(ownChainID: AccusedTestChain.chainID)
        try scene.prove(try accused.message()).thenFailed(.evidenceAgainstOwnChain)
    }

    @Test("An unknown client, an unknown instance and the host itself are refused")
    func demandsPlaces() throws {
        let scene = try accused.scene()
        try scene.prove(try message { $0.clientID = "07-tendermint-9" }).thenFailed(.unknownClient)
        for reference in ["", "nobody", "host", "cosmos1nobody"] {
            try scene.prove(try message { $0.instance = reference }).thenFailed(.notFound)
        }
        try scene.prove(EvidenceMessage()).thenFailed(.unknownMessage)
    }

    @Test("Reading, hashing and the two signatures are paid for before they are done")
    func chargesWork() throws {
        let scene = try accused.scene()
        let message = try accused.message()
        let used = try scene.prove(message).thenSucceeded().workUsed
        #expect(used > 2 * WorkMeter.Cost.signature)
        let other = try accused.message(by: 2)
        for limit in [0, 100, 1_000, 2_000, used - 1] {
            try scene.prove(other, workLimit: limit).thenFailed(.outOfWork)
        }
        try scene.prove(other, workLimit: used).thenSucceeded()
    }
}
