import CometBFT
import CometBFTProtobuf
import CometBFTTesting
import Foundation
import SwiftProtobuf
import Testing

@Suite("Protobuf")
struct WireTests {
    private let samples: Samples

    init() throws {
        samples = try Samples()
    }

    private func code(_ body: () throws -> some Sendable) -> CometBFTError.Code? {
        #expect(throws: CometBFTError.self) { try body() }?.code
    }

    @Test("Every kind of value survives encoding and decoding")
    func roundTrips() throws {
        for artefact in try Artefact.all() {
            #expect(try artefact.read(artefact.bytes) == artefact.bytes, "\(artefact.name)")
        }
    }

    @Test("Every flipped, missing or added byte of every kind of value fails to parse, or gives another value")
    func mutations() throws {
        for artefact in try Artefact.all() {
            for index in artefact.bytes.indices {
                // One bit of each byte, a different one each time, and a cut before it.
                var flipped = artefact.bytes
                flipped[index] ^= 1 << UInt8(index % 8)
                for mutated in [flipped, Array(artefact.bytes.prefix(index))] {
                    // What is read is written as the mutated bytes, so it is not the value that it was.
                    if let read = try? artefact.read(mutated) {
                        #expect(read == mutated, "\(artefact.name), byte \(index)")
                    }
                }
            }
            #expect(throws: CometBFTError.self) { try artefact.read(artefact.bytes + [0]) }
        }
    }

    @Test("Unknown fields are refused at every depth")
    func unknownFields() throws {
        let unknown: [UInt8] = [0xf8, 0x01, 0x01]
        let vote = try samples.vote(for: Samples.blockID("A"))
        #expect(code { try Vote(encoded: vote.encoded + unknown) } == .notCanonical)
        var message = vote.protobuf
        message.blockID = try Tendermint_Types_BlockID(serializedBytes: vote.blockID.encoded + unknown)
        let bytes: [UInt8] = try message.serializedBytes()
        #expect(bytes.count == vote.encoded.count + unknown.count)
        #expect(code { try Vote(encoded: bytes) } == .notCanonical)
    }

    @Test("Overlong varints, repeated fields, fields out of order and written defaults are refused")
    func notCanonical() {
        let version: [UInt8] = [0x08, 0x0b, 0x10, 0x01]
        #expect(throws: Never.self) { try Version(encoded: version) }
        #expect(code { try Version(encoded: [0x08, 0x8b, 0x00, 0x10, 0x01]) } == .notCanonical)
        #expect(code { try Version(encoded: [0x08, 0x0b, 0x08, 0x0b, 0x10, 0x01]) } == .notCanonical)
        #expect(code { try Version(encoded: [0x10, 0x01, 0x08, 0x0b]) } == .notCanonical)
        #expect(code { try Version(encoded: [0x08, 0x0b, 0x10, 0x00]) } == .notCanonical)
    }

    @Test("Every message that must be there is missed")
    func missingMessages() throws {
        var vote = try samples.vote(for: .nil).protobuf
        vote.clearBlockID()
        #expect(code { try Vote(protobuf: vote) } == .missing)
        vote = try samples.vote(for: .nil).protobuf
        vote.clearTimestamp()
        #expect(code { try Vote(protobuf: vote) } == .missing)
        var header = try samples.header().protobuf
        header.clearVersion()
        #expect(code { try Header(protobuf: header) } == .missing)
        header = try samples.header().protobuf
        header.clearLastBlockID()
        #expect(code { try Header(protobuf: header) } == .missing)
        var block = try samples.block().protobuf
        block.clearLastCommit()
        #expect(code { try Block(protobuf: block) } == .missing)
        #expect(code { try Evidence(encoded: []) } == .missing)
        #expect(code { try LightBlock(encoded: []) } == .missing)
        #expect(code { try ValidatorKey(encoded: []) } == .missing)
    }

