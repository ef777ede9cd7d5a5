import IBC
import ModuleKit
import ModuleTesting
import Testing
import TransferEvents

@Suite("Calls by memo")
struct HookTests {
    let hub: TransferChain
    let here: ChannelEndID
    let there: ChannelEndID
    let kiosk: String

    init() throws {
        hub = try TransferChain("hub-1")
        (here, there) = try hub.connect(to: try TransferChain("zone-1", firstChannel: 7))
        kiosk = hub.text(hub.kiosk)
    }

    /// Tokens for a receiver with a memo that calls somebody.
    func call(_ message: String, of contract: String? = nil, receiver: String? = nil, at end: ChannelEndID? = nil)
        throws
        -> Received
    {
        let memo = #"{"wasm":{"contract":"\#(contract ?? kiosk)","msg":\#(message)}}"#
        return try hub.receive(hub.data(to: receiver ?? kiosk, memo: memo), from: there, at: end ?? here)
    }

    @Test("An instance is called once the tokens are its own, and answers")
    func called() throws {
        let received = try call(#"{"visit":{"list":[1,"two"]}}"#)
        #expect(received.isSuccess)
        #expect(
            received.outcome.kinds == [
                "trace_recorded", "voucher_minted", "received", "hook_called", "hook_answered", "channel_answered",
            ]
        )
        let visited = try #require(received.outcome.visits.first)
        #expect(visited.message == #"{"visit":{"list":[1,"two"]}}"#)
        let voucher = try DenominationTrace(path: "\(here)/uosmo").denomination
        #expect(try visited.coin.coin() == Coin("5\(voucher)"))
        #expect(try hub.balance(hub.kiosk, voucher) == "5")
        try hub.finish()
    }

    @Test("The caller is derived from the channel and the claimed sender, and is never that sender")
    func caller() throws {
        let caller = { (received: Received) throws in
            try Address(bech32: try #require(received.outcome.visits.first).caller)
        }
        let first = try caller(try call(#"{"visit":{}}"#))
        let bytes = TransferHook.intermediaryAddress(channel: here.channel, sender: "osmo1somebody")
        #expect(first.bytes == bytes)
        #expect(first.byteCount == 32)
        let (other, _) = try hub.connect(to: try TransferChain("third-1", firstChannel: 7))
        #expect(try caller(try call(#"{"visit":{}}"#, at: other)) != first)
    }

    @Test("What the instance throws fails the packet, and nothing of it remains")
    func refused() throws {
        #expect(try call(#"{"refuse":{}}"#).isRefused(Kiosk.refusal))
        let voucher = try DenominationTrace(path: "\(here)/uosmo").denomination
        #expect(try hub.supply(voucher) == "0")
        #expect(try hub.harness.query(.with { $0.traces = .init() }).traces.traces.isEmpty)
        try hub.finish()
    }

    @Test("A refused call gives the sender the tokens back")
    func comesBack() throws {
        let alice = Address.named("alice")
        let zone = try TransferChain("zone-1", balances: [(alice, "100uosmo")])
        let hub = try TransferChain("hub-1", firstChannel: 7)
        let (here, _) = try zone.connect(to: hub)
        let memo = #"{"wasm":{"contract":"\#(kiosk)","msg":{"refuse":{}}}}"#
        let packet = try zone.send("5uosmo", through: here, from: alice, to: kiosk, memo: memo)
        try zone.acknowledge(packet, try hub.receive(packet).acknowledgement)
        #expect(try zone.balance(alice, "uosmo") == "100")
    }

    @Test("Where nobody answers, the packet fails: a person, an instance that takes no calls")
    func unanswered() throws {
        for contract in [Address.named("alice"), Address(moduleName: "interchain")] {
            let received = try call(#"{"visit":{}}"#, of: hub.text(contract), receiver: hub.text(contract))
            #expect(received.isRefused(.hookUnanswered))
        }
        try hub.finish()
    }

    @Test("Nobody answers in another's place")
    func impostor() throws {
        // The first kiosk reacts before the second one: in its place too early, or after it too late.
        let second = hub.text(Address(moduleName: "kiosk-2"))
        #expect(try call(#"{"impostor":{}}"#, of: second, receiver: second).isRefused(.notHookTarget))
        #expect(try call(#"{"impostor":{}}"#).isRefused(.hookNotOpen))
        try hub.finish()
    }

    @Test("An answer that nobody waits for is vetoed, and one for another port is left alone")
    func outOfTheBlue() throws {
        let answer = { (port: String) in
            KioskMessage.with {
                $0.record.hookAnswered.portID = port
                $0.record.hookAnswered.channelID = "channel-0"
                $0.record.hookAnswered.sequence = 900
            }
        }
        try hub.harness.when(answer("transfer"), to: Kiosk.self, from: .named("alice")).thenFailed(.hookNotOpen)
        #expect(try call(#"{"visit":{}}"#).isSuccess)
        try hub.harness.when(answer("transfer"), to: Kiosk.self, from: .named("alice")).thenFailed(.hookNotOpen)
        try hub.harness.when(answer("elsewhere"), to: Kiosk.self, from: .named("alice")).thenSucceeded()
    }

    @Test("The contract has to be the receiver")
    func otherReceiver() throws {
        let received = try call(#"{"visit":{}}"#, receiver: hub.text(.named("alice")))
        #expect(received.isRefused(.invalidTransferHook))
    }

    @Test(
        "A memo that asks for a call in another way fails the packet",
        arguments: [
            #"{"wasm":1}"#, #"{"wasm":{}}"#, #"{"wasm":{"contract":"KIOSK","msg":1}}"#,
            #"{"wasm":{"contract":"KIOSK","msg":{},"funds":[]}}"#, #"{"wasm":{"contract":"KIOSK","msg":{}},"wasm":{}}"#,
        ]
    )
    func malformed(memo: String) throws {
        let data = hub.data(to: kiosk, memo: memo.replacing("KIOSK", with: kiosk))
        #expect(try hub.receive(data, from: there, at: here).isRefused(.invalidTransferHook))
    }

    @Test("The longest memo reaches the instance, and one a byte longer fails the packet")
    func longest() throws {
        let others = #"{"wasm":{"contract":"\#(kiosk)","msg":{"visit":""}}}"#.utf8.count
        let filler = String(repeating: "x", count: FungibleTokenPacketData.maximumMemoByteCount - others)
        #expect(try call(#"{"visit":"\#(filler)"}"#).isSuccess)
        #expect(try !call(#"{"visit":"\#(filler)x"}"#).isSuccess)
        try hub.finish()
    }
}
