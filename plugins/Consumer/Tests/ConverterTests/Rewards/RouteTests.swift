import Converter
import ConverterEvents
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

@Suite("The three routes of rewards")
struct RouteTests {
    @Test("Held: the tokens stay, and one packet says whose they are, validators in order")
    func held() throws {
        let scene = try RewardChain(RewardChain.route("held", hasTransfer: false))
        try scene.collect(1000, at: 1)
        try scene.collect(30, at: 2)
        try scene.collect(7, at: 1)
        let parts = [(1, 1007), (2, 30)]
            .sorted { ConsumerChain.operatorAccount($0.0) < ConsumerChain.operatorAccount($1.0) }
        let packet = try scene.nextPacket()
        let expected = parts.map { #"{"validator":"\#(scene.validator($0))","reward":"\#($1)"}"# }.joined(
            separator: ","
        )
        #expect(packet.text == #"{"distribute_batch":{"rewards":[\#(expected)],"denom":"stake"}}"#)
        #expect(packet.timeoutTimestamp == scene.harness.block.time.nanoseconds - 5_000_000_000 + 3_600_000_000_000)
        #expect(try scene.totals.batched == "1037" && scene.totals.held == "0")
        try scene.chain.acknowledge(packet)
        #expect(try scene.totals.held == "1037" && scene.totals.batched == "0")
        #expect(try scene.batches.isEmpty && scene.next().isEmpty)
    }

    /// Reference transcripts `rewards_three_delegators` and `rewards_error_and_timeout`: the amounts of its epochs.
    @Test("The packets are those of the reference, byte for byte", arguments: [1000, 1, 7, 2103] as [UInt64])
    func reference(amount: UInt64) throws {
        let scene = try RewardChain(RewardChain.route("held"), version: "0.11.0")
        try scene.collect(amount, at: 1)
        let recorded =
            #"{"distribute_batch":{"rewards":[{"validator":"cval1","reward":"\#(amount)"}],"denom":"ujuno"}}"#
        let expected = recorded.replacing("cval1", with: scene.validator(1)).replacing("ujuno", with: "stake")
        let packet = try scene.nextPacket()
        #expect(packet.text == expected)
        // The transcript's batch of 10 times out, and leaves again with the same bytes.
        try scene.chain.timeOut(packet)
        let again = try scene.nextPacket()
        #expect(again.text == expected && again.sequence != packet.sequence)
    }

    @Test("ICS-20 with a memo: the tokens say whose they are, and nothing else is sent")
    func memo() throws {
        let scene = try RewardChain(RewardChain.route("ics20-memo"))
        try scene.collect(500, at: 3)
        let packet = try scene.nextPacket()
        let tokens = try packet.tokens
        #expect(packet.isTransfer && tokens.amount == 500 && tokens.receiver == RewardChain.externalStaking)
        #expect(tokens.sender == scene.text(Address(moduleName: "converter")))
        #expect(
            tokens.memo
                == #"{"wasm":{"contract":"osmo1external","msg":{"distribute_rewards":{"validators":"#
                + #"[{"validator":"\#(scene.validator(3))","reward":"500"}]}}}}"#
        )
        #expect(try scene.rewards.here == "0" && scene.escrowed == 500)
        try scene.chain.acknowledge(packet, #"{"result":"AQ=="}"#)
        #expect(try scene.totals.delivered == "500" && scene.batches.isEmpty)
        #expect(try scene.next().isEmpty)
    }

