import ConverterEvents
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import Converter

@Suite("A change of the route with rewards under way")
struct ReroutingTests {
    private static let routes = ["held", "ics20-memo", "ics20-control"]

    @Test("A batch keeps its route until it comes back, and takes the new one then", arguments: routes, routes)
    func changes(old: String, new: String) throws {
        let scene = try RewardChain(RewardChain.route(old))
        try scene.collect(100, at: 1)
        let packet = try scene.nextPacket()
        try scene.use(RewardChain.route(new))
        try scene.collect(11, at: 2)
        #expect(try scene.next().isEmpty)
        try scene.chain.timeOut(packet)
        let again = try scene.nextPacket()
        #expect(again.isTransfer == (new != "held"))
        if again.isTransfer { #expect(try again.tokens.memo.isEmpty == (new == "ics20-control")) }
        var open = [again]
        for _ in 0..<6 {
            for packet in open { try scene.chain.acknowledge(packet) }
            open = try scene.next()
        }
        #expect(new == "held" ? try scene.totals.held == "111" : try scene.totals.delivered == "111")
    }

    @Test("What has arrived is announced before anything is announced to be held")
    func arrivedFirst() throws {
        let scene = try RewardChain(RewardChain.route("ics20-control"))
        try scene.collect(100, at: 1)
        let transfer = try scene.nextPacket()
        try scene.collect(3, at: 2)
        try scene.use(RewardChain.route("held"))
        try scene.chain.acknowledge(transfer, #"{"result":"AQ=="}"#)
        let arrived = try scene.nextPacket()
        #expect(arrived.text.contains(#""reward":"100""#) && !arrived.text.contains(#""reward":"3""#))
        #expect(try scene.next().isEmpty)
        try scene.chain.acknowledge(arrived)
        let held = try scene.nextPacket()
        #expect(held.text.contains(#""reward":"3""#))
        try scene.chain.acknowledge(held)
        #expect(try scene.totals.delivered == "100" && scene.totals.held == "3")
    }

    @Test("Halves that wait don't mix: tokens to be announced wait for the end of those announced as held")
    func halvesDontMix() throws {
        let scene = try RewardChain(RewardChain.route("held"))
        for number in 1...2 { try scene.collect(10, at: number) }
        try scene.refuse(try scene.nextPacket())
        _ = try scene.next(after: .seconds(61))
        let halves = try scene.next()
        #expect(halves.count == 2)
        try scene.use(RewardChain.route("ics20-control"))
        try scene.chain.timeOut(halves[0])
        // The other half is still announced as held.
        #expect(try scene.next().isEmpty)
        try scene.chain.acknowledge(halves[1])
        let transfer = try scene.nextPacket()
        #expect(transfer.isTransfer)
        try scene.chain.acknowledge(transfer, #"{"result":"AQ=="}"#)
        try scene.chain.acknowledge(try scene.nextPacket())
        #expect(try scene.totals.held == "10" && scene.totals.delivered == "10")
    }

    @Test("A batch that waits to be announced as held does not hold up what has arrived")
    func noDeadlock() throws {
        let scene = try RewardChain(RewardChain.route("ics20-memo"))
        for number in 1...2 { try scene.collect(10, at: number) }
        try scene.refuse(try scene.nextPacket())
        try scene.use(RewardChain.route("ics20-control"))
        _ = try scene.next(after: .seconds(61))
        let halves = try scene.next()
        #expect(halves.count == 2)
        try scene.use(RewardChain.route("held"))
        try scene.chain.timeOut(halves[0])
        try scene.chain.acknowledge(halves[1], #"{"result":"AQ=="}"#)
        let arrived = try scene.nextPacket()
        #expect(try scene.batches.map(\.place).sorted { $0.rawValue < $1.rawValue } == [.here, .there])
        try scene.chain.acknowledge(arrived)
        try scene.chain.acknowledge(try scene.nextPacket())
        #expect(try scene.totals.held == "10" && scene.totals.delivered == "10")
    }

    @Test("Nor do many such batches, of which a block sends only some")
    func manyWaiting() throws {
        let scene = try RewardChain(RewardChain.route("ics20-memo"))
        for number in 1...200 { try scene.collect(10, at: number) }
        /// All that blocks send until one sends nothing.
        func sent() throws -> [Ibc_Core_Channel_V1_Packet] {
            var packets: [Ibc_Core_Channel_V1_Packet] = []
            while true {
                let more = try scene.next(after: .minutes(2))
                guard !more.isEmpty else { return packets }
                packets += more
            }
        }
        var open = try sent()
        while open.count < 60 {
            for packet in open { try scene.refuse(packet) }
            open = try sent()
        }
        for packet in open { try scene.chain.timeOut(packet) }
        try scene.use(RewardChain.route("ics20-control"))
        open = try sent()
        #expect(open.count > Converter.resentBatchesMax)
        try scene.use(RewardChain.route("held"))
        for packet in open.dropFirst() { try scene.chain.timeOut(packet) }
        try scene.chain.acknowledge(open[0], #"{"result":"AQ=="}"#)
        // What has arrived comes back once, behind all of the others, which wait for it.
        try scene.chain.timeOut(try scene.nextPacket())
        try scene.chain.acknowledge(try scene.nextPacket())
        #expect(try scene.totals.arrived == "0" && scene.totals.delivered != "0")
        for _ in 0..<3 { for packet in try scene.next() { try scene.chain.acknowledge(packet) } }
        #expect(try scene.totals.batched == "0" && scene.totals.waiting == "0")
    }
}
