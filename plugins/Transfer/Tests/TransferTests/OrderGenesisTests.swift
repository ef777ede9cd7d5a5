import IBC
import InterchainTesting
import ModuleKit
import ModuleTesting
import Testing
import TransferEvents

@Suite("Orders in a genesis")
struct OrderGenesisTests {
    let kiosk = Address(moduleName: "kiosk")
    let channel = SwitchboardChannel.transfer("channel-3", sentCount: 2).json

    /// A chain whose channel has sent two packets, with these orders.
    func chain(_ orders: [JSONValue], owing refunds: [JSONValue] = []) throws -> TransferChain {
        let section: JSONValue = [
            "port_id": "transfer", "open_orders": .array(orders), "owed_refunds": .array(refunds),
        ]
        return try TransferChain("hub-1", sections: [("switchboard", [channel]), ("transfer", section)])
    }

    func order(
        channel: String = "channel-3",
        sequence: String = "2",
        instance: UInt32 = 3,
        reference: String = "18446744073709551615"
    ) -> JSONValue {
        [
            "channel_id": .string(channel), "sequence": .string(sequence),
            "order": ["instance_number": .string("\(instance)"), "reference": .string(reference)],
        ]
    }

    func refund(order: JSONValue) throws -> JSONValue {
        [
            "channel_id": "channel-3", "sequence": "1", "sender": .string(try kiosk.text(prefix: "cosmos")),
            "receiver": "osmo1x", "denom": "uatom", "amount": "5", "reason": "timeout", "error": "",
            "was_burned": false, "failure": "", "order": order,
        ]
    }

    @Test("Orders live on with their packets and with refunds that are owed, and who ordered is told")
    func livesOn() throws {
        let hub = try TransferChain("hub-1", balances: [(kiosk, "100uatom")])
        let end = try hub.connect(to: try TransferChain("zone-1", firstChannel: 7)).here
        let there = ChannelEndID(port: .transfer, channel: ChannelID(number: 7))
        let packets = try hub.order(
            try hub.order("30uatom", through: end, reference: 4),
            try hub.order("20uatom", through: end, reference: 5)
        )
        let claim = hub.data(denom: "\(there)/uatom", amount: "50", to: hub.text(.named("stranger")))
        #expect(try hub.receive(claim, from: there, at: end).isSuccess)
        #expect(try hub.timeOut(packets[0]).kinds == ["refund_owed"])

        let exported = try hub.harness.exportGenesis()["transfer"].required()
        let known = SwitchboardChannel.transfer("channel-0", sentCount: 2).json
        let copy = try TransferChain("hub-2", sections: [("switchboard", [known]), ("transfer", exported)])
        #expect(try copy.harness.exportGenesis()["transfer"].required() == exported)
        #expect(try copy.openOrders() == hub.openOrders() && copy.openOrders().count == 1)
        #expect(try copy.owedRefunds() == hub.owedRefunds())
        let settled = try copy.acknowledge(packets[1], #"{"result":"AQ=="}"#)
        #expect(settled.told.map(\.parcel.order.reference) == [5])
        #expect(try copy.openOrders().isEmpty)
        try copy.finish()
    }

    @Test("An entry that can't be true, or would be lost, is refused")
    func malformed() throws {
        let number = try TransferChain("hub-1").kioskNumber
        let sound = order(instance: number)
        let named: JSONValue = ["instance_number": .string("\(number)"), "reference": "1"]
        #expect(try chain([sound]).openOrders() == ["channel-3 2 \(number) \(UInt64.max)"])
        #expect(try chain([sound], owing: [refund(order: named)]).owedRefunds().first?.parcel.hasOrder == true)
        let code = { (orders: [JSONValue], refunds: [JSONValue]) in
            #expect(throws: HarnessError.self) { try chain(orders, owing: refunds) }?.moduleError?.code
        }
        #expect(code([sound, sound], []) == .invalidValue)
        #expect(code([order(sequence: "0", instance: number)], []) == .invalidValue)
        #expect(code([order(sequence: "3", instance: number)], []) == .invalidValue)
        #expect(code([order(sequence: "1", instance: number)], [try refund(order: named)]) == .invalidValue)
        #expect(code([["channel_id": "channel-3", "sequence": "2"]], []) != nil)
        #expect(code([order(reference: "-1")], []) == .invalidValue)
        // What would be lost is reported, and the report refused.
        #expect(code([order(channel: "channel-4", instance: number)], []) == .invalidArgument)
        #expect(code([order(instance: 0)], []) == .invalidArgument)
        #expect(code([order(instance: 99)], []) == .invalidArgument)
        let nobody: JSONValue = ["instance_number": "99", "reference": "1"]
        #expect(code([], [try refund(order: nobody)]) == .invalidArgument)
    }

    @Test("Open orders come in pages, each once")
    func pages() throws {
        let hub = try TransferChain("hub-1", balances: [(kiosk, "100uatom")])
        let end = try hub.connect(to: try TransferChain("zone-1", firstChannel: 7)).here
        for reference in 0..<5 {
            _ = try hub.order(try hub.order("1uatom", through: end, reference: UInt64(reference)))
        }
        var found: [UInt64] = []
        var start = ("", UInt64.zero)
        repeat {
            let page = try hub.harness.query(
                .with {
                    $0.openOrders.startChannelID = start.0
                    $0.openOrders.startSequence = start.1
                    $0.openOrders.limit = 2
                }
            ).openOrders
            #expect(page.orders.count <= 2)
            found += page.orders.map(\.order.reference)
            start = (page.nextChannelID, page.nextSequence)
        } while !start.0.isEmpty
        #expect(found == [0, 1, 2, 3, 4])
    }
}
