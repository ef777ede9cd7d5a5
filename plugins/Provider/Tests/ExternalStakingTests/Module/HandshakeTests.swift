import ControlChannel
import ExternalStakingEvents
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import ExternalStaking

/// The cases of the reference's transcript `handshake_errors`, at the provider's end.
@Suite("The handshake of a pairing")
struct HandshakeTests {
    private func version(_ text: String, protocol name: String = "mesh-security") -> String {
        #"{"protocol":"\#(name)","version":"\#(text)"}"#
    }

    @Test("The answer is the older of what is proposed and the own newest version")
    func versions() throws {
        let chain = try StakingChain(version: .reference)
        for proposal in ["0.11.0", "0.12.0"] {
            let events = try chain.openTry(proposing: version(proposal)).thenSucceeded().events.of(InterchainEvent.self)
            #expect(events.last?.channelAccepted.version == version("0.11.0"))
        }
        try chain.openTry(proposing: version("1.0.0")).thenFailed(.unsupportedControlVersion)
        try chain.openTry(proposing: version("0.9.0")).thenFailed(.unsupportedControlVersion)
        try chain.openTry(proposing: version("0.11.0", protocol: "other")).thenFailed(.wrongControlProtocol)
        try chain.openTry(proposing: version("x")).thenFailed(.malformedControlVersion)
        try chain.openTry(proposing: "not json").thenFailed(.malformedControlVersion)
    }

    @Test("Another end, another connection or an ordered channel is refused, and so is a handshake that begins here")
    func ends() throws {
        let chain = try StakingChain()
        try chain.openTry(ordering: .ordered).thenFailed(.orderedControlChannel)
        try chain.openTry(connection: "connection-1").thenFailed(.unauthorizedEndpoint)
        try chain.openTry(port: "mesh.other").thenFailed(.unauthorizedEndpoint)
        let port = chain.port
        try chain.relay(
            .with {
                $0.channelOpenInit.portID = port
                $0.channelOpenInit.connectionID = "connection-0"
                $0.channelOpenInit.ordering = .unordered
                $0.channelOpenInit.counterpartyPortID = "mesh.converter"
            }
        ).thenFailed(.wrongHandshakeSide)
        let unset = try StakingChain(settings: [("remote_endpoint", .null)])
        try unset.openTry().thenFailed(.unauthorizedEndpoint)
    }

    @Test("A handshake that gets nowhere blocks nobody; after one channel there is no other, ever")
    func oneChannel() throws {
        let chain = try StakingChain()
        try chain.openTry().thenSucceeded()
        try chain.openTry().thenSucceeded()
        try chain.openConfirm("channel-1").thenSucceeded()
        try chain.openConfirm("channel-0").thenFailed(.alreadyPaired)
        try chain.openTry().thenFailed(.alreadyPaired)
        let pairing = try chain.harness.query(.with { $0.channel = .init() }).channel
        #expect(pairing.channelID == "channel-1")
        #expect((pairing.denom, pairing.chainID, pairing.version) == ("uosmo", "consumer-1", "1.0.0"))
        let stale = try chain.receive(chain.additions().json(version: .newest), over: "channel-0")
        #expect(stale.acknowledgement.contains("ABCI code: \(ModuleError.Code.strangeChannel.number)"))
    }

    @Test("Only a vault that looks back far enough will do")
    func vaults() throws {
        try StakingChain(settings: [("vault", "nowhere")]).openTry().thenFailed(.unknownVault)
        try StakingChain(settings: [("vault", "interchain")]).openTry().thenFailed(.unknownVault)
        let long = try StakingChain(settings: [("unbonding_period", "600h0m0s")])
        try long.openTry().thenFailed(.invalidExternalStakingSetting)
    }

    @Test("Interchain is not asked to close the channel of a pairing")
    func closeInit() throws {
        let chain = try StakingChain.ready()
        let port = chain.port
        try chain.relay(
            .with {
                $0.channelCloseInit.portID = port
                $0.channelCloseInit.channelID = "channel-0"
            }
        ).thenFailed(.closingRefused)
    }
}
