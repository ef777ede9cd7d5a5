import Foundation
import IBC
import Interchain
import InterchainEvents
import ModuleKit
import ModuleTesting
import SwiftProtobuf
import Testing

@Suite("Any order of deliveries")
struct PacketPropertyTests {
    @Test(
        "Whatever a relayer delivers, repeats or loses, each packet is settled once and both ends agree",
        arguments: orderings
    )
    func settledOnce(_ ordering: Ibc_Core_Channel_V1_Order) throws {
        var random = try SplitMix64.seeded()
        var relayer = CarelessRelayer(chains: try Correspondence.open(ordering))
        for _ in 0..<6 { try relayer.send(&random) }
        for _ in 0..<150 { try relayer.act(&random) }
        try relayer.finish()
        try relayer.check()
    }
}

/// Delivers packets in any order, some twice, some never, and notes what came of it.
private struct CarelessRelayer {
    let chains: Correspondence
    var packets: [Packet] = []
    var received: Set<Packet> = []
    var settled: [Packet: String] = [:]

    init(chains: Correspondence) { self.chains = chains }

    /// What may be refused, and only for these reasons.
    private static let reasons: [ModuleError.Code] = [
        .channelNotOpen, .packetTimedOut, .wrongSequence, .invalidProof, .notTimedOut,
    ]

    mutating func act(_ random: inout SplitMix64) throws {
        switch Int.random(in: 0..<12, using: &random) {
        case 0...2: try send(&random)
        case 3...5: if let packet = packets.randomElement(using: &random) { try receive(packet) }
        case 6...7: if let packet = packets.randomElement(using: &random) { try acknowledge(packet) }
        case 8: if let packet = packets.randomElement(using: &random) { try timeOut(packet) }
        case 9: if let packet = packets.randomElement(using: &random) { try timeOutOnClose(packet) }
        case 10:
            let reception = [PostcardReception.keep, .keep, .refuse, .fail].randomElement(using: &random)
            try chains.behave(Bool.random(using: &random) ? .left : .right) { $0.reception = reception ?? .keep }
        default: try chains.chains.settle(after: .seconds(UInt32.random(in: 1...60, using: &random)))
        }
    }

    mutating func send(_ random: inout SplitMix64) throws {
        let side: Correspondence.Side = Bool.random(using: &random) ? .left : .right
        let seconds = UInt64.random(in: 120...1_200, using: &random)
        let time = chains.harness(side).block.time.nanoseconds + seconds * 1_000_000_000
        let outcome = try chains.tryPosting("\(packets.count)", from: side, time: time)
        guard outcome.succeeded else {
            try outcome.thenFailed(.channelNotOpen)
            return
        }
        packets.append(try Packet(protobuf: try #require(outcome.emitted.first).packetSent.packet))
    }

    private mutating func receive(_ packet: Packet) throws {
        guard try happened(try chains.receive(packet)) else { return }
        #expect(received.insert(packet).inserted)
        #expect(settled[packet] == nil)
    }

    private mutating func acknowledge(_ packet: Packet) throws {
        guard try happened(try chains.acknowledge(packet)) else { return }
        #expect(received.contains(packet))
        let isSuccess = chains.acknowledgements[packet] == Data(Acknowledgement.success.json)
        #expect(settled.updateValue(isSuccess ? "arrived" : "refused", forKey: packet) == nil)
    }

    private mutating func timeOut(_ packet: Packet) throws {
        guard try happened(try chains.timeOut(packet)) else { return }
        #expect(!received.contains(packet))
        #expect(settled.updateValue("timed-out", forKey: packet) == nil)
    }

    private mutating func timeOutOnClose(_ packet: Packet) throws {
        guard try happened(try chains.timeOutOnClose(packet)) else { return }
        #expect(!received.contains(packet))
        #expect(settled.updateValue("timed-out", forKey: packet) == nil)
    }

    /// Whether a message led to anything; what it was refused for must be among the reasons.
    private func happened(_ outcome: Outcome<Interchain>) throws -> Bool {
        if let error = outcome.error { #expect(Self.reasons.contains(error.code), "\(error)") }
        return !outcome.events.isEmpty
    }

    /// Settles all that is left: what was received is acknowledged, the rest has timed out.
    mutating func finish() throws {
        try chains.chains.settle(after: .minutes(20))
        for packet in packets where settled[packet] == nil {
            if received.contains(packet) { try acknowledge(packet) } else { try timeOut(packet) }
        }
    }

    func check() throws {
        for packet in packets {
            let outcome = try #require(settled[packet])
            #expect(try chains.told(packet) == outcome)
            let (here, there) = (chains.side(of: packet.source), chains.side(of: packet.destination))
            #expect(try chains.state(of: packet, on: here).commitment.isEmpty)
            #expect(try chains.state(of: packet, on: there).received == received.contains(packet))
            #expect(try (chains.received(packet) != nil) == (outcome == "arrived"))
        }
    }
}
