import Foundation
import IBC
import Interchain
import InterchainEvents
import ModuleKit
import ModuleTesting
import SwiftProtobuf
import Testing

@Suite("Timeouts")
struct TimeoutTests {
    @Test("A packet can be received until the block before its timeout height, and taken back from that height on")
    func byHeight() throws {
        for isReceived in [true, false] {
            let chains = try Correspondence.open()
            let timeout = Height(revision: 2, height: chains.chain(.right).height.height + 8)
            let packet = try chains.post("in time", from: .left, height: timeout)
            // Every proof takes a block. The last header before the timeout shows nothing yet.
            while chains.chain(.right).height.height < timeout.height - 2 { try chains.chains.settle() }
            if isReceived {
                try chains.receive(packet).thenSucceeded()
                #expect(chains.harness(.right).block.height == timeout.height - 1)
                try chains.timeOut(packet).thenFailed(.invalidProof)
            } else {
                try chains.timeOut(packet).thenFailed(.notTimedOut)
                #expect(chains.harness(.right).block.height == timeout.height - 1)
                try chains.receive(packet).thenFailed(.packetTimedOut)
                #expect(chains.harness(.right).block.height == timeout.height)
                try chains.timeOut(packet).thenSucceeded()
                #expect(try chains.told(packet) == "timed-out")
            }
        }
    }

    @Test("A packet can be received until right before its timeout, and taken back from that time on")
    func byTime() throws {
        for isReceived in [true, false] {
            let chains = try Correspondence.open()
            let now = chains.harness(.left).block.time
            let timeout = now.nanoseconds + 60_000_000_000
            let packet = try chains.post("in time", from: .left, time: timeout)
            try chains.chains.settle(after: .seconds(50))
            let next = try chains.receiveMessage(packet)
            #expect(chains.harness(.right).block.time.nanoseconds == timeout - 5_000_000_000)
            if isReceived {
                try chains.send(next, to: .right).thenSucceeded()
                try chains.timeOut(packet).thenFailed(.invalidProof)
            } else {
                // The same header proves that the packet is not there, but not that it will not come.
                let proof = try chains.chain(.right).proof(of: packet.receiptPath)
                var early = try chains.timeOutMessage(packet)
                early.timeOutPacket.proofUnreceived = proof.bytes
                early.timeOutPacket.proofHeight = proof.height
                try chains.send(early, to: .left).thenFailed(.notTimedOut)
                try chains.send(next, to: .right).thenFailed(.packetTimedOut)
                try chains.timeOut(packet).thenSucceeded()
                #expect(try chains.told(packet) == "timed-out")
            }
        }
    }

    @Test("A packet that the other chain could not receive any more is not sent")
    func alreadyPassed() throws {
        let chains = try Correspondence.open()
        try chains.chains.settle()
        let now = chains.harness(.left).block.time.nanoseconds
        let height = chains.chain(.right).height
        try chains.tryPosting("a", from: .left, time: now).thenFailed(.packetTimedOut)
        try chains.tryPosting("a", from: .left, height: height).thenFailed(.packetTimedOut)
        // A revision that is over.
        try chains.tryPosting("a", from: .left, height: Height(revision: 1, height: 1_000_000))
            .thenFailed(.packetTimedOut)
        try chains.tryPosting("a", from: .left, height: .zero).thenFailed(.malformedInput)
        try chains.tryPosting("a", from: .left, time: now + 1).thenSucceeded()
        try chains.tryPosting("a", from: .left, height: Height(revision: 2, height: height.height + 1)).thenSucceeded()
    }

    @Test("Nothing is sent under a client that has expired")
    func expired() throws {
        let chains = try Correspondence.open()
        try chains.chains.nextBlock(after: PlayedChain.unbondingPeriod)
        try chains.tryPosting("a", from: .left).thenFailed(.clientExpired)
    }

    @Test("On an ordered channel a timeout closes the end, and nothing behind it is received")
    func ordered() throws {
        let chains = try Correspondence.open(.ordered)
        let packets = try chains.postTwoInVain()
        let outcome = try chains.timeOut(packets[0]).thenSucceeded()
        #expect(outcome.emitted.map(\.isTimeout) == [true, false])
        #expect(outcome.emitted.last?.channelClosed.cause == .timeout)
        #expect(try chains.channel(.left).end.state == .closed)
        #expect(try chains.told(packets[0].source) == "closed-by-timeout")
        // The closed end still settles what it has sent.
        let second = try chains.timeOut(packets[1]).thenSucceeded()
        #expect(second.emitted.map(\.isTimeout) == [true])
        #expect(try chains.told(packets[1]) == "timed-out")
    }

