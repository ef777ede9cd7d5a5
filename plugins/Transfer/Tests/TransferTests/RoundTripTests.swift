import IBC
import ModuleKit
import ModuleTesting
import Testing
import TransferEvents

@Suite("Out and back")
struct RoundTripTests {
    let alice = Address.named("alice")
    let bob = Address.named("bob")

    @Test("A token leaves into escrow, becomes a voucher, comes back, and is itself again")
    func outAndBack() throws {
        let hub = try TransferChain("hub-1", balances: [(alice, "100uatom")])
        let zone = try TransferChain("zone-1", prefix: "osmo", firstChannel: 7)
        let (here, there) = try hub.connect(to: zone)
        #expect("\(here) \(there)" == "transfer/channel-0 transfer/channel-7")

        let out = try hub.send("30uatom", through: here, from: alice, to: zone.text(bob))
        #expect(String(decoding: out.data, as: UTF8.self).contains(#""denom":"uatom","amount":"30""#))
        #expect(try hub.balance(alice) == "70")
        #expect(try hub.escrowBalance(here) == "30")
        let received = try zone.receive(out)
        #expect(received.isSuccess)
        #expect(received.outcome.kinds == ["trace_recorded", "voucher_minted", "received", "channel_answered"])
        let voucher = try DenominationTrace(path: "transfer/channel-7/uatom").denomination
        #expect(try zone.balance(bob, voucher) == "30")
        #expect(try hub.acknowledge(out, received.acknowledgement).kinds == ["delivered"])

        let back = try zone.send("12\(voucher)", through: there, from: bob, to: hub.text(alice))
        #expect(String(decoding: back.data, as: UTF8.self).contains(#""denom":"transfer/channel-7/uatom""#))
        #expect(try zone.supply(voucher) == "18")
        let returned = try hub.receive(back)
        #expect(returned.isSuccess)
        #expect(returned.outcome.kinds == ["tokens_released", "received", "channel_answered"])
        #expect(try hub.balance(alice) == "82")
        #expect(try hub.escrowed(here) == ["18uatom"])
        #expect(try hub.escrowBalance(here) == "18")
        try zone.acknowledge(back, returned.acknowledgement)
        try hub.finish()
        try zone.finish()
    }

    @Test("Events tell who sent how much to whom, by which channel and packet")
    func log() throws {
        let hub = try TransferChain("hub-1", balances: [(alice, "100uatom")])
        let zone = try TransferChain("zone-1", firstChannel: 7)
        let (here, _) = try hub.connect(to: zone)
        let out = try hub.send("30uatom", through: here, from: alice, to: zone.text(bob))
        let received = try zone.receive(out).outcome
        let parcel = try #require(received.emitted.first { $0.received.hasParcel }).received.parcel
        #expect(parcel.sender == hub.text(alice))
        #expect(parcel.receiver == zone.text(bob))
        #expect(parcel.channelID == "channel-7")
        #expect(parcel.sequence == 1)
        #expect(parcel.token.amount == "30")
        let delivered = try hub.acknowledge(out, #"{"result":"AQ=="}"#)
        let own = try #require(delivered.emitted.first).delivered.parcel
        #expect(own.channelID == "channel-0")
        #expect(own.token == ProtoCoin(try Coin("30uatom")))
    }

    @Test("A voucher travels on to a third chain and all the way back")
    func multiHop() throws {
        let first = try TransferChain("first-1", balances: [(alice, "100uatom")])
        let second = try TransferChain("second-1", firstChannel: 10)
        let third = try TransferChain("third-1", firstChannel: 20)
        let (a, b) = try first.connect(to: second)
        let (c, d) = try second.connect(to: third)
        let one = try DenominationTrace(path: "transfer/channel-10/uatom").denomination
        let two = try DenominationTrace(path: "transfer/channel-20/transfer/channel-10/uatom").denomination

        #expect(try second.receive(first.send("50uatom", through: a, from: alice, to: second.text(bob))).isSuccess)
        #expect(try third.receive(second.send("40\(one)", through: c, from: bob, to: third.text(bob))).isSuccess)
        #expect(try third.balance(bob, two) == "40")
        #expect(try second.escrowed(c) == ["40\(one)"])
        #expect(try third.harness.query(.with { $0.trace.denomination = two }).trace.base == "uatom")

        #expect(try second.receive(third.send("40\(two)", through: d, from: bob, to: second.text(bob))).isSuccess)
        #expect(try second.escrowed(c) == [])
        #expect(try first.receive(second.send("50\(one)", through: b, from: bob, to: first.text(alice))).isSuccess)
        #expect(try first.balance(alice) == "100")
        #expect(try second.supply(one) == "0")
        #expect(try third.supply(two) == "0")
        for chain in [first, second, third] { try chain.finish() }
    }

    @Test("Addresses and vouchers are those of other chains")
    func vectors() throws {
        // ICS-20 as ibc-go computes it; the denomination is that of the Cosmos Hub's uatom on Osmosis.
        let hub = try TransferChain("hub-1")
        let query = TransferQuery.with { $0.denomination.path = "transfer/channel-0/uatom" }
        #expect(
            try hub.harness.query(query).denomination.denomination
                == "ibc/27394FB092D2ECCD56123C74F36E4C1F926001CEADA9CA97EA622B25F41E5EB2"
        )
        let escrow = try hub.harness.query(.with { $0.escrow.channelID = "channel-0" }).escrow
        #expect(try Address(bech32: escrow.address).hexadecimal == "ED23C6F4443F49C4B08F856350A5D2C65A203235")
    }
}
