import ControlChannel
import Converter
import ConverterEvents
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

@Suite("The handshake of the control channel")
struct HandshakeTests {
    @Test("The converter proposes its highest version, and the channel is the pairing's when the answer comes")
    func opens() throws {
        let chain = try ConsumerChain()
        let begun = try chain.openInit().thenSucceeded()
        let accepted = begun.events.of(InterchainEvent.self).last
        #expect(accepted?.channelAccepted.version == #"{"protocol":"mesh-security","version":"1.0.0"}"#)
        #expect(try chain.harness.query(.with { $0.channel = .init() }).channel.status == .none)
        try chain.openAck().thenSucceeded()
        let answer = try chain.harness.query(.with { $0.channel = .init() }).channel
        #expect(answer.status == .open)
        #expect(answer.channel.channelID == "channel-0")
        #expect(answer.channel.connectionID == "connection-0")
        #expect(answer.channel.counterpartyPortID == ConsumerChain.providerPort)
        #expect(answer.channel.counterpartyChannelID == "channel-7")
        #expect(answer.channel.version == "1.0.0")
        try chain.harness.nextBlock()
    }

    @Test("A handshake can't be answered here, nor confirmed")
    func refusesTry() throws {
        let chain = try ConsumerChain()
        let port = try chain.port
        try chain.relay(
            .with {
                $0.channelOpenTry.portID = port
                $0.channelOpenTry.connectionID = "connection-0"
                $0.channelOpenTry.ordering = .unordered
                $0.channelOpenTry.counterparty.portID = ConsumerChain.providerPort
                $0.channelOpenTry.counterparty.channelID = "channel-7"
                $0.channelOpenTry.counterpartyVersion = ConsumerChain.version("1.0.0")
            }
        ).thenFailed(.handshakeStartsHere)
    }

    @Test("Another connection, another port, or an ordered channel is refused")
    func endpoint() throws {
        let chain = try ConsumerChain()
        try chain.openInit(connection: "connection-1").thenFailed(.wrongRemoteEndpoint)
        try chain.openInit(counterparty: "transfer").thenFailed(.wrongRemoteEndpoint)
        try chain.openInit(ordering: .ordered).thenFailed(.controlChannelOrdered)
    }

    @Test("Without the provider's end in the settings, nothing is opened")
    func unknownEndpoint() throws {
        let chain = try ConsumerChain(["remote_endpoint": .null])
        try chain.openInit().thenFailed(.wrongRemoteEndpoint, saying: "not known yet")
    }

    @Test("Without a complete pair, nothing is opened")
    func incompletePair() throws {
        try ConsumerChain(["virtual_staking": "nobody"]).openInit().thenFailed(.pairIncomplete, saying: "nobody")
        try ConsumerChain(["virtual_staking": "bank"]).openInit().thenFailed(.pairIncomplete)
        try ConsumerChain(converterOfPair: "bank").openInit().thenFailed(.pairIncomplete, saying: "each other")
    }

    @Test("A handshake that never got there blocks nobody, and the first answer decides")
    func secondHandshake() throws {
        let chain = try ConsumerChain()
        try chain.openInit().thenSucceeded()
        try chain.openInit().thenSucceeded()
        try chain.openAck("channel-1").thenSucceeded()
        try chain.openAck("channel-0").thenFailed(.pairingHadChannel)
        #expect(try chain.harness.query(.with { $0.channel = .init() }).channel.channel.channelID == "channel-1")
    }

    @Test("A pairing has one channel, ever: not a second while it is open, and none after it closed")
    func oneChannelEver() throws {
        let chain = try ConsumerChain.paired()
        try chain.openInit().thenFailed(.pairingHadChannel)
        try chain.closeConfirm().thenSucceeded()
        try chain.openInit().thenFailed(.pairingHadChannel)
    }

    @Test("The provider's end is checked again when the answer comes")
    func checkedAgain() throws {
        let chain = try ConsumerChain()
        try chain.openInit().thenSucceeded()
        try chain.reconfigure(["remote_endpoint": ["connection": "connection-0", "port": "mesh.other"]])
        try chain.openAck().thenFailed(.wrongRemoteEndpoint)
    }

    @Test(
        "Versions: what is older, newer or another protocol is refused",
        arguments: [
            ("0.11.0", ModuleError.Code.unsupportedControlVersion), ("2.0.0", .unsupportedControlVersion),
            ("1", .malformedControlVersion),
        ]
    )
    func versions(version: String, code: ModuleError.Code) throws {
        let chain = try ConsumerChain()
        try chain.openInit(version: ConsumerChain.version(version)).thenFailed(code)
        try chain.openInit(version: "ics20-1").thenFailed(.malformedControlVersion)
        try chain.openInit().thenSucceeded()
        try chain.openAck(version: version).thenFailed(code)
        try chain.openAck(version: "1.0.0").thenSucceeded()
    }

    @Test("An answer above what was proposed is refused")
    func answerAboveProposal() throws {
        let range: JSONValue = ["minimum": "0.11.0", "maximum": "0.11.0"]
        let chain = try ConsumerChain(["versions": range])
        let begun = try chain.openInit(version: ConsumerChain.version("0.12.0")).thenSucceeded()
        let accepted = begun.events.of(InterchainEvent.self).last?.channelAccepted.version
        #expect(accepted == #"{"protocol":"mesh-security","version":"0.11.0"}"#)
        try chain.openAck(version: "1.0.0").thenFailed(.unsupportedControlVersion)
        try chain.openAck(version: "0.11.0").thenSucceeded()
    }
}
