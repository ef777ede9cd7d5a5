import Converter
import ConverterEvents
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing
import VirtualStakingEvents

@Suite("The end of a pairing")
struct ClosingTests {
    @Test("The chain's authority closes the pairing; nobody else does, and not on Interchain's request")
    func authority() throws {
        let chain = try ConsumerChain.paired()
        try chain.stake("10")
        let close = ConverterMessage.with { $0.close = .init() }
        try chain.harness.when(close, from: ConsumerChain.relayer).thenFailed(.notConverterAuthority)
        let port = try chain.port
        try chain.relay(
            .with {
                $0.channelCloseInit.portID = port
                $0.channelCloseInit.channelID = "channel-0"
            }
        ).thenFailed(.notConverterAuthority)
        let closed = try chain.harness.when(close, from: ConsumerChain.authority).thenSucceeded()
        #expect(closed.emitted.last?.closed.reason == .authority)
        #expect(closed.events.of(InterchainEvent.self).contains { $0.channelClosed.cause == .application })
        #expect(closed.events.of(VirtualStakingEvent.self).contains { $0.pairingClosed == .init() })
        try chain.harness.when(close, from: ConsumerChain.authority).thenFailed(.pairingNotOpen)
    }

    @Test("Without an authority, or before the channel was open, nothing is closed")
    func early() throws {
        let close = ConverterMessage.with { $0.close = .init() }
        let chain = try ConsumerChain()
        try chain.harness.when(close, from: ConsumerChain.authority).thenFailed(.pairingNotOpen)
        let ownerless = try ConsumerChain.paired(authority: nil)
        try ownerless.harness.when(close, from: ConsumerChain.authority)
            .thenFailed(.notConverterAuthority, saying: "this chain has none")
    }

    @Test("All pledges end at once, whoever closed; their records go in batches, and nothing is sent any more")
    func everythingEnds() throws {
        let chain = try ConsumerChain.paired()
        for number in 0..<250 { try chain.stake("10", by: "osmo1user\(number)", at: 1 + number % 2) }
        try chain.jail(3)
        try chain.closeConfirm().thenSucceeded()
        #expect(try chain.pledged(1) == "0")
        #expect(try chain.pledge("osmo1user0", at: 1) == "0")
        #expect(try chain.targets.targets.isEmpty)
        #expect(try chain.targets.isClosed)
        #expect(try chain.harness.query(.with { $0.channel = .init() }).channel.status == .closed)
        let state = try chain.harness.state
        let module = try chain.harness.module
        #expect(try module.pledges.entries(in: state, limit: 1000).count == 250)
        #expect(try chain.harness.nextBlock().sentPackets.isEmpty)
        #expect(try module.pledges.entries(in: state, limit: 1000).count == 50)
        try chain.harness.nextBlock()
        #expect(try module.pledges.entries(in: state, limit: 1).isEmpty)
        #expect(try module.pledged.entries(in: state, limit: 1).isEmpty)
        #expect(try module.told.entries(in: state, limit: 1).isEmpty)
        #expect(try module.touched.entries(in: state, limit: 1).isEmpty)
        #expect(try chain.harness.nextBlock().ended.of(ConverterEvent.self).isEmpty)
    }

    @Test("What was in flight resolves afterwards, and is not sent again")
    func inFlight() throws {
        let chain = try ConsumerChain.paired()
        for user in ["osmo1alice", "osmo1bob", "osmo1carol"] { try chain.stake("10", by: user) }
        try chain.setCap(0)
        let packets = try chain.harness.nextBlock().sentPackets
        #expect(packets.count == 3)
        try chain.closeConfirm().thenSucceeded()
        try chain.acknowledge(packets[0])
        try chain.acknowledge(packets[1], #"{"error":"late"}"#)
        try chain.timeOut(packets[2])
        #expect(try chain.notices.isEmpty)
        #expect(try chain.harness.nextBlock(after: .days(2)).sentPackets.isEmpty)
    }

    @Test("The end of another channel of the port means nothing")
    func otherChannel() throws {
        let chain = try ConsumerChain()
        try chain.openInit().thenSucceeded()
        try chain.openInit().thenSucceeded()
        try chain.openAck("channel-0").thenSucceeded()
        try chain.closeConfirm("channel-1").thenSucceeded()
        #expect(try chain.harness.query(.with { $0.channel = .init() }).channel.status == .open)
    }

    @Test("Packets over another channel, or after the end, are refused")
    func packets() throws {
        let chain = try ConsumerChain.paired()
        let text = #"{"burn":{"validators":["v"],"burn":{"denom":"uosmo","amount":"1"}}}"#
        #expect(try chain.receive(text, channel: "channel-9").isRefused("not the channel of this pairing"))
        try chain.closeConfirm().thenSucceeded()
        #expect(try chain.receive(text).isRefused("the pairing is over"))
        #expect(try chain.stake("1").isRefused("the pairing is over"))
    }
}