    @Test(
        "An application that closes its end on a timeout has closed it, and nobody closes it again",
        arguments: orderings
    )
    func closedByApplication(_ ordering: Ibc_Core_Channel_V1_Order) throws {
        let chains = try Correspondence.open(ordering)
        try chains.behave(.left) { $0.closesOnTimeout = true }
        let outcome = try chains.timeOut(chains.postTwoInVain()[0]).thenSucceeded()
        let causes = outcome.emitted.map(\.channelClosed.cause).filter { $0 != .unspecified }
        #expect(causes == [.application])
        #expect(try chains.channel(.left).end.state == .closed)
    }

    @Test("On an unordered channel a timeout leaves the channel open")
    func unordered() throws {
        let chains = try Correspondence.open()
        let packets = try chains.postTwoInVain()
        let outcome = try chains.timeOut(packets[1]).thenSucceeded()
        #expect(outcome.emitted.map(\.isTimeout) == [true])
        #expect(try chains.channel(.left).end.state == .open)
        #expect(try chains.told(packets[0]) == nil)
    }

    @Test("What was received is never taken back")
    func received() throws {
        for ordering in orderings {
            let chains = try Correspondence.open(ordering)
            let soon = chains.harness(.left).block.time.nanoseconds + 60_000_000_000
            let packet = try chains.post("a", from: .left, time: soon)
            try chains.receive(packet).thenSucceeded()
            try chains.chains.settle(after: .minutes(2))
            let isOrdered = ordering == .ordered
            try chains.timeOut(packet).thenFailed(isOrdered ? .wrongSequence : .invalidProof)
            var forged = try chains.timeOutMessage(packet)
            forged.timeOutPacket.nextSequenceReceive = isOrdered ? 1 : 0
            try chains.send(forged, to: .left).thenFailed(.invalidProof)
            forged.timeOutPacket.nextSequenceReceive = 3
            try chains.send(forged, to: .left).thenFailed(isOrdered ? .wrongSequence : .malformedInput)
            try chains.close(.right).thenSucceeded()
            try chains.timeOutOnClose(packet).thenFailed(isOrdered ? .wrongSequence : .invalidProof)
            try chains.acknowledge(packet).thenSucceeded()
            #expect(try chains.told(packet) == "arrived")
        }
    }

    @Test("When the other end is closed, what it has not received is taken back before its time", arguments: orderings)
    func onClose(_ ordering: Ibc_Core_Channel_V1_Order) throws {
        let chains = try Correspondence.open(ordering)
        let packets = try ["a", "b"].map { try chains.post($0, from: .left) }
        try chains.receive(packets[0]).thenSucceeded()
        try chains.timeOutOnClose(packets[1]).thenFailed(.invalidProof)
        try chains.close(.right).thenSucceeded()
        try chains.receive(packets[1]).thenFailed(.channelNotOpen)
        try chains.timeOut(packets[1]).thenFailed(.notTimedOut)
        try chains.timeOutOnClose(packets[1]).thenSucceeded()
        #expect(try chains.told(packets[1]) == "timed-out")
        let isOrdered = ordering == .ordered
        #expect(try chains.channel(.left).end.state == (isOrdered ? .closed : .open))
        // What was received is acknowledged, be this end closed or not.
        try chains.acknowledge(packets[0]).thenSucceeded()
        #expect(try chains.told(packets[0]) == "arrived")
    }

    @Test("A closed end takes acknowledgements, and lets packets time out, but receives nothing", arguments: orderings)
    func closedHere(_ ordering: Ibc_Core_Channel_V1_Order) throws {
        let chains = try Correspondence.open(ordering)
        let packets = try ["a", "b"].map { try chains.post($0, from: .left) }
        let other = try chains.post("c", from: .right)
        try chains.receive(packets[0]).thenSucceeded()
        try chains.close(.left).thenSucceeded()
        try chains.receive(other).thenFailed(.channelNotOpen)
        try chains.acknowledge(packets[0]).thenSucceeded()
        #expect(try chains.told(packets[0]) == "arrived")
        try chains.send(chains.closeConfirmMessage(to: .right), to: .right).thenSucceeded()
        try chains.timeOutOnClose(packets[1]).thenSucceeded()
        try chains.timeOutOnClose(other).thenSucceeded()
        #expect(try chains.told(packets[1]) == "timed-out")
        #expect(try chains.told(other) == "timed-out")
    }
}

extension Correspondence {
    /// Sends two packets from the left chain that time out at once.
    fileprivate func postTwoInVain() throws -> [Packet] {
        let soon = harness(.left).block.time.nanoseconds + 60_000_000_000
        let packets = try ["a", "b"].map { try post($0, from: .left, time: soon) }
        try chains.settle(after: .minutes(2))
        return packets
    }
}

extension InterchainEvent {
    fileprivate var isTimeout: Bool {
        if case .packetTimedOut = event { true } else { false }
    }
}
