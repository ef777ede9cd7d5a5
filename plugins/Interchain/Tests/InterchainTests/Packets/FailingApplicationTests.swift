import Foundation
import IBC
import Interchain
import InterchainEvents
import ModuleKit
import ModuleTesting
import SwiftProtobuf
import Testing

@Suite("Applications that fail")
struct FailingApplicationTests {
    @Test("An application that fails is rolled back alone, and the other end is told the code", arguments: orderings)
    func failing(_ ordering: Ibc_Core_Channel_V1_Order) throws {
        let chains = try Correspondence.open(ordering)
        try chains.behave(.right) { $0.reception = .fail }
        let packet = try chains.post("a", from: .left)
        let outcome = try chains.receive(packet).thenSucceeded()
        #expect(try chains.received(packet) == nil)
        #expect(try chains.state(of: packet, on: .right).received)
        try expectFailure(ModuleError.Code.postcardTorn.number, in: outcome)
        try chains.acknowledge(packet).thenSucceeded()
        #expect(try chains.told(packet) == "refused")
        // The channel goes on.
        try chains.behave(.right) { $0.reception = .keep }
        let next = try chains.post("b", from: .left)
        try chains.receive(next).thenSucceeded()
        try chains.acknowledge(next).thenSucceeded()
        #expect(try chains.told(next) == "arrived")
    }

    @Test("An application that goes on for ever is stopped by its allotment, whatever the relayer gave")
    func looping() throws {
        let chains = try Correspondence.open(limits: Self.shortLimits)
        try chains.behave(.right) { $0.reception = .loop }
        let packet = try chains.post("a", from: .left)
        let outcome = try chains.receive(packet).thenSucceeded()
        try expectFailure(ModuleError.Code.outOfWork.number, in: outcome)
        #expect(outcome.workUsed < 2 * Self.shortLimits.finalReactionWork)
        try chains.acknowledge(packet).thenSucceeded()
        #expect(try chains.told(packet) == "refused")
    }

    @Test("An application that says nothing is answered for, with the code 1")
    func silent() throws {
        let chains = try Correspondence()
        try chains.openSilentChannel()
        let packet = try chains.post("hello?", from: .left)
        let outcome = try chains.receive(packet).thenSucceeded()
        try expectFailure(1, in: outcome)
        try chains.acknowledge(packet).thenSucceeded()
        #expect(try chains.told(packet) == "refused")
    }

    @Test("An application's own error is an acknowledgement like any other")
    func refusing() throws {
        let chains = try Correspondence.open()
        try chains.behave(.right) { $0.reception = .refuse }
        let packet = try chains.post("a", from: .left)
        let outcome = try chains.receive(packet).thenSucceeded()
        #expect(outcome.emitted.map(\.acknowledgementWritten.applicationFailed) == [false, false])
        #expect(chains.acknowledgements[packet] == Data(Acknowledgement.error("no room in the letter box").json))
        try chains.acknowledge(packet).thenSucceeded()
        #expect(try chains.told(packet) == "refused")
    }

    @Test("An acknowledgement that is too long fails its application")
    func longAnswer() throws {
        let chains = try Correspondence.open()
        try chains.behave(.right) { $0.longAnswer = UInt32(Acknowledgement.recordableByteCount + 1) }
        let packet = try chains.post("a", from: .left)
        try expectFailure(ModuleError.Code.packetTooLarge.number, in: chains.receive(packet).thenSucceeded())
    }

    @Test("An application that closes its channel on a packet has answered it")
    func closing() throws {
        let chains = try Correspondence.open()
        try chains.behave(.right) { $0.reception = .close }
        let packet = try chains.post("last", from: .left)
        let outcome = try chains.receive(packet).thenSucceeded()
        #expect(outcome.emitted.contains { $0.channelClosed.cause == .application })
        #expect(try chains.channel(.right).end.state == .closed)
        try chains.acknowledge(packet).thenSucceeded()
        #expect(try chains.told(packet) == "arrived")
    }

