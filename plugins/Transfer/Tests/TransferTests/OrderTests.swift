import Bank
import BankEvents
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing
import Transfer
import TransferEvents

@Suite("Transfers that instances order")
struct OrderTests {
    let kiosk = Address(moduleName: "kiosk")
    let stranger = Address.named("stranger")
    let refusal = #"{"error":"ABCI code: 8: error handling packet: see events for details"}"#
    let success = #"{"result":"AQ=="}"#

    /// A hub whose kiosk has 100, with a channel to a zone.
    func hub(bank: JSONValue = [:]) throws -> (hub: TransferChain, zone: TransferChain, end: ChannelEndID) {
        let hub = try TransferChain("hub-1", bank: bank, balances: [(kiosk, "100uatom"), (stranger, "100uatom")])
        let zone = try TransferChain("zone-1", firstChannel: 7)
        return (hub, zone, try hub.connect(to: zone).here)
    }

    @Test("One is sent as if the instance had signed, and told delivered to it alone")
    func delivered() throws {
        let (hub, zone, end) = try hub()
        let sent = try hub.tryOrder(hub.order("30uatom", through: end, to: zone.text(stranger), reference: 77))
            .thenSucceeded()
        #expect(sent.kinds == ["tokens_escrowed", "channel_answered", "sent"])
        let parcel = try #require(sent.emitted.last).sent.parcel
        #expect(parcel.sender == hub.text(kiosk))
        #expect(parcel.order.reference == 77)
        #expect(try parcel.order.instanceNumber == hub.kioskNumber)
        #expect(try hub.balance(kiosk) == "70")
        #expect(try hub.balance(stranger) == "100")
        #expect(try hub.openOrders() == ["channel-0 1 \(try hub.kioskNumber) 77"])
        try hub.finish()

        let packet = try #require(sent.sentPackets.first)
        let received = try zone.receive(packet)
        #expect(received.isSuccess && received.outcome.told.isEmpty)
        let settled = try hub.acknowledge(packet, received.acknowledgement)
        #expect(settled.kinds == ["delivered"])
        // There are two kiosks, and one is told.
        #expect(settled.told.map(\.kind) == ["delivered"])
        #expect(settled.told.map(\.parcel) == [parcel])
        #expect(settled.emitted.map(\.addressee) == [try hub.kioskNumber])
        #expect(try hub.openOrders().isEmpty)
        try hub.finish()
    }

    @Test("What is not received is refunded to it and told, by error or by timeout", arguments: [true, false])
    func refunded(isRefused: Bool) throws {
        let (hub, _, end) = try hub()
        let packet = try #require(try hub.order(try hub.order("30uatom", through: end, reference: 5)).first)
        let settled = isRefused ? try hub.acknowledge(packet, refusal) : try hub.timeOut(packet)
        #expect(settled.kinds == ["tokens_released", "refunded"])
        #expect(settled.told.map(\.kind) == ["refunded"])
        #expect(settled.told.map(\.parcel.order.reference) == [5])
        #expect(try #require(settled.emitted.last).refunded.reason == (isRefused ? .error : .timeout))
        #expect(try hub.balance(kiosk) == "100")
        #expect(try hub.openOrders().isEmpty)
        try hub.finish()
    }

    @Test("A refund that is owed is told, remembered, and told again when it is paid")
    func owed() throws {
        let (hub, _, end) = try hub()
        let there = ChannelEndID(port: .transfer, channel: ChannelID(number: 7))
        let packet = try #require(try hub.order(try hub.order("30uatom", through: end, reference: 6)).first)
        // The other chain claims the tokens before it refuses them.
        let claim = hub.data(denom: "\(there)/uatom", amount: "30", to: hub.text(stranger))
        #expect(try hub.receive(claim, from: there, at: end).isSuccess)
        let settled = try hub.acknowledge(packet, refusal)
        #expect(settled.kinds == ["refund_owed"])
        #expect(settled.told.map(\.kind) == ["refund_owed"])
        #expect(try hub.openOrders().isEmpty)
        #expect(try hub.owedRefunds().map(\.parcel.order.reference) == [6])
        try hub.finish()

        _ = try hub.send("40uatom", through: end, from: stranger, to: "osmo1x")
        let paid = try hub.retryRefund(packet, from: stranger).thenSucceeded()
        #expect(paid.kinds == ["tokens_released", "refunded"])
        #expect(paid.told.map { "\($0.kind) \($0.parcel.order.reference)" } == ["refunded 6"])
        #expect(try hub.balance(kiosk) == "100")
        try hub.finish()
    }

    @Test("A voucher goes home by an order, burned in the instance's name")
    func voucher() throws {
        let (hub, zone, end) = try hub()
        let there = ChannelEndID(port: .transfer, channel: ChannelID(number: 7))
        let out = try #require(try hub.order(try hub.order("30uatom", through: end, to: zone.text(kiosk))).first)
        let received = try zone.receive(out)
        #expect(received.outcome.told.map(\.kind) == ["received"])
        let voucher = try DenominationTrace(path: "\(there)/uatom").denomination
        let back = try zone.tryOrder(zone.order("20\(voucher)", through: there, to: hub.text(stranger)))
        #expect(try back.thenSucceeded().kinds == ["voucher_burned", "channel_answered", "sent"])
        #expect(try hub.receive(try #require(back.sentPackets.first)).isSuccess)
        #expect(try hub.balance(stranger) == "120")
        #expect(try zone.supply(voucher) == "10")
        try hub.finish()
        try zone.finish()
    }

