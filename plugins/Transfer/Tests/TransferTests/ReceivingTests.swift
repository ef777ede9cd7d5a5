import Bank
import BankEvents
import IBC
import ModuleKit
import ModuleTesting
import Testing
import TransferEvents

@Suite("Receiving")
struct ReceivingTests {
    let alice = Address.named("alice")
    let barred = Address.named("barred")

    /// A hub that has sent 30uatom to a zone.
    func hub() throws -> (TransferChain, here: ChannelEndID, there: ChannelEndID) {
        let text = try barred.text(prefix: "cosmos")
        let hub = try TransferChain(
            "hub-1",
            bank: ["blocked_addresses": [.string(text)]],
            balances: [(alice, "100uatom"), (barred, "10uatom")]
        )
        let (here, there) = try hub.connect(to: try TransferChain("zone-1", firstChannel: 7))
        _ = try hub.send("30uatom", through: here, from: alice, to: "osmo1x")
        return (hub, here, there)
    }

    @Test("A receiver is an account of this chain")
    func strangeReceiver() throws {
        let (hub, here, there) = try hub()
        for receiver in [try alice.text(prefix: "osmo"), "nobody", "cosmos1qqqq"] {
            let received = try hub.receive(hub.data(to: receiver), from: there, at: here)
            #expect(received.isRefused(.invalidTransferParty), "\(receiver)")
        }
    }

    @Test("Who takes nothing from others gets nothing: a barred account, a module's, the escrow itself")
    func blockedReceiver() throws {
        let (hub, here, there) = try hub()
        let escrow = try Address(bytes: EscrowAccount.address(of: here))
        for receiver in [barred, Address(moduleName: "transfer"), escrow] {
            let minted = try hub.receive(hub.data(to: hub.text(receiver)), from: there, at: here)
            #expect(minted.isRefused(.blockedReceiver))
            let returned = hub.data(denom: "\(there)/uatom", to: hub.text(receiver))
            #expect(try hub.receive(returned, from: there, at: here).isRefused(.blockedReceiver))
        }
        #expect(try hub.escrowBalance(here) == "30")
        try hub.finish()
    }

    @Test(
        "Data that is not what ICS-20 says is refused",
        arguments: [
            "", "{}", "null", #"{"denom":"uosmo"}"#,
            #"{"denom":"uosmo","amount":"5","sender":"s","receiver":"r","tip":"1"}"#,
            #"{"denom":"uosmo","amount":5,"sender":"s","receiver":"r"}"#,
            #"{"denom":"uosmo","denom":"uatom","amount":"5","sender":"s","receiver":"r"}"#,
        ]
    )
    func malformed(data: String) throws {
        let (hub, here, there) = try hub()
        // No packet is without data: Interchain would not take an empty one.
        #expect(try hub.receive(data.isEmpty ? " " : data, from: there, at: here).isRefused(.malformedTransfer))
    }

    @Test(
        "Amounts are whole, above 0, and below 2^128",
        arguments: [
            "0", "", "-1", "1.0", "01", "340282366920938463463374607431768211456",
            "115792089237316195423570985008687907853269984665640564039457584007913129639936",
        ]
    )
    func amounts(amount: String) throws {
        let (hub, here, there) = try hub()
        let data = hub.data(amount: amount, to: hub.text(alice))
        #expect(try hub.receive(data, from: there, at: here).isRefused(.invalidTransferAmount))
    }

    @Test("More of a voucher than can be counted is refused, and what there is stays")
    func supplyOverflow() throws {
        let (hub, here, there) = try hub()
        let most = hub.data(amount: "340282366920938463463374607431768211455", to: hub.text(alice))
        #expect(try hub.receive(most, from: there, at: here).isSuccess)
        let more = hub.data(amount: "1", to: hub.text(alice))
        #expect(try hub.receive(more, from: there, at: here, sequence: 901).isRefused(.supplyOverflow))
        try hub.finish()
    }

