import Converter
import ConverterEvents
import ModuleKit
import ModuleTesting
import Testing

@Suite("Settings")
struct SettingsTests {
    @Test("Settings are kept as they are given, with the port of the instance's address and the defaults")
    func defaults() throws {
        let chain = try ConsumerChain()
        let settings = try chain.harness.query(.with { $0.settings = .init() }).settings
        #expect(try settings.portID == chain.port)
        #expect(settings.discount == "0.000000000000000000")
        #expect(settings.minimumVersion == "1.0.0")
        #expect(settings.maximumVersion == "1.0.0")
        #expect(settings.packetTimeoutNanoseconds == TimeSpan.days(1).nanoseconds)
        #expect(settings.remoteEndpoint.portID == ConsumerChain.providerPort)
    }

    @Test(
        "Settings that mean nothing are refused",
        arguments: [
            #"{"discount":"1"}"#, #"{"discount":"1.5"}"#, #"{"discount":"-0.1"}"#, #"{"remote_denom":""}"#,
            #"{"remote_denom":"1"}"#, #"{"price_feed":""}"#, #"{"virtual_staking":7}"#, #"{"authority":null}"#,
            #"{"remote_endpoint":{"connection":"connection-0"}}"#,
            #"{"remote_endpoint":{"connection":"x","port":"y"}}"#,
            #"{"remote_endpoint":{"connection":"connection-0","port":"mesh.x","channel":"channel-0"}}"#,
            #"{"versions":{"minimum":"1.0.0","maximum":"0.11.0"}}"#, #"{"packet_timeout":"1s"}"#,
            #"{"packet_timeout":"99999h"}"#, #"{"colour":"blue"}"#, "[]", "7",
        ]
    )
    func malformed(json: String) throws {
        let chain = try ConsumerChain()
        #expect(!(try chain.reconfigure(try JSONValue(parsing: json)).succeeded))
    }

    @Test("A price feed and the pledged token have to be there from the beginning")
    func incomplete() throws {
        for name in ["price_feed", "remote_denom"] {
            #expect(throws: HarnessError.self) { try ConsumerChain([name: .null]) }
        }
    }

    @Test("Before the channel is open anything changes, and what is not named stays")
    func before() throws {
        let chain = try ConsumerChain()
        try chain.reconfigure(["discount": "0.25", "remote_denom": "ujuno"], from: .named("admin")).thenSucceeded()
        let settings = try chain.harness.query(.with { $0.settings = .init() }).settings
        #expect(settings.discount == "0.250000000000000000")
        #expect(settings.remoteDenom == "ujuno")
        #expect(settings.priceFeed == "price-feed")
    }

    @Test("Once the channel was open, the chain's authority changes price feed and timeout, and nobody anything else")
    func after() throws {
        let chain = try ConsumerChain.paired()
        let fixed: [JSONValue] = [
            ["discount": "0.25"], ["remote_denom": "ujuno"], ["virtual_staking": "other"],
            ["remote_endpoint": ["connection": "connection-1", "port": "mesh.x"]],
            ["versions": ["minimum": "0.11.0", "maximum": "1.0.0"]],
        ]
        for change in fixed { try chain.reconfigure(change).thenFailed(.converterSettingFixed) }
        try chain.reconfigure(["price_feed": "bank"], from: .named("admin")).thenFailed(.converterSettingFixed)
        try chain.reconfigure(["discount": "0"], from: .named("admin")).thenSucceeded()
        try chain.reconfigure(["price_feed": "bank", "packet_timeout": "48h"]).thenSucceeded()
        try chain.harness.given(.authority(.named("successor")))
        try chain.reconfigure(["price_feed": "price-feed"]).thenFailed(.converterSettingFixed)
        try chain.reconfigure(["price_feed": "price-feed"], from: .named("successor")).thenSucceeded()
    }
}
