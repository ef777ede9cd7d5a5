import Converter
import ConverterEvents
import IBC
import ModuleKit
import ModuleTesting
import Testing

@Suite("Rewards of a pairing that is over")
struct RewardClosingTests {
    /// A chain that holds 100, and has collected 7 more, when its pairing ends.
    private func ended(_ route: JSONValue) throws -> RewardChain {
        let scene = try RewardChain(route)
        try scene.collect(100, at: 1)
        try scene.chain.acknowledge(try scene.nextPacket())
        try scene.collect(7, at: 2)
        try scene.close()
        return scene
    }

    @Test("What was collected goes with a memo, and then what is held follows as it is")
    func overTransfer() throws {
        let scene = try ended(RewardChain.route("held"))
        let collected = try scene.nextPacket()
        #expect(try collected.tokens.amount == 7 && collected.tokens.memo.contains(scene.validator(2)))
        try scene.chain.acknowledge(collected, #"{"result":"AQ=="}"#)
        let held = try scene.nextPacket()
        #expect(try held.tokens.amount == 100 && held.tokens.memo.isEmpty)
        #expect(try held.tokens.receiver == RewardChain.externalStaking)
        try scene.chain.timeOut(held)
        #expect(try scene.rewards.here == "100")
        let again = try scene.nextPacket()
        try scene.refuse(again)
        #expect(try scene.next(after: .seconds(30)).isEmpty)
        _ = try scene.next(after: .seconds(31))
        try scene.chain.acknowledge(try scene.nextPacket(), #"{"result":"AQ=="}"#)
        #expect(try scene.totals.delivered == "107" && scene.rewards.here == "0" && scene.escrowed == 107)
        #expect(try scene.next().isEmpty)
    }

    @Test("Without a channel both wait, and the authority can give them to the community pool")
    func withoutChannel() throws {
        let scene = try ended(RewardChain.route("held", hasTransfer: false))
        #expect(try scene.next().isEmpty)
        try scene.give(from: .named("anybody")).thenFailed(.notConverterAuthority)
        let before = try Decimal18(scene.communityPool)
        try scene.give().thenSucceeded()
        #expect(try Decimal18(scene.communityPool) == before.adding(Decimal18("107")))
        #expect(try scene.totals.given == "107" && scene.rewards.here == "0")
        try scene.give().thenFailed(.nothingToGive)
        try scene.next()
        // What comes later is kept, and can be given, too.
        try scene.collect(2, at: 3)
        try scene.give().thenSucceeded()
    }

    @Test("Or names a channel later")
    func channelLater() throws {
        let scene = try ended(RewardChain.route("held", hasTransfer: false))
        #expect(try scene.next().isEmpty)
        try scene.use(RewardChain.route("held"))
        #expect(try scene.nextPacket().tokens.amount == 7)
    }

    @Test("Nothing is given away before the pairing is over")
    func notBefore() throws {
        let scene = try RewardChain()
        try scene.collect(7, at: 2)
        try scene.give().thenFailed(.nothingToGive)
    }

    @Test(
        "What was announced when it ended is held if it was taken, and goes on its own if not",
        arguments: [true, false]
    )
    func announced(isTaken: Bool) throws {
        let scene = try RewardChain(RewardChain.route("held"))
        try scene.collect(100, at: 1)
        let packet = try scene.nextPacket()
        try scene.close()
        #expect(try scene.next().isEmpty)
        if isTaken { try scene.chain.acknowledge(packet) } else { try scene.chain.timeOut(packet) }
        let tokens = try scene.nextPacket().tokens
        #expect(tokens.amount == 100 && tokens.memo.isEmpty == isTaken)
    }

    @Test("What had arrived unannounced stays counted there, also halves that waited")
    func arrived() throws {
        let scene = try RewardChain(RewardChain.route("ics20-control"))
        for number in 1...2 { try scene.collect(10, at: number) }
        try scene.chain.acknowledge(try scene.nextPacket(), #"{"result":"AQ=="}"#)
        try scene.refuse(try scene.nextPacket())
        #expect(try scene.batches.count == 2)
        try scene.close()
        #expect(try scene.batches.isEmpty && scene.totals.arrived == "20")
        #expect(try scene.next(after: .minutes(2)).isEmpty)
        try scene.give().thenFailed(.nothingToGive)
    }

    @Test("An announcement that nobody can settle any more is given with the rest, and its late answer changes nothing")
    func lost() throws {
        let scene = try RewardChain(RewardChain.route("held", hasTransfer: false))
        try scene.collect(100, at: 1)
        let packet = try scene.nextPacket()
        try scene.close()
        try scene.give().thenFailed(.nothingToGive)
        try scene.chain.setClientFrozen(true)
        try scene.give().thenSucceeded()
        #expect(try scene.totals.given == "100" && scene.totals.batched == "0" && scene.batches.isEmpty)
        try scene.next()
        try scene.chain.acknowledge(packet)
        try scene.next()
        #expect(try scene.totals.given == "100" && scene.totals.held == "0")
    }

    @Test("Nothing is paid out over a channel that is closed")
    func payments() throws {
        let scene = try ended(RewardChain.route("held", hasTransfer: false))
        #expect(try scene.pay("1", to: scene.text(.named("alice")), 1).isRefused("over"))
    }
}
