import Bank
import IBC
import InterchainEvents
import InterchainTesting
import ModuleKit
import ModuleTesting
import Testing
import Transfer
import TransferEvents

@Suite("Ports and channels")
struct ChannelTests {
    let chain: TransferChain

    init() throws { chain = try TransferChain("hub-1") }

    func openInit(version: String = "", ordering: Ibc_Core_Channel_V1_Order = .unordered) throws -> Outcome<Transfer> {
        try chain.relay(
            .with {
                $0.channelOpenInit.portID = "transfer"
                $0.channelOpenInit.connectionID = "connection-0"
                $0.channelOpenInit.ordering = ordering
                $0.channelOpenInit.counterpartyPortID = "transfer"
                $0.channelOpenInit.version = version
            }
        )
    }

    func openTry(version: String, ordering: Ibc_Core_Channel_V1_Order = .unordered) throws -> Outcome<Transfer> {
        try chain.relay(
            .with {
                $0.channelOpenTry.portID = "transfer"
                $0.channelOpenTry.connectionID = "connection-0"
                $0.channelOpenTry.ordering = ordering
                $0.channelOpenTry.counterparty.portID = "transfer"
                $0.channelOpenTry.counterparty.channelID = "channel-3"
                $0.channelOpenTry.counterpartyVersion = version
            }
        )
    }

    @Test("A channel speaks ics20-1, which is meant when nothing is said")
    func versions() throws {
        for version in ["", "ics20-1"] {
            let accepted = try openInit(version: version).thenSucceeded().events.of(InterchainEvent.self)
            #expect(accepted.last?.channelAccepted.version == "ics20-1")
        }
        try openInit(version: "ics20-2").thenFailed(.unsupportedTransferVersion)
        try openTry(version: "ics20-1").thenSucceeded()
        try openTry(version: "").thenFailed(.unsupportedTransferVersion)
        let acknowledged = try chain.relay(
            .with {
                $0.channelOpenAck.portID = "transfer"
                $0.channelOpenAck.channelID = "channel-0"
                $0.channelOpenAck.counterpartyChannelID = "channel-3"
                $0.channelOpenAck.counterpartyVersion = "ics20-2"
            }
        )
        try acknowledged.thenFailed(.unsupportedTransferVersion)
    }

    @Test("A channel that keeps the order of its packets is refused")
    func ordering() throws {
        try openInit(ordering: .ordered).thenFailed(.unsupportedOrdering)
        try openTry(version: "ics20-1", ordering: .ordered).thenFailed(.unsupportedOrdering)
    }

    @Test("Nobody closes a channel")
    func closing() throws {
        try openInit().thenSucceeded()
        let closing = try chain.relay(
            .with {
                $0.channelCloseInit.portID = "transfer"
                $0.channelCloseInit.channelID = "channel-0"
            }
        )
        try closing.thenFailed(.unauthorized)
    }

    @Test("Packets go through open channels only")
    func notOpen() throws {
        let alice = Address.named("alice")
        let chain = try TransferChain("hub-1", balances: [(alice, "10uatom")])
        try chain.relay(
            .with {
                $0.channelOpenInit.portID = "transfer"
                $0.channelOpenInit.connectionID = "connection-0"
                $0.channelOpenInit.ordering = .unordered
                $0.channelOpenInit.counterpartyPortID = "transfer"
            }
        ).thenSucceeded()
        let end = ChannelEndID(port: .transfer, channel: ChannelID(number: 0))
        try chain.trySend("1uatom", through: end, from: alice, to: "osmo1x").thenFailed(.channelNotOpen)
        #expect(try chain.balance(alice) == "10")
    }

    @Test("The escrow account of a channel takes no sends once the channel is being opened")
    func escrowAccount() throws {
        try openInit().thenSucceeded()
        let end = ChannelEndID(port: .transfer, channel: ChannelID(number: 0))
        let data = chain.data(to: chain.text(try Address(bytes: EscrowAccount.address(of: end))))
        #expect(try chain.receive(data, from: end, at: end).isRefused(.blockedReceiver))
    }
}

@Suite("Settings")
struct ConfigurationTests {
    @Test("An instance binds the standard port, or the one that is named")
    func ports() throws {
        let standard = try TransferChain("hub-1").harness.query(.with { $0.settings = .init() }).settings
        #expect(standard.portID == "transfer")
        #expect(standard.moduleAccount == "transfer")
        let other = try TransferChain("hub-1", configuration: ["port": "tokens"]).harness
        let settings = try other.query(.with { $0.settings = .init() }).settings
        #expect(settings.portID == "tokens")
        #expect(settings.moduleAccount == "transfer:tokens")
    }

    @Test("Two instances with two ports live on one chain, and one port is nobody else's")
    func twoInstances() throws {
        let deploy = { (port: String) in
            let harness = try ModuleHarness(
                Transfer(),
                neighbours: [Bank(), Switchboard(), Transfer()],
                options: HarnessOptions { $0.neighbourConfigurations = ["transfer-2": ["port": .string(port)]] }
            )
            try harness.nextBlock()
        }
        try deploy("tokens")
        let error = #expect(throws: HarnessError.self) { try deploy("transfer") }
        // The bank reacts first: both would claim the same account.
        #expect(error?.moduleError?.codespace == "bank")
    }

    @Test(
        "Settings that mean nothing are refused",
        arguments: [
            #"{"ports":"transfer"}"#, #"{"port":1}"#, #"{"port":"a/b"}"#, #"{"port":"x"}"#,
            #"{"port":"a-port-of-more-than-thirty-two-characters"}"#, "[]",
        ]
    )
    func malformed(json: String) throws {
        let configuration = try JSONValue(parsing: json)
        #expect(throws: HarnessError.self) { try TransferChain("hub-1", configuration: configuration) }
    }
}