    @Test("Unknown enumerations, unsigned votes and keys of another kind are refused")
    func unknownValues() throws {
        var vote = try samples.vote(for: .nil).protobuf
        vote.type = .UNRECOGNIZED(7)
        #expect(code { try Vote(protobuf: vote) } == .unknownValue)
        vote.type = .proposal
        #expect(code { try Vote(protobuf: vote) } == .outOfRange)
        vote = try samples.vote(for: .nil).protobuf
        vote.signature = .init()
        #expect(code { try Vote(protobuf: vote) } == .wrongLength)
        var entry = CommitSignature.absent.protobuf
        entry.blockIDFlag = .unknown
        #expect(code { try CommitSignature(protobuf: entry) } == .unknownValue)
        entry.blockIDFlag = .UNRECOGNIZED(4)
        #expect(code { try CommitSignature(protobuf: entry) } == .unknownValue)
        var key = Tendermint_Crypto_PublicKey()
        key.secp256K1 = .init(repeating: 2, count: 33)
        #expect(code { try ValidatorKey(protobuf: key) } == .unknownValue)
    }

    @Test("An absent entry with an address, a signature or a time is refused")
    func absentEntries() throws {
        let absent = CommitSignature.absent.protobuf
        #expect(try CommitSignature(protobuf: absent) == .absent)
        var entry = absent
        entry.signature = .init([1])
        #expect(code { try CommitSignature(protobuf: entry) } == .inconsistent)
        entry = absent
        entry.validatorAddress = .init(repeating: 1, count: 20)
        #expect(code { try CommitSignature(protobuf: entry) } == .inconsistent)
        entry = absent
        entry.timestamp = Google_Protobuf_Timestamp(seconds: 1)
        #expect(code { try CommitSignature(protobuf: entry) } == .inconsistent)
    }

    @Test("A validator set's total power may be left out, or must be the sum; an address must be the key's")
    func validatorSets() throws {
        let set = samples.validators
        var message = set.protobuf
        message.totalVotingPower = set.totalPower
        #expect(try ValidatorSet(protobuf: message) == set)
        message.totalVotingPower = set.totalPower + 1
        #expect(code { try ValidatorSet(protobuf: message) } == .inconsistent)
        var validator = set.validators[0].protobuf
        validator.address = .init(set.validators[1].address.bytes)
        #expect(code { try Validator(protobuf: validator) } == .inconsistent)
        message = set.protobuf
        message.validators.reverse()
        #expect(code { try ValidatorSet(protobuf: message) } == .notCanonical)
    }

    @Test("The largest validator set and the largest commit fit into their limits")
    func largest() throws {
        let validators = try (0..<ValidatorSet.maximumCount).map { index in
            let key = try ValidatorKey(Hash32(hashing: Array("\(index)".utf8)).bytes)
            return try Validator(key: key, power: .max / 8 / 10_000 - Int64(index), proposerPriority: -1)
        }
        let set = try ValidatorSet(validators, proposer: validators[0])
        #expect(try ValidatorSet(encoded: set.encoded) == set)
        let signed = try CommitSignature.Signed(
            address: validators[0].address,
            timestamp: BlockTime(seconds: BlockTime.secondsRange.upperBound, nanoseconds: 999_999_999),
            signature: [UInt8](repeating: 1, count: 64)
        )
        let commit = try Commit(
            height: .max,
            round: .max,
            blockID: Samples.blockID("A"),
            signatures: [CommitSignature](repeating: .commit(signed), count: ValidatorSet.maximumCount)
        )
        #expect(try Commit(encoded: commit.encoded) == commit)
    }

    @Test("More bytes than a kind may have are refused before they are read")
    func tooLarge() {
        let bytes = [UInt8](repeating: 0, count: Vote.maximumEncodedByteCount + 1)
        #expect(code { try Vote(encoded: bytes) } == .tooLarge)
        #expect(code { try Proposal(encoded: bytes) } == .tooLarge)
    }
}