    @Test("ICS-20 and control: once the tokens are there, a packet says whose they are, until it is taken")
    func control() throws {
        let scene = try RewardChain(RewardChain.route("ics20-control"))
        try scene.collect(500, at: 3)
        try scene.collect(2, at: 1)
        let transfer = try scene.nextPacket()
        #expect(try transfer.isTransfer && transfer.tokens.memo.isEmpty && transfer.tokens.amount == 502)
        #expect(try scene.next().isEmpty)
        try scene.chain.acknowledge(transfer, #"{"result":"AQ=="}"#)
        #expect(try scene.totals.arrived == "502")
        let announcement = try scene.nextPacket()
        #expect(announcement.text.hasPrefix(#"{"distribute_batch":{"rewards":[{"#))
        #expect(announcement.text.contains(#""reward":"500""#) && announcement.text.contains(#""reward":"2""#))
        try scene.chain.timeOut(announcement)
        let again = try scene.nextPacket()
        #expect(again.text == announcement.text)
        try scene.chain.acknowledge(again)
        #expect(try scene.totals.delivered == "502" && scene.batches.isEmpty)
        #expect(try scene.next().isEmpty)
    }

    @Test("Tokens that were not received come back, and go again", arguments: ["ics20-memo", "ics20-control"])
    func refunds(route: String) throws {
        let scene = try RewardChain(RewardChain.route(route))
        try scene.collect(500, at: 3)
        try scene.chain.timeOut(try scene.nextPacket())
        #expect(try scene.rewards.here == "500" && scene.totals.batched == "500")
        let again = try scene.nextPacket()
        #expect(try again.tokens.amount == 500)
        try scene.refuse(again)
        #expect(try scene.rewards.here == "500")
        #expect(try scene.next().isEmpty)
        #expect(try scene.next(after: .minutes(1)).count <= 1)
        #expect(try scene.next().count <= 1)
        #expect(try scene.escrowed == 500)
    }

    @Test("Without a route, what is collected waits, until there is one")
    func noRoute() throws {
        let scene = try RewardChain()
        try scene.collect(9, at: 1)
        #expect(try scene.next().isEmpty)
        #expect(try scene.rewards(at: 1)?.waiting == "9" && scene.totals.waiting == "9")
        try scene.use(RewardChain.route("held"))
        #expect(try scene.nextPacket().text.contains(#""reward":"9""#))
    }

    @Test("While one batch is unsettled, what is collected waits for the next")
    func oneAtATime() throws {
        let scene = try RewardChain(RewardChain.route("held"))
        try scene.collect(9, at: 1)
        let first = try scene.nextPacket()
        try scene.collect(5, at: 1)
        #expect(try scene.next().isEmpty)
        try scene.chain.acknowledge(first)
        #expect(try scene.nextPacket().text.contains(#""reward":"5""#))
    }

    @Test("Where nothing can be sent, it waits a minute, and nothing is lost", arguments: ["held", "ics20-memo"])
    func frozen(route: String) throws {
        let scene = try RewardChain(RewardChain.route(route))
        try scene.chain.setClientFrozen(true)
        try scene.collect(9, at: 1)
        #expect(try scene.next().isEmpty)
        #expect(try scene.rewards.pausedUntilNanoseconds > 0 && scene.totals.waiting == "9")
        try scene.chain.setClientFrozen(false)
        #expect(try scene.next().isEmpty)
        #expect(try scene.next(after: .minutes(1)).isEmpty)
        #expect(try scene.nextPacket().isTransfer == (route == "ics20-memo"))
        #expect(try scene.rewards.pausedUntilNanoseconds == 0)
    }

    @Test("A transfer instance that is none is named in the pause, and a better setting ends it at once")
    func noTransferInstance() throws {
        let scene = try RewardChain(["route": "ics20-memo", "transfer": "bank", "channel": "channel-1"])
        try scene.collect(9, at: 1)
        let outcome = try scene.harness.nextBlock()
        let pauses = outcome.events.of(ConverterEvent.self).compactMap {
            if case .rewardsPaused(let pause) = $0.event { pause.reason } else { nil }
        }
        #expect(pauses.count == 1 && pauses[0].contains("no transfer instance named bank"))
        try scene.use(RewardChain.route("ics20-memo"))
        #expect(try scene.nextPacket().isTransfer)
    }

    @Test(
        "Settings that make no route are refused",
        arguments: [
            #"{}"#, #"{"route":"pigeon"}"#, #"{"route":"ics20-memo"}"#,
            #"{"route":"ics20-control","transfer":"transfer"}"#,
            #"{"route":"held","channel":"channel-1"}"#, #"{"route":"held","timeout":"1s"}"#,
            #"{"route":"held","x":"y"}"#,
            #"{"route":"ics20-memo","transfer":"transfer","channel":"1"}"#, #"{"route":"held","denom":"?"}"#,
        ]
    )
    func badSettings(text: String) throws {
        let scene = try RewardChain()
        let before = try scene.harness.query(.with { $0.settings = .init() }).settings
        #expect(try scene.chain.reconfigure(["rewards": try JSONValue(parsing: text)]).error != nil)
        #expect(try scene.harness.query(.with { $0.settings = .init() }).settings == before)
    }

    @Test("Once the channel was open, only the authority changes the route")
    func authorityAlone() throws {
        let scene = try RewardChain()
        let change: JSONValue = ["rewards": RewardChain.route("held")]
        try scene.chain.reconfigure(change, from: .named("deployer")).thenFailed(.converterSettingFixed)
        try scene.chain.reconfigure(change).thenSucceeded()
    }
}
