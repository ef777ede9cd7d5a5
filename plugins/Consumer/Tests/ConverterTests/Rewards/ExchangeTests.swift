import Converter
import ConverterEvents
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

@Suite("Refused parts that have arrived, and rewards that are announced as held")
struct ExchangeTests {
    /// A chain with 30 of validator 1 that have arrived, and that the provider has refused alone; by now rewards are held.
    private func stuck() throws -> RewardChain {
        let scene = try RewardChain(RewardChain.route("ics20-control"))
        try scene.collect(30, at: 1)
        try scene.chain.acknowledge(try scene.nextPacket(), #"{"result":"AQ=="}"#)
        try scene.refuse(try scene.nextPacket(), "never heard of it")
        try scene.use(RewardChain.route("held"))
        #expect(try scene.totals.arrived == "30" && scene.rewards(at: 1)?.suspension.refusals == 1)
        return scene
    }

    @Test("change places: the others go on at once, and nothing is announced as held while anything has arrived")
    func goesOn() throws {
        let scene = try stuck()
        try scene.collect(50, at: 2)
        // External Staking takes it out of the 30 that it has.
        let first = try scene.nextPacket()
        #expect(first.text.contains(#"[{"validator":"\#(scene.validator(2))","reward":"30"}]"#))
        #expect(try scene.batches.map(\.place) == [.there])
        #expect(try scene.rewards(at: 1)?.waiting == "30" && scene.totals.arrived == "0")
        #expect(try scene.next().isEmpty)
        try scene.chain.acknowledge(first)
        let second = try scene.nextPacket()
        #expect(second.text.contains(#"[{"validator":"\#(scene.validator(2))","reward":"20"}]"#))
        try scene.chain.acknowledge(second)
        #expect(try scene.totals.delivered == "30" && scene.totals.held == "20")
        // The refused part is tried again, apart from all others, as held now.
        _ = try scene.next(after: .seconds(61))
        let again = try scene.nextPacket()
        #expect(again.text.contains(#"[{"validator":"\#(scene.validator(1))","reward":"30"}]"#))
        try scene.chain.acknowledge(again)
        #expect(try scene.totals.held == "50" && scene.rewards.here == "50")
    }

    @Test("also where there is less than has arrived, and where two parts are refused")
    func little() throws {
        let scene = try stuck()
        try scene.collect(4, at: 3)
        try scene.refuse(try scene.nextPacket(), "nor of it")
        #expect(try scene.rewards(at: 1)?.waiting == "4" && scene.totals.arrived == "30")
        try scene.collect(5, at: 2)
        let packet = try scene.nextPacket()
        #expect(packet.text.contains(#"[{"validator":"\#(scene.validator(2))","reward":"5"}]"#))
        try scene.chain.acknowledge(packet)
        #expect(try scene.totals.delivered == "5" && scene.totals.arrived == "25" && scene.totals.waiting == "9")
        // Each of the refused is tried again by itself, wherever its tokens are.
        var tried: [String] = []
        for _ in 0..<8 {
            for packet in try scene.next(after: .seconds(61)) {
                tried.append(packet.text)
                try scene.chain.acknowledge(packet)
            }
        }
        #expect(
            tried.contains { $0.contains(scene.validator(1)) } && tried.contains { $0.contains(scene.validator(3)) }
        )
        #expect(try scene.totals.batched == "0" && scene.totals.waiting == "0" && scene.totals.arrived == "0")
    }

    @Test("also what had come back by another route before")
    func returned() throws {
        let scene = try RewardChain(RewardChain.route("ics20-control"))
        try scene.collect(30, at: 1)
        try scene.chain.acknowledge(try scene.nextPacket(), #"{"result":"AQ=="}"#)
        try scene.refuse(try scene.nextPacket(), "never heard of it")
        try scene.collect(10, at: 2)
        try scene.refuse(try scene.nextPacket(), "no tokens now")
        try scene.use(RewardChain.route("held"))
        let packet = try scene.nextPacket()
        #expect(packet.text.contains(#"[{"validator":"\#(scene.validator(2))","reward":"10"}]"#))
        try scene.chain.acknowledge(packet)
        #expect(try scene.totals.delivered == "10" && scene.totals.arrived == "20" && scene.totals.waiting == "10")
    }

    @Test("What was refused alone can be given to the community pool before the end, and nothing else can")
    func given() throws {
        let scene = try stuck()
        let before = try Decimal18(scene.communityPool)
        try scene.give(scene.validator(2)).thenFailed(.nothingToGive)
        // There, it is out of reach.
        try scene.give(scene.validator(1)).thenFailed(.nothingToGive)
        try scene.collect(30, at: 2)
        try scene.chain.acknowledge(try scene.nextPacket())
        try scene.give(scene.validator(1), from: .named("anybody")).thenFailed(.notConverterAuthority)
        try scene.give("nobody").thenFailed(.validatorNotBondable)
        try scene.give(scene.validator(1)).thenSucceeded()
        #expect(try Decimal18(scene.communityPool) == before.adding(Decimal18("30")))
        #expect(try scene.totals.given == "30" && scene.rewards(at: 1) == nil && scene.rewards.here == "0")
        try scene.next(after: .minutes(5))
        // What it earns later is announced like any other's.
        try scene.collect(1, at: 1)
        try scene.chain.acknowledge(try scene.nextPacket())
        #expect(try scene.totals.held == "1")
    }
}