    @Test("What comes back is no more than what went: a chain that lies gets nothing")
    func forgedReturn() throws {
        let (hub, here, there) = try hub()
        let data = { (amount: String, denom: String) in
            hub.data(denom: "\(there)/\(denom)", amount: amount, to: hub.text(alice))
        }
        #expect(try hub.receive(data("31", "uatom"), from: there, at: here).isRefused(.insufficientEscrow))
        #expect(try hub.receive(data("1", "uosmo"), from: there, at: here).isRefused(.insufficientEscrow))
        #expect(try hub.receive(data("30", "uatom"), from: there, at: here).isSuccess)
        #expect(
            try hub.receive(data("1", "uatom"), from: there, at: here, sequence: 901).isRefused(.insufficientEscrow)
        )
        try hub.finish()
    }

    @Test("What somebody sent to an escrow account before its channel was opened is not the other chain's to claim")
    func donation() throws {
        let hub = try TransferChain("hub-1", balances: [(alice, "100uatom")])
        let first = ChannelEndID(port: .transfer, channel: ChannelID(number: 0))
        let escrow = hub.text(try Address(bytes: EscrowAccount.address(of: first)))
        let gift = BankMessage.with {
            $0.send.toAddress = escrow
            $0.send.amount = [.with { ($0.denom, $0.amount) = ("uatom", "50") }]
        }
        try hub.harness.given(.messages([gift], to: Bank.self, from: alice))
        let (here, there) = try hub.connect(to: try TransferChain("zone-1", firstChannel: 7))
        #expect(try hub.escrowBalance(here) == "50")
        let data = hub.data(denom: "\(there)/uatom", to: hub.text(alice))
        #expect(try hub.receive(data, from: there, at: here).isRefused(.insufficientEscrow))
    }

    @Test("One channel's escrow is not another's")
    func otherChannel() throws {
        let (hub, _, _) = try hub()
        let (here, there) = try hub.connect(to: try TransferChain("liar-1", firstChannel: 7))
        let data = hub.data(denom: "\(there)/uatom", to: hub.text(alice))
        #expect(try hub.receive(data, from: there, at: here).isRefused(.insufficientEscrow))
    }

    @Test(
        "A name that this chain could not tell from another is refused",
        arguments: [
            "transfer/channel-7/ibc/27394FB092D2ECCD56123C74F36E4C1F926001CEADA9CA97EA622B25F41E5EB2",
            "transfer/channel-7/u", "xx/channel-0", "transfer/channel-7/", "uos mo", "übel",
        ]
    )
    func denominations(denom: String) throws {
        let (hub, here, there) = try hub()
        let data = hub.data(denom: denom, to: hub.text(alice))
        #expect(try hub.receive(data, from: there, at: here).isRefused(.invalidTransferDenomination))
    }

    @Test("Without a grant no voucher is minted, and with one again")
    func grants() throws {
        let (hub, here, there) = try hub()
        hub.harness.withhold(.transferMintVouchers)
        let data = hub.data(to: hub.text(alice))
        #expect(try hub.receive(data, from: there, at: here).isRefused(.notGranted))
        hub.harness.grant(.transferMintVouchers)
        #expect(try hub.receive(data, from: there, at: here).isSuccess)
    }

    @Test("A memo that asks for nothing is just a memo", arguments: ["", "hello", "[1]", #"{"note":1}"#, "{"])
    func memos(memo: String) throws {
        let (hub, here, there) = try hub()
        let received = try hub.receive(hub.data(to: hub.text(alice), memo: memo), from: there, at: here)
        #expect(received.isSuccess)
        #expect(!received.outcome.kinds.contains("hook_called"))
    }

    @Test("A packet with changed bytes is taken or refused, and always answered")
    func mutations() throws {
        var random = try SplitMix64.seeded()
        let (hub, here, there) = try hub()
        let kiosk = hub.text(hub.kiosk)
        let memo = #"{"wasm":{"contract":"\#(kiosk)","msg":{"visit":{}}}}"#
        let original = Array(hub.data(denom: "\(there)/uatom", amount: "1", to: kiosk, memo: memo).utf8)
        var refused = 0
        for sequence in 1...300 as ClosedRange<UInt64> {
            var data = original
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                data[Int.random(in: data.indices, using: &random)] = UInt8.random(in: .min ... .max, using: &random)
            }
            let received = try hub.receive(data, from: there, at: here, sequence: sequence)
            if !received.isSuccess {
                refused += 1
                #expect(received.acknowledgement.hasPrefix(#"{"error":"ABCI code: "#))
                #expect(received.outcome.emitted.isEmpty)
            }
        }
        #expect(refused > 150, "most changes break the JSON, a checksum, or a name")
        try hub.finish()
    }
}
