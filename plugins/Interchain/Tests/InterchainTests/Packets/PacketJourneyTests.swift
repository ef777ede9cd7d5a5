import Foundation
import IBC
import Interchain
import InterchainEvents
import ModuleKit
import ModuleTesting
import SwiftProtobuf
import Testing

@Suite("Packets")
struct PacketJourneyTests {
    @Test("A packet is sent, received and acknowledged, in both directions", arguments: orderings)
    func journey(_ ordering: Ibc_Core_Channel_V1_Order) throws {
        let chains = try Correspondence.open(ordering)
        for (number, side) in [Correspondence.Side.left, .right, .left].enumerated() {
            let packet = try chains.post("greetings \(number)", from: side)
            #expect(try chains.state(of: packet, on: side).commitment == Data(packet.commitment))
            try chains.receive(packet).thenSucceeded()
            #expect(try chains.received(packet) == "greetings \(number)")
            let answered = try chains.state(of: packet, on: side.other)
            #expect(answered.received)
            let success = Acknowledgement.commitment(of: Acknowledgement.success.json)
            #expect(answered.acknowledgementHash == Data(success))
            #expect(try chains.told(packet) == nil)
            try chains.acknowledge(packet).thenSucceeded()
            #expect(try chains.told(packet) == "arrived")
            #expect(try chains.state(of: packet, on: side).commitment.isEmpty)
        }
        let left = try chains.channel(.left)
        let isOrdered = ordering == .ordered
        #expect(left.nextSequenceSend == 3)
        #expect(left.nextSequenceReceive == (isOrdered ? 2 : 1))
        #expect(left.nextSequenceAcknowledge == (isOrdered ? 3 : 1))
    }

    @Test("What Interchain records of a packet stands behind what led to it")
    func order() throws {
        let chains = try Correspondence.open()
        let sent = try chains.tryPosting("a", from: .left).thenSucceeded()
        #expect(sent.events.map(\.kind.name) == ["channel_answered", "packet_sent"])
        #expect(sent.events.map(\.cause) == [nil, sent.events[0].sequence])
        let event = sent.emitted[0].packetSent
        #expect(event.application == (try chains.harness(.left).identity(of: Postcard.self).number))
        #expect(event.ordering == .unordered)
        let received = try chains.receive(Packet(protobuf: event.packet)).thenSucceeded()
        let kinds = ["packet_received", "received", "channel_answered", "acknowledgement_written"]
        #expect(received.events.map(\.kind.name) == kinds)
        let acknowledged = try chains.acknowledge(Packet(protobuf: event.packet)).thenSucceeded()
        #expect(acknowledged.events.map(\.kind.name) == ["packet_acknowledged", "told"])
    }

    @Test("On an unordered channel packets arrive in any order")
    func anyOrder() throws {
        let chains = try Correspondence.open()
        let packets = try (0..<4).map { try chains.post("\($0)", from: .left) }
        for index in [2, 0, 3, 1] { try chains.receive(packets[index]).thenSucceeded() }
        for index in [1, 3, 0, 2] { try chains.acknowledge(packets[index]).thenSucceeded() }
        #expect(try packets.map { try chains.told($0) } == Array(repeating: "arrived", count: 4))
    }

    @Test("On an ordered channel packets and acknowledgements keep the order in which they were sent")
    func keptOrder() throws {
        let chains = try Correspondence.open(.ordered)
        let packets = try (0..<3).map { try chains.post("\($0)", from: .left) }
        try chains.receive(packets[1]).thenFailed(.wrongSequence)
        for packet in packets { try chains.receive(packet).thenSucceeded() }
        try chains.acknowledge(packets[2]).thenFailed(.wrongSequence)
        for packet in packets { try chains.acknowledge(packet).thenSucceeded() }
        #expect(try packets.map { try chains.told($0) } == Array(repeating: "arrived", count: 3))
    }

    @Test("What is brought a second time changes nothing", arguments: orderings)
    func duplicates(_ ordering: Ibc_Core_Channel_V1_Order) throws {
        let chains = try Correspondence.open(ordering)
        let packet = try chains.post("once", from: .left)
        try chains.receive(packet).thenSucceeded()
        try chains.receive(packet).thenEmittedNothing()
        try chains.acknowledge(packet).thenSucceeded()
        try chains.acknowledge(packet).thenEmittedNothing()
        try chains.timeOut(packet).thenEmittedNothing()
        try chains.timeOutOnClose(packet).thenEmittedNothing()
        try chains.receive(packet).thenEmittedNothing()
        #expect(try chains.told(packet) == "arrived")
    }

    @Test("A packet that was received before changes nothing, late as it may be")
    func lateDuplicate() throws {
        let chains = try Correspondence.open()
        let soon = chains.harness(.left).block.time.nanoseconds + 60_000_000_000
        let packet = try chains.post("once", from: .left, time: soon)
        try chains.receive(packet).thenSucceeded()
        try chains.chains.settle(after: .minutes(2))
        try chains.receive(packet).thenEmittedNothing()
    }

