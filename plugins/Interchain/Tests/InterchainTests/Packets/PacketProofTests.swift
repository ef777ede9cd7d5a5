import Foundation
import IBC
import Interchain
import InterchainEvents
import ModuleKit
import ModuleTesting
import SwiftProtobuf
import Testing

@Suite("Proofs of packets")
struct PacketProofTests {
    @Test("A packet without its proof is refused: none, another's, one of a path beside, one of another height")
    func otherProofs() throws {
        let chains = try Correspondence.open()
        let packet = try chains.post("a", from: .left)
        let other = try chains.post("a", from: .left)
        let message = try chains.receiveMessage(packet)
        let height = message.receivePacket.proofHeight
        let paths: [StorePath] = [
            other.commitmentPath, .channelEnd(packet.source), .nextSequenceSend(packet.source),
            .packetCommitment(packet.source, sequence: 9), .packetReceipt(packet.source, sequence: packet.sequence),
        ]
        for path in paths {
            var forged = message
            let proof = try chains.chain(.left).proof(of: path)
            forged.receivePacket.proofCommitment = proof.bytes
            #expect(proof.height == height)
            try chains.send(forged, to: .right).thenFailed(.invalidProof)
        }
        var forged = message
        forged.receivePacket.proofCommitment = Data()
        try chains.send(forged, to: .right).thenFailed(.invalidProof)
        forged.receivePacket.proofCommitment = Data([1])
        try chains.send(forged, to: .right).thenFailed(.malformedInput)
        forged = message
        forged.receivePacket.proofHeight.revisionHeight += 1
        try chains.send(forged, to: .right).thenFailed(.unknownHeight)
        forged.receivePacket.clearProofHeight()
        try chains.send(forged, to: .right).thenFailed(.unknownHeight)
        // The packet is real, but that height has not seen it.
        let before = try chains.prove(.channelEnd(packet.source), on: .left)
        let late = try chains.post("b", from: .left)
        forged = try chains.receiveMessage(late)
        forged.receivePacket.proofHeight = before.height
        try chains.send(forged, to: .right).thenFailed(.invalidProof)
        try chains.send(message, to: .right).thenSucceeded()
    }

    @Test("Nothing is proven under a client that has expired")
    func expired() throws {
        let chains = try Correspondence.open()
        let packet = try chains.post("a", from: .left)
        let message = try chains.receiveMessage(packet)
        try chains.chains.nextBlock(after: PlayedChain.unbondingPeriod)
        try chains.send(message, to: .right).thenFailed(.clientExpired)
    }

    @Test("A receipt that is there is no proof that it is absent, nor the other way round")
    func presence() throws {
        let chains = try Correspondence.open()
        let soon = chains.harness(.left).block.time.nanoseconds + 60_000_000_000
        let packets = try ["a", "b"].map { try chains.post($0, from: .left, time: soon) }
        try chains.receive(packets[0]).thenSucceeded()
        try chains.chains.settle(after: .minutes(2))
        var forged = try chains.timeOutMessage(packets[0])
        forged.timeOutPacket.proofUnreceived = try chains.chain(.right).proof(of: packets[1].receiptPath).bytes
        try chains.send(forged, to: .left).thenFailed(.invalidProof)
        forged = try chains.acknowledgeMessage(packets[1])
        forged.acknowledgePacket.proofAcknowledged =
            try chains.chain(.right).proof(of: packets[0].acknowledgementPath).bytes
        try chains.send(forged, to: .left).thenFailed(.invalidProof)
    }

    @Test("No byte of a received packet or its proof can be changed")
    func mangledReceive() throws {
        let chains = try Correspondence.open()
        let packet = try chains.post("a", from: .left, height: Height(revision: 2, height: 1_000))
        let message = try chains.receiveMessage(packet)
        try mangle(message, for: chains, on: .right)
        try chains.send(message, to: .right).thenSucceeded()
    }

    @Test("No byte of an acknowledgement or its proof can be changed")
    func mangledAcknowledgement() throws {
        let chains = try Correspondence.open(.ordered)
        let packet = try chains.post("a", from: .left)
        try chains.receive(packet).thenSucceeded()
        let message = try chains.acknowledgeMessage(packet)
        try mangle(message, for: chains, on: .left)
        try chains.send(message, to: .left).thenSucceeded()
    }

    @Test("No byte of a timeout or its proofs can be changed", arguments: orderings)
    func mangledTimeout(_ ordering: Ibc_Core_Channel_V1_Order) throws {
        let chains = try Correspondence.open(ordering)
        let packet = try chains.post("a", from: .left)
        try chains.close(.right).thenSucceeded()
        let message = try chains.timeOutOnCloseMessage(packet)
        // A proof of absence notes the key that was asked for; the gap between the neighbours alone decides.
        let note = ordering == .unordered ? packet.receiptPath.key : []
        try mangle(message, besides: note, for: chains, on: .left)
        try chains.send(message, to: .left).thenSucceeded()
    }

    /// Changes a bit in every byte of a message, and drops every byte; none of it may lead to an event.
    ///
    /// - Parameter note: bytes in the message that mean nothing.
    private func mangle(
        _ message: InterchainMessage,
        besides note: [UInt8] = [],
        for chains: Correspondence,
        on side: Correspondence.Side
    ) throws {
        var random = try SplitMix64.seeded()
        let bytes: [UInt8] = try message.encodedBytes()
        let noted = bytes.firstRange(of: note) ?? 0..<0
        for index in bytes.indices where !noted.contains(index) {
            var changed = bytes
            changed[index] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            var shortened = bytes
            shortened.remove(at: index)
            for mangled in [changed, shortened] {
                let outcome = try chains.harness(side).when(encoded: mangled, from: PlayedChain.relayer)
                try #require(outcome.events.isEmpty, "byte \(index) of \(bytes.count)")
            }
        }
    }
}
