import IBC
import ModuleKit
import ModuleTesting
import Testing
import TransferEvents

@Suite("What becomes of a packet")
struct SettlementTests {
    let alice = Address.named("alice")
    let refusal = #"{"error":"ABCI code: 8: error handling packet: see events for details"}"#

    @Test("A refused token is out of escrow and with its sender again")
    func refusedToken() throws {
        let hub = try TransferChain("hub-1", balances: [(alice, "100uatom")])
        let zone = try TransferChain("zone-1", firstChannel: 7)
        let (here, _) = try hub.connect(to: zone)
        let packet = try hub.send("30uatom", through: here, from: alice, to: "nobody")
        let received = try zone.receive(packet)
        #expect(received.isRefused(.invalidTransferParty))
        let settled = try hub.acknowledge(packet, received.acknowledgement)
        #expect(settled.kinds == ["tokens_released", "refunded"])
        let refunded = try #require(settled.emitted.last).refunded
        #expect(refunded.reason == .error)
        #expect(refunded.error == "ABCI code: 5: error handling packet: see events for details")
        #expect(refunded.parcel.sender == hub.text(alice))
        #expect(try hub.balance(alice) == "100")
        #expect(try hub.escrowed(here) == [])
        try hub.finish()
        try zone.finish()
    }

    @Test("A token that is not received in time is with its sender again")
    func lateToken() throws {
        let hub = try TransferChain("hub-1", balances: [(alice, "100uatom")])
        let (here, _) = try hub.connect(to: try TransferChain("zone-1", firstChannel: 7))
        let packet = try hub.send("30uatom", through: here, from: alice, to: "osmo1x")
        let settled = try hub.timeOut(packet)
        #expect(settled.kinds == ["tokens_released", "refunded"])
        #expect(try #require(settled.emitted.last).refunded.reason == .timeout)
        #expect(try hub.balance(alice) == "100")
        try hub.finish()
    }

    @Test("A voucher that was on its way home is minted again, refused or late", arguments: [true, false])
    func voucher(isRefused: Bool) throws {
        let hub = try TransferChain("hub-1", balances: [(alice, "100uatom")])
        let zone = try TransferChain("zone-1", firstChannel: 7)
        let (here, there) = try hub.connect(to: zone)
        #expect(try zone.receive(hub.send("30uatom", through: here, from: alice, to: zone.text(alice))).isSuccess)
        let voucher = try DenominationTrace(path: "\(there)/uatom").denomination
        let packet = try zone.send("20\(voucher)", through: there, from: alice, to: "nobody")
        #expect(try zone.supply(voucher) == "10")
        let settled = isRefused ? try zone.acknowledge(packet, refusal) : try zone.timeOut(packet)
        #expect(settled.kinds == ["voucher_minted", "refunded"])
        #expect(try zone.balance(alice, voucher) == "30")
        #expect(try zone.supply(voucher) == "30")
        try zone.finish()
    }

    @Test("Who may not receive from others still gets back what was their own")
    func barredSender() throws {
        let text = try alice.text(prefix: "cosmos")
        let hub = try TransferChain(
            "hub-1",
            bank: ["blocked_addresses": [.string(text)]],
            balances: [(alice, "100uatom")]
        )
        let (here, _) = try hub.connect(to: try TransferChain("zone-1", firstChannel: 7))
        try hub.timeOut(try hub.send("30uatom", through: here, from: alice, to: "osmo1x"))
        try hub.acknowledge(try hub.send("30uatom", through: here, from: alice, to: "osmo1x"), refusal)
        #expect(try hub.balance(alice) == "100")
    }

    @Test("An acknowledgement that can't be read counts as a refusal, and what it says is cut")
    func strangeAcknowledgements() throws {
        let hub = try TransferChain("hub-1", balances: [(alice, "100uatom")])
        let (here, _) = try hub.connect(to: try TransferChain("zone-1", firstChannel: 7))
        for text in ["yes", "{}", #"{"error":"\#(String(repeating: "é", count: 5_000))"}"#] {
            let packet = try hub.send("30uatom", through: here, from: alice, to: "osmo1x")
            let settled = try hub.acknowledge(packet, text)
            let error = try #require(settled.emitted.last).refunded.error
            #expect((1...512).contains(error.utf8.count))
        }
        #expect(try hub.balance(alice) == "100")
    }

    @Test("Whatever a sender may write, the refund can read")
    func strangeTexts() throws {
        let hub = try TransferChain("hub-1", balances: [(alice, "100uatom")])
        let (here, _) = try hub.connect(to: try TransferChain("zone-1", firstChannel: 7))
        for text in [
            "\u{0}\u{1F}\u{7F}x", #""\/"#, "<&>\u{2028}\u{2029}", "é e\u{301} \u{FFFF}\u{10FFFF}", "{\"wasm\":1}",
        ] {
            let packet = try hub.send("30uatom", through: here, from: alice, to: text, memo: text)
            let refunded = try #require(try hub.timeOut(packet).emitted.last).refunded
            #expect(refunded.parcel.receiver.utf8.elementsEqual(text.utf8))
        }
        #expect(try hub.balance(alice) == "100")
    }

    @Test("Any result is a success")
    func otherResult() throws {
        let hub = try TransferChain("hub-1", balances: [(alice, "100uatom")])
        let (here, _) = try hub.connect(to: try TransferChain("zone-1", firstChannel: 7))
        let packet = try hub.send("30uatom", through: here, from: alice, to: "osmo1x")
        #expect(try hub.acknowledge(packet, #"{"result":"c29tZXRoaW5n"}"#).kinds == ["delivered"])
        #expect(try hub.escrowed(here) == ["30uatom"])
    }

    @Test("A relayer's own coins never move, whatever he relays, even what he sent himself")
    func relayer() throws {
        let hub = try TransferChain("hub-1", balances: [(alice, "100uatom")])
        let zone = try TransferChain("zone-1", firstChannel: 7)
        let (here, there) = try hub.connect(to: zone)
        let relayer = TransferChain.relayer
        try hub.timeOut(try hub.send("30uatom", through: here, from: alice, to: "osmo1x"))
        let packet = try hub.send("30uatom", through: here, from: alice, to: zone.text(alice))
        try hub.acknowledge(packet, try zone.receive(packet).acknowledgement)
        // The other chain names the relayer as the sender of tokens that a memo spends.
        let hook = #"{"wasm":{"contract":"\#(hub.text(hub.kiosk))","msg":{"visit":{}}}}"#
        let forged = hub.data(to: hub.text(hub.kiosk), memo: hook)
            .replacing("osmo1somebody", with: hub.text(relayer))
        #expect(try hub.receive(forged, from: there, at: here).isSuccess)
        #expect(try hub.balance(relayer) == "500")
        #expect(try zone.balance(relayer) == "500")

        let own = try hub.send("30uatom", through: here, from: relayer, to: "osmo1x")
        #expect(try hub.balance(relayer) == "470")
        try hub.timeOut(own)
        #expect(try hub.balance(relayer) == "500")
    }
}