    @Test("Several orders of one event are sent in order, each with its own reference and memo")
    func several() throws {
        let (hub, _, end) = try hub()
        let packets = try hub.order(
            try hub.order("1uatom", through: end, reference: 9, memo: "first"),
            try hub.order("2uatom", through: end, reference: 8)
        )
        #expect(packets.map(\.sequence) == [1, 2])
        #expect(String(decoding: try #require(packets.first).data, as: UTF8.self).contains("first"))
        let number = try hub.kioskNumber
        #expect(try hub.openOrders() == ["channel-0 1 \(number) 9", "channel-0 2 \(number) 8"])
        try hub.acknowledge(packets[0], success)
        #expect(try hub.openOrders() == ["channel-0 2 \(number) 8"])
        try hub.finish()
    }

    @Test("One that can't be carried out vetoes the event: nothing of it remains, nor of the orders beside it")
    func refused() throws {
        let (hub, _, end) = try hub()
        let sound = try hub.order("1uatom", through: end)
        let unknown = ChannelEndID(port: .transfer, channel: ChannelID(number: 9))
        try hub.tryOrder(sound, hub.order("1uatom", through: unknown)).thenFailed(.unknownChannel)
        try hub.tryOrder(sound, hub.order("100uatom", through: end)).thenFailed(.insufficientFunds)
        try hub.tryOrder(sound, hub.order("0uatom", through: end)).thenFailed(.invalidTransferAmount)
        try hub.tryOrder(sound, hub.order("1uatom", through: end, to: "")).thenFailed(.invalidTransferParty)
        var timeless = sound
        timeless.timeout = 0
        try hub.tryOrder(timeless).thenFailed(.noTransferTimeout)
        // The bank, and nobody.
        for number in [try hub.harness.identity(of: Bank.self).number, 99] {
            let order = try hub.order("1uatom", through: end, transfer: number)
            try hub.tryOrder(sound, order).thenFailed(.unknownTransferInstance)
        }
        #expect(try hub.balance(kiosk) == "100")
        #expect(try hub.escrowed(end).isEmpty)
        #expect(try hub.openOrders().isEmpty)
        try hub.finish()
    }

    @Test("Nobody pays for an instance: neither who signed, nor another instance of its kind")
    func keepsApart() throws {
        let hub = try TransferChain(
            "hub-1",
            balances: [(stranger, "100uatom"), (Address(moduleName: "kiosk-2"), "100uatom")]
        )
        let end = try hub.connect(to: try TransferChain("zone-1", firstChannel: 7)).here
        try hub.tryOrder(hub.order("1uatom", through: end)).thenFailed(.insufficientFunds)
        #expect(try hub.balance(stranger) == "100")
    }

    @Test("An account's own transfer is nobody's order: what becomes of it is for all who listen")
    func ownTransfer() throws {
        let (hub, _, end) = try hub()
        let packet = try hub.send("1uatom", through: end, from: stranger, to: "osmo1x")
        let settled = try hub.acknowledge(packet, success)
        #expect(settled.emitted.map(\.addressee) == [nil])
        #expect(settled.told.isEmpty && settled.emitted.allSatisfy { !$0.delivered.parcel.hasOrder })
    }

    @Test("An orderer that fails at what it is told is rolled back alone, and the transfer is settled")
    func failingOrderer() throws {
        let (hub, _, end) = try hub()
        for (reference, settlement) in ["delivered", "refunded"].enumerated() {
            let order = try hub.order("10uatom", through: end, to: "spoilsport", reference: UInt64(reference))
            let packet = try #require(try hub.order(order).first)
            let settled = settlement == "delivered" ? try hub.acknowledge(packet, success) : try hub.timeOut(packet)
            #expect(settled.kinds.last == settlement)
            #expect(settled.failedReactions == [Kiosk.refusal])
            #expect(settled.told.isEmpty)
            #expect(try hub.openOrders().isEmpty)
        }
        #expect(try hub.balance(kiosk) == "90")
        #expect(try hub.escrowed(end) == ["10uatom"])
        try hub.finish()
    }

    @Test("What is received is told to the receiving instance alone, and calls it alone")
    func received() throws {
        let (hub, zone, end) = try hub()
        let there = ChannelEndID(port: .transfer, channel: ChannelID(number: 7))
        let data = hub.data(to: hub.text(kiosk))
        let received = try hub.receive(data, from: there, at: end).outcome
        #expect(received.emitted.compactMap(\.addressee) == [try hub.kioskNumber])
        #expect(received.told.map(\.kind) == ["received"])
        #expect(received.told.map(\.parcel.sender) == ["osmo1somebody"])
        let call = #"{"wasm":{"contract":"\#(hub.text(kiosk))","msg":{"visit":{}}}}"#
        let called = try hub.receive(hub.data(to: hub.text(kiosk), memo: call), from: there, at: end, sequence: 901)
        #expect(called.outcome.emitted.compactMap(\.addressee) == [try hub.kioskNumber, try hub.kioskNumber])
        #expect(called.outcome.visits.count == 1)
        let person = try hub.receive(hub.data(to: hub.text(stranger)), from: there, at: end, sequence: 902).outcome
        #expect(person.emitted.allSatisfy { $0.addressee == nil } && person.told.isEmpty)
        try hub.finish()
        try zone.finish()
    }
}
