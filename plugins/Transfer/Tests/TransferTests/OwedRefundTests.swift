import IBC
import InterchainEvents
import InterchainTesting
import ModuleKit
import ModuleTesting
import Testing
import Transfer
import TransferEvents

@Suite("Refunds that are owed")
struct OwedRefundTests {
    let alice = Address.named("alice")
    let stranger = Address.named("stranger")
    let refusal = #"{"error":"ABCI code: 8: error handling packet: see events for details"}"#

    /// A zone on which alice has 30 vouchers of a hub's token.
    func zone() throws -> (zone: TransferChain, there: ChannelEndID, voucher: String) {
        let hub = try TransferChain("hub-1", balances: [(alice, "100uatom")])
        let zone = try TransferChain("zone-1", firstChannel: 7)
        let (here, there) = try hub.connect(to: zone)
        #expect(try zone.receive(hub.send("30uatom", through: here, from: alice, to: zone.text(alice))).isSuccess)
        return (zone, there, try DenominationTrace(path: "\(there)/uatom").denomination)
    }

    @Test(
        "Without the right to mint, a voucher is owed; with it, a stranger has it paid to its sender, once",
        arguments: [
            true, false,
        ]
    )
    func voucher(isRefused: Bool) throws {
        let (zone, there, voucher) = try zone()
        let packet = try zone.send("20\(voucher)", through: there, from: alice, to: "nobody")
        zone.harness.withhold(.transferMintVouchers)
        let settled = isRefused ? try zone.acknowledge(packet, refusal) : try zone.timeOut(packet)
        #expect(settled.kinds == ["refund_owed"])
        #expect(settled.failedReactions.isEmpty)
        #expect(try zone.balance(alice, voucher) == "10")

        let owed = try #require(try zone.owedRefunds().first)
        #expect(owed.parcel.sender == zone.text(alice))
        #expect(owed.parcel.token == ProtoCoin(try Coin("20\(voucher)")))
        #expect(owed.wasBurned)
        #expect(owed.reason == (isRefused ? .error : .timeout))
        #expect(owed.error.isEmpty == !isRefused)
        #expect(owed.failure.contains("transfer/mint-vouchers"))

        try zone.retryRefund(packet, from: stranger).thenFailed(.notGranted)
        #expect(try zone.owedRefunds() == [owed])
        try zone.finish()

        zone.harness.grant(.transferMintVouchers)
        let paid = try zone.retryRefund(packet, from: stranger).thenSucceeded()
        #expect(paid.kinds == ["voucher_minted", "refunded"])
        let refunded = try #require(paid.emitted.last).refunded
        #expect(refunded.parcel == owed.parcel)
        #expect(refunded.reason == owed.reason)
        #expect(refunded.error == owed.error)
        #expect(try zone.owedRefunds().isEmpty)
        for asking in [stranger, alice] {
            try zone.retryRefund(packet, from: asking).thenFailed(.noRefundOwed)
        }
        #expect(try zone.balance(alice, voucher) == "30")
        #expect(try zone.balance(stranger, voucher) == "0")
        #expect(try zone.supply(voucher) == "30")
        try zone.finish()
    }

    @Test("What another chain has claimed before it refused it is owed, until escrow holds as much again")
    func escrow() throws {
        let hub = try TransferChain("hub-1", balances: [(alice, "100uatom")])
        let (here, there) = try hub.connect(to: try TransferChain("zone-1", firstChannel: 7))
        let packet = try hub.send("30uatom", through: here, from: alice, to: "osmo1x")
        let claim = hub.data(denom: "\(there)/uatom", amount: "30", to: hub.text(stranger))
        #expect(try hub.receive(claim, from: there, at: here).isSuccess)
        #expect(try hub.acknowledge(packet, refusal).kinds == ["refund_owed"])
        #expect(try #require(try hub.owedRefunds().first).wasBurned == false)
        try hub.retryRefund(packet, from: alice).thenFailed(.insufficientEscrow)
        _ = try hub.send("40uatom", through: here, from: alice, to: "osmo1x")
        #expect(try hub.retryRefund(packet, from: stranger).thenSucceeded().kinds == ["tokens_released", "refunded"])
        #expect(try hub.balance(alice) == "60")
        #expect(try hub.balance(stranger) == "30")
        #expect(try hub.escrowed(here) == ["10uatom"])
        try hub.retryRefund(packet, from: stranger).thenFailed(.noRefundOwed)
        try hub.finish()
    }

    @Test("Nothing is owed for what was refunded at once, is on its way, or was never sent")
    func nothingOwed() throws {
        let hub = try TransferChain("hub-1", balances: [(alice, "100uatom")])
        let (here, _) = try hub.connect(to: try TransferChain("zone-1", firstChannel: 7))
        var packet = try hub.send("30uatom", through: here, from: alice, to: "osmo1x")
        try hub.retryRefund(packet, from: alice).thenFailed(.noRefundOwed)
        try hub.timeOut(packet)
        try hub.retryRefund(packet, from: alice).thenFailed(.noRefundOwed)
        packet.sequence = 9
        try hub.retryRefund(packet, from: alice).thenFailed(.noRefundOwed)
        packet.sourceChannel = "no channel"
        try hub.retryRefund(packet, from: alice).thenFailed(.noRefundOwed)
        #expect(try hub.balance(alice) == "100")
    }

