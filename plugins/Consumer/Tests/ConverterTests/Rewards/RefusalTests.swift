import Converter
import ConverterEvents
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

@Suite("Batches that are refused")
struct RefusalTests {
    /// A chain with a batch of three parts under way.
    private func refusable(_ route: String) throws -> (RewardChain, Ibc_Core_Channel_V1_Packet) {
        let scene = try RewardChain(RewardChain.route(route))
        for number in 1...3 { try scene.collect(UInt64(number) * 100, at: number) }
        return (scene, try scene.nextPacket())
    }

    /// Whether a packet tells of a validator.
    private func isAbout(_ packet: Ibc_Core_Channel_V1_Packet, _ validator: String) throws -> Bool {
        try (packet.isTransfer ? packet.tokens.memo : packet.text).contains(validator)
    }

    @Test(
        "A refused batch is cut in two after a minute, and halves again, until one part is alone",
        arguments: ["held", "ics20-memo"]
    )
    func halves(route: String) throws {
        let (scene, packet) = try refusable(route)
        let bad = scene.validator(2)
        var open = [packet]
        var sizes: [Int] = []
        while let packet = open.popLast() {
            sizes.append((1...3).count { (try? isAbout(packet, scene.validator($0))) == true })
            if try isAbout(packet, bad) {
                try scene.refuse(packet, "unknown validator")
                #expect(try scene.next(after: .seconds(30)).isEmpty)
                open += try scene.next(after: .seconds(31)) + scene.next()
            } else {
                try scene.chain.acknowledge(packet)
            }
            guard sizes.count < 9 else { break }
        }
        #expect(sizes.first == 3 && sizes.dropFirst().allSatisfy { $0 < 3 })
        let kept = route == "held" ? try scene.totals.held : try scene.totals.delivered
        #expect(kept == "400")
        let left = try #require(try scene.rewards(at: 2))
        #expect(left.suspension.refusals > 0)
        #expect(try Amount(left.waiting).adding(try Amount(scene.totals.batched)) == 200)
    }

    @Test("D14: a part that is refused alone waits and grows, holds back nobody, and stands in its batch once")
    func suspended() throws {
        let scene = try RewardChain(RewardChain.route("held"))
        try scene.collect(200, at: 2)
        try scene.refuse(try scene.nextPacket(), "unknown validator")
        #expect(try scene.rewards(at: 2)?.suspension.refusals == 1 && scene.totals.waiting == "200")
        // Others go on meanwhile.
        try scene.collect(5, at: 2)
        try scene.collect(7, at: 1)
        let other = try scene.nextPacket()
        #expect(other.text.contains(scene.validator(1)) && !other.text.contains(scene.validator(2)))
        try scene.chain.acknowledge(other)
        #expect(try scene.next(after: .seconds(40)).isEmpty)
        #expect(try scene.next(after: .seconds(40)).isEmpty)
        let alone = try scene.nextPacket()
        #expect(alone.text.contains(#"[{"validator":"\#(scene.validator(2))","reward":"205"}]"#))
        // Refused once more, it waits twice as long.
        try scene.refuse(alone)
        let suspension = try #require(try scene.rewards(at: 2)).suspension
        #expect(suspension.refusals == 2)
        #expect(suspension.dueNanoseconds == scene.harness.block.time.nanoseconds + 120_000_000_000)
        _ = try scene.next(after: .minutes(3))
        try scene.chain.acknowledge(try scene.nextPacket())
        #expect(try scene.rewards(at: 2) == nil && scene.totals.held == "212")
    }

    @Test("Of what has arrived, a refused part stays there, and others are announced")
    func arrived() throws {
        let (scene, transfer) = try refusable("ics20-control")
        try scene.chain.acknowledge(transfer, #"{"result":"AQ=="}"#)
        try scene.refuse(try scene.nextPacket(), "more than was received")
        #expect(try scene.totals.batched == "600" && scene.batches.count == 2)
        #expect(try scene.batches.allSatisfy { $0.place == .there && $0.stage == .waiting })
        _ = try scene.next(after: .seconds(61))
        let halves = try scene.next()
        #expect(halves.count == 2)
        for half in halves { try scene.chain.acknowledge(half) }
        #expect(try scene.totals.delivered == "600" && scene.rewards.here == "0")
    }

    @Test("An acknowledgement or timeout that comes again, or of a packet that nobody knows, changes nothing")
    func again() throws {
        let (scene, packet) = try refusable("held")
        try scene.chain.acknowledge(packet)
        try scene.chain.acknowledge(packet)
        try scene.chain.timeOut(packet)
        try scene.refuse(packet)
        #expect(try scene.totals.held == "600" && scene.batches.isEmpty)
    }
}