    @Test("An acknowledgement with other bytes is refused before, and changes nothing afterwards")
    func otherAcknowledgement() throws {
        let chains = try Correspondence.open()
        let packet = try chains.post("a", from: .left)
        try chains.receive(packet).thenSucceeded()
        var forged = try chains.acknowledgeMessage(packet)
        forged.acknowledgePacket.acknowledgement = Data(Acknowledgement.error("no").json)
        try chains.send(forged, to: .left).thenFailed(.invalidProof)
        forged.acknowledgePacket.acknowledgement = Data()
        try chains.send(forged, to: .left).thenFailed(.invalidProof)
        try chains.acknowledge(packet).thenSucceeded()
        forged.acknowledgePacket.acknowledgement = Data(Acknowledgement.error("no").json)
        try chains.send(forged, to: .left).thenEmittedNothing()
        #expect(try chains.told(packet) == "arrived")
    }

    @Test("A packet whose ends are not the channel's is refused")
    func wrongEnds() throws {
        let chains = try Correspondence.open()
        let packet = try chains.post("a", from: .left)
        let receive = try chains.receiveMessage(packet)
        let changes: [(ModuleError.Code, (inout Ibc_Core_Channel_V1_Packet) -> Void)] = [
            (.wrongChannelEnd, { $0.sourcePort = "silence" }),
            (.wrongChannelEnd, { $0.sourceChannel = "channel-9" }),
            (.unknownChannel, { $0.destinationPort = "silence" }),
            (.unknownChannel, { $0.destinationChannel = "channel-9" }),
            // Channel 0 of that chain has begun, and knows no other end.
            (.wrongChannelEnd, { $0.destinationChannel = "channel-0" }),
            (.malformedInput, { $0.sequence = 0 }),
            (.malformedInput, { $0.data = Data() }),
            (.malformedInput, { $0.clearTimeoutHeight() }),
            (.malformedInput, { $0.timeoutTimestamp = 0 }),
        ]
        for (code, change) in changes {
            var message = receive
            change(&message.receivePacket.packet)
            try chains.send(message, to: .right).thenFailed(code)
        }
        var acknowledge = try chains.acknowledgeMessage(packet)
        acknowledge.acknowledgePacket.packet.destinationChannel = "channel-9"
        try chains.send(acknowledge, to: .left).thenFailed(.wrongChannelEnd)
        var timeOut = try chains.timeOutMessage(packet)
        timeOut.timeOutPacket.packet.sourceChannel = "channel-9"
        try chains.send(timeOut, to: .left).thenFailed(.unknownChannel)
        timeOut.timeOutPacket.packet = packet.protobuf
        timeOut.timeOutPacket.packet.data = Data("b".utf8)
        try chains.send(timeOut, to: .left).thenFailed(.wrongPacket)
    }

    @Test("Packets and acknowledgements have bounds, and the longest of both go through")
    func bounds() throws {
        let chains = try Correspondence.open()
        let longest = String(repeating: "x", count: Packet.recordableDataByteCount)
        try chains.tryPosting(longest + "x", from: .left).thenFailed(.packetTooLarge)
        try chains.tryPosting("", from: .left).thenFailed(.malformedInput)
        let packet = try chains.post(longest, from: .left)
        var message = try chains.receiveMessage(packet)
        message.receivePacket.packet.data.append(0)
        try chains.send(message, to: .right).thenFailed(.packetTooLarge)
        try chains.behave(.right) { $0.longAnswer = UInt32(Acknowledgement.recordableByteCount) }
        try chains.receive(packet).thenSucceeded()
        #expect(chains.acknowledgements[packet]?.count == Acknowledgement.recordableByteCount)
        var acknowledge = try chains.acknowledgeMessage(packet)
        acknowledge.acknowledgePacket.acknowledgement.append(0)
        try chains.send(acknowledge, to: .left).thenFailed(.packetTooLarge)
        try chains.acknowledge(packet).thenSucceeded()
        #expect(try chains.told(packet) == "refused")
    }

    @Test("Nothing is sent before a channel is open, or after it is closed")
    func notOpen() throws {
        let chains = try Correspondence()
        try chains.begin()
        try chains.tryPosting("early", from: .left).thenFailed(.channelNotOpen)
        try chains.answer()
        try chains.tryPosting("early", from: .right).thenFailed(.channelNotOpen)
        try chains.send(chains.ackMessage(), to: .left).thenSucceeded()
        let packet = try chains.post("from the open end", from: .left)
        try chains.receive(packet).thenFailed(.channelNotOpen)
        try chains.send(chains.confirmMessage(), to: .right).thenSucceeded()
        try chains.receive(packet).thenSucceeded()
        try chains.close(.left).thenSucceeded()
        try chains.tryPosting("late", from: .left).thenFailed(.channelNotOpen)
    }

    @Test("A packet that comes in may lead to another one")
    func returned() throws {
        let chains = try Correspondence.open()
        try chains.behave(.right) { $0.reception = .return }
        let packet = try chains.post("there and back", from: .left)
        let outcome = try chains.receive(packet).thenSucceeded()
        let event = try #require(outcome.emitted.first { $0.packetSent.hasPacket })
        let answer = try Packet(protobuf: event.packetSent.packet)
        try chains.receive(answer).thenSucceeded()
        #expect(try chains.received(answer) == "there and back")
    }
}