    @Test("A relayer who gives too little work settles nothing, and nothing is owed")
    func outOfWork() throws {
        let hub = try TransferChain("hub-1", balances: [(alice, "100uatom")])
        let (here, _) = try hub.connect(to: try TransferChain("zone-1", firstChannel: 7))
        let packet = try hub.send("30uatom", through: here, from: alice, to: "osmo1x")
        for workLimit: UInt64 in [1_000, 500_000, 1_000_000] {
            let outcome = try hub.harness.when(
                .with { $0.timeOutPacket.packet = packet },
                to: Switchboard.self,
                from: TransferChain.relayer,
                workLimit: workLimit
            )
            try outcome.thenFailed(.outOfWork)
        }
        #expect(try hub.owedRefunds().isEmpty)
        #expect(try hub.timeOut(packet).kinds == ["tokens_released", "refunded"])
    }

    @Test("Nobody who hears of a refund can undo it, paid or owed")
    func finality() throws {
        let (zone, there, voucher) = try zone()
        let first = try zone.send("10\(voucher)", through: there, from: alice, to: "spoilsport")
        let second = try zone.send("10\(voucher)", through: there, from: alice, to: "spoilsport")
        let settled = try zone.timeOut(first)
        #expect(settled.kinds == ["voucher_minted", "refunded"])
        #expect(settled.failedReactions == [Kiosk.refusal, Kiosk.refusal])
        zone.harness.withhold(.transferMintVouchers)
        #expect(try zone.timeOut(second).kinds == ["refund_owed"])
        zone.harness.grant(.transferMintVouchers)
        #expect(try zone.retryRefund(second, from: stranger).kinds == ["voucher_minted", "refunded"])
        #expect(try zone.balance(alice, voucher) == "30")
        try zone.finish()
    }

    @Test("They come in pages, each once")
    func pages() throws {
        let (zone, there, voucher) = try zone()
        let packets = try (0..<5).map { _ in try zone.send("1\(voucher)", through: there, from: alice, to: "nobody") }
        zone.harness.withhold(.transferMintVouchers)
        for packet in packets { try zone.timeOut(packet) }
        var found: [UInt64] = []
        var start = ("", UInt64.zero)
        repeat {
            let page = try zone.harness.query(
                .with {
                    $0.owedRefunds.startChannelID = start.0
                    $0.owedRefunds.startSequence = start.1
                    $0.owedRefunds.limit = 2
                }
            ).owedRefunds
            #expect(page.refunds.count <= 2)
            found += page.refunds.map(\.parcel.sequence)
            start = (page.nextChannelID, page.nextSequence)
        } while !start.0.isEmpty
        #expect(found == packets.map(\.sequence))
        try zone.finish()
    }

    @Test("They live on in another chain's genesis, and are paid there")
    func genesis() throws {
        let (zone, there, voucher) = try zone()
        let packet = try zone.send("20\(voucher)", through: there, from: alice, to: "nobody")
        zone.harness.withhold(.transferMintVouchers)
        try zone.acknowledge(packet, refusal)
        let exported = try zone.harness.exportGenesis()["transfer"].required()
        let channel = SwitchboardChannel.transfer("channel-7", sentCount: 1).json
        let copy = try TransferChain("zone-2", sections: [("switchboard", [channel]), ("transfer", exported)])
        #expect(try copy.owedRefunds() == zone.owedRefunds())
        #expect(try copy.harness.exportGenesis()["transfer"].required() == exported)
        try copy.retryRefund(packet, from: stranger).thenSucceeded()
        try copy.retryRefund(packet, from: stranger).thenFailed(.noRefundOwed)
        #expect(try copy.balance(alice, voucher) == "20")
        try copy.finish()
    }

    /// A section's entry that is in order, but for one member.
    func entry(_ name: String, _ value: JSONValue) throws -> JSONValue {
        var entry = JSONObject()
        entry["channel_id"] = "channel-3"
        entry["sequence"] = "2"
        entry["sender"] = .string(try alice.text(prefix: "cosmos"))
        entry["receiver"] = "osmo1x"
        entry["denom"] = "uatom"
        entry["amount"] = "5"
        entry["reason"] = "timeout"
        entry["error"] = ""
        entry["was_burned"] = false
        entry["failure"] = ""
        entry[name] = value
        return .object(entry)
    }

    func chain(owing entries: [JSONValue]) throws -> TransferChain {
        let section: JSONValue = ["port_id": "transfer", "owed_refunds": .array(entries)]
        let channel = SwitchboardChannel.transfer("channel-3", sentCount: 2).json
        return try TransferChain("hub-1", sections: [("switchboard", [channel]), ("transfer", section)])
    }

    @Test("An entry of a genesis that can't be true, or would be lost, is refused")
    func malformedEntries() throws {
        let sound = try entry("receiver", "osmo1x")
        #expect(try chain(owing: [sound]).owedRefunds().map(\.parcel.sequence) == [2])
        #expect(throws: HarnessError.self) { try chain(owing: [sound, sound]) }
        let wrong: [(name: String, value: JSONValue, code: ModuleError.Code)] = [
            ("sequence", "0", .invalidValue), ("sequence", "3", .invalidValue),
            // What would be lost is reported, and the report refused.
            ("channel_id", "channel-4", .invalidArgument), ("novelty", "", .invalidArgument),
            ("channel_id", "channel", .malformedTransfer), ("amount", "0", .invalidValue),
            ("reason", "boredom", .invalidValue), ("was_burned", true, .invalidValue),
        ]
        for (name, value, code) in wrong {
            let entry = try entry(name, value)
            let error = #expect(throws: HarnessError.self, "\(name)") { try chain(owing: [entry]) }
            #expect(error?.moduleError?.code == code, "\(name)")
        }
    }
}