    @Test("No application keeps a packet from being settled", arguments: orderings)
    func failingOnNews(_ ordering: Ibc_Core_Channel_V1_Order) throws {
        let chains = try Correspondence.open(ordering)
        try chains.behave(.left) { $0.failsWhenTold = true }
        let first = try chains.post("a", from: .left)
        let second = try chains.post("b", from: .left, height: Height(revision: 2, height: 30))
        try chains.receive(first).thenSucceeded()
        try chains.acknowledge(first).thenSucceeded()
        #expect(try chains.state(of: first, on: .left).commitment.isEmpty)
        #expect(try chains.told(first) == nil)
        while chains.chain(.right).height.height < 30 { try chains.chains.settle() }
        try chains.timeOut(second).thenSucceeded()
        #expect(try chains.state(of: second, on: .left).commitment.isEmpty)
        try chains.acknowledge(first).thenEmittedNothing()
        try chains.timeOut(second).thenEmittedNothing()
    }

    @Test("A relayer who gives too little work loses nothing: the whole message fails, and can be sent again")
    func littleWork() throws {
        let chains = try Correspondence.open(limits: Self.shortLimits)
        let packet = try chains.post("a", from: .left)
        var enough = try exhaust(chains) { try chains.receive(packet, workLimit: $0) }
        #expect(enough >= Self.shortLimits.finalReactionWork)
        #expect(try chains.received(packet) == "a")
        #expect(chains.acknowledgements[packet] == Data(Acknowledgement.success.json))
        enough = try exhaust(chains) { try chains.acknowledge(packet, workLimit: $0) }
        #expect(enough >= Self.shortLimits.finalReactionWork)
        #expect(try chains.told(packet) == "arrived")
    }

    @Test("Acknowledgements are written once, for packets that came in, and with something in them")
    func acknowledgements() throws {
        let chains = try Correspondence.open()
        let packet = try chains.post("a", from: .left)
        let writing = InterchainChannelAnswer.with {
            $0.writeAcknowledgement.portID = packet.destination.port.text
            $0.writeAcknowledgement.channelID = packet.destination.channel.text
            $0.writeAcknowledgement.sequence = packet.sequence
            $0.writeAcknowledgement.acknowledgement = Data([1])
        }
        try chains.tell(.right, .with { $0.answer = writing }).thenFailed(.invalidAcknowledgement)
        try chains.receive(packet).thenSucceeded()
        try chains.tell(.right, .with { $0.answer = writing }).thenFailed(.invalidAcknowledgement)
        var empty = writing
        empty.writeAcknowledgement.acknowledgement = Data()
        try chains.tell(.right, .with { $0.answer = empty }).thenFailed(.invalidAcknowledgement)
        var elsewhere = writing
        elsewhere.writeAcknowledgement.channelID = "channel-9"
        try chains.tell(.right, .with { $0.answer = elsewhere }).thenFailed(.unknownChannel)
    }

    /// Limits under which a reaction is soon stopped.
    private static let shortLimits: Execution.Limits = {
        var limits = Execution.Limits()
        limits.finalReactionWork = 20_000
        return limits
    }()

    /// Raises the work limit until a message succeeds; the limit. Each failure must be one for want of work.
    private func exhaust(_ chains: Correspondence, _ body: (UInt64) throws -> Outcome<Interchain>) throws -> UInt64 {
        for limit in stride(from: 1_000 as UInt64, through: 100_000, by: 3_000) {
            let outcome = try body(limit)
            if outcome.succeeded { return limit }
            try outcome.thenFailed(.outOfWork)
        }
        Issue.record("never succeeded")
        return 0
    }

    private func expectFailure(_ code: UInt32, in outcome: Outcome<Interchain>) throws {
        let written = try #require(outcome.emitted.last).acknowledgementWritten
        #expect(written.applicationFailed)
        #expect(Array(written.acknowledgement) == Acknowledgement.failure(code: code).json)
    }
}

extension Correspondence {
    /// Opens a channel from the left chain to the mute instance of the right one.
    fileprivate func openSilentChannel() throws {
        let begun = try send(.openInit("letters", to: Self.silence, .unordered), to: .left).thenSucceeded()
        keep(try openedEnd(begun), on: .left)
        var answer = try tryMessage()
        answer.channelOpenTry.portID = Self.silence
        keep(try openedEnd(send(answer, to: .right).thenSucceeded()), on: .right)
        try send(ackMessage(), to: .left).thenSucceeded()
        try send(confirmMessage(), to: .right).thenSucceeded()
    }
}
