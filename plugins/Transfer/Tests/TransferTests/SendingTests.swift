import BankEvents
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing
import TransferEvents

@Suite("Sending")
struct SendingTests {
    let alice = Address.named("alice")

    /// A hub with a channel to a zone, and the end on it.
    func hub(_ coins: String = "100uatom", bank: JSONValue = [:]) throws -> (TransferChain, ChannelEndID) {
        let hub = try TransferChain("hub-1", bank: bank, balances: [(alice, coins)])
        return (hub, try hub.connect(to: try TransferChain("zone-1", firstChannel: 7)).here)
    }

    @Test("Nothing is not sent")
    func zero() throws {
        let (hub, end) = try hub()
        try hub.trySend("0uatom", through: end, from: alice, to: "osmo1x").thenFailed(.invalidTransferAmount)
    }

    @Test("A receiver has to be named, within bounds; what it looks like is the other chain's affair")
    func receiver() throws {
        let (hub, end) = try hub()
        for receiver in ["", "  \n", String(repeating: "r", count: 2049)] {
            try hub.trySend("1uatom", through: end, from: alice, to: receiver).thenFailed(.invalidTransferParty)
        }
        let longest = String(repeating: "r", count: 2048)
        try hub.trySend("1uatom", through: end, from: alice, to: longest).thenSucceeded()
        try hub.trySend("1uatom", through: end, from: alice, to: "0xé").thenSucceeded()
    }

    @Test("A transfer has to time out one day, by height or by time")
    func timeout() throws {
        let (hub, end) = try hub()
        try hub.trySend("1uatom", through: end, from: alice, to: "osmo1x", timeout: 0).thenFailed(.noTransferTimeout)
        let byHeight = TransferMessage.with {
            $0.transfer.sourceChannel = "channel-0"
            $0.transfer.token.denom = "uatom"
            $0.transfer.token.amount = "1"
            $0.transfer.receiver = "osmo1x"
            $0.transfer.timeoutHeight.revisionHeight = 10
        }
        let outcome = try hub.harness.when(byHeight, from: alice).thenSucceeded()
        #expect(outcome.sentPackets.first?.timeoutHeight.revisionHeight == 10)
    }

    @Test("A message that asks for nothing is refused")
    func empty() throws {
        let (hub, _) = try hub()
        try hub.harness.when(TransferMessage(), from: alice).thenFailed(.unknownMessage)
    }

    @Test("Nobody sends more than they have, and then nothing moves")
    func overdraft() throws {
        let (hub, end) = try hub()
        try hub.trySend("101uatom", through: end, from: alice, to: "osmo1x").thenFailed(.insufficientFunds)
        #expect(try hub.balance(alice) == "100")
        #expect(try hub.escrowed(end) == [])
    }

    @Test("A denomination that the bank does not let go stays")
    func disabled() throws {
        let (hub, end) = try hub(bank: ["send_enabled": [["denom": "uatom", "enabled": false]]])
        try hub.trySend("1uatom", through: end, from: alice, to: "osmo1x").thenFailed(.sendDisabled)
    }

    @Test("A voucher that was never minted here is unknown, and so is a channel that was never opened")
    func unknown() throws {
        let (hub, end) = try hub()
        try hub.trySend("1ibc/27394FB0", through: end, from: alice, to: "osmo1x").thenFailed(.unknownTrace)
        let other = ChannelEndID(port: .transfer, channel: ChannelID(number: 5))
        try hub.trySend("1uatom", through: other, from: alice, to: "osmo1x").thenFailed(.unknownChannel)
    }

    @Test(
        "A token at home may have slashes in its name, unless they would be read as its way",
        arguments: [
            ("factory/cosmos1abc/gold", true), ("gamm/pool/1", true), ("channel-0/gold", true),
            ("transfer/channel-0/gold", false), ("transfer/channel-9/gold", false), ("xx/channel-0", false),
            ("x/channel-0/gold", false),
        ]
    )
    func slashes(denom: String, mayLeave: Bool) throws {
        let (hub, end) = try hub("100\(denom)")
        let outcome = try hub.trySend("40\(denom)", through: end, from: alice, to: "osmo1x")
        if mayLeave {
            try outcome.thenSucceeded()
            #expect(try hub.escrowed(end) == ["40\(denom)"])
        } else {
            try outcome.thenFailed(.invalidTransferDenomination)
            #expect(try hub.balance(alice, denom) == "100")
        }
    }

    @Test("A token with slashes in its name comes back as what it was")
    func slashesComeBack() throws {
        let denom = "factory/cosmos1abc/gold"
        let hub = try TransferChain("hub-1", balances: [(alice, "100\(denom)")])
        let zone = try TransferChain("zone-1", firstChannel: 7)
        let (here, there) = try hub.connect(to: zone)
        #expect(try zone.receive(hub.send("9\(denom)", through: here, from: alice, to: zone.text(alice))).isSuccess)
        let voucher = try DenominationTrace(path: "\(there)/\(denom)").denomination
        #expect(try hub.receive(zone.send("9\(voucher)", through: there, from: alice, to: hub.text(alice))).isSuccess)
        #expect(try hub.balance(alice, denom) == "100")
    }

    @Test("A memo has at most 32 KiB; of characters that JSON escapes, as many as a record can hold")
    func memo() throws {
        let (hub, end) = try hub()
        let send = { (memo: String) in
            try hub.trySend("1uatom", through: end, from: alice, to: "osmo1x", memo: memo)
        }
        try send(String(repeating: "m", count: 32_768)).thenSucceeded()
        try send(String(repeating: "m", count: 32_769)).thenFailed(.memoTooLong)
        try send(String(repeating: "\u{1}", count: 32_768)).thenFailed(.transferTooLarge)
        let escapable = (Packet.recordableDataByteCount - 1_000) / 6
        try send(String(repeating: "<", count: escapable)).thenSucceeded()
        #expect(try hub.balance(alice) == "98")
        try hub.finish()
    }

    @Test("The largest amount there is can leave and come back")
    func largest() throws {
        let all = "340282366920938463463374607431768211455"
        let hub = try TransferChain("hub-1", balances: [(alice, "\(all)big")])
        let zone = try TransferChain("zone-1", firstChannel: 7)
        let (here, there) = try hub.connect(to: zone)
        #expect(try zone.receive(hub.send("\(all)big", through: here, from: alice, to: zone.text(alice))).isSuccess)
        let voucher = try DenominationTrace(path: "\(there)/big").denomination
        #expect(
            try hub.receive(zone.send("\(all)\(voucher)", through: there, from: alice, to: hub.text(alice))).isSuccess
        )
        #expect(try hub.balance(alice, "big") == all)
        try hub.finish()
        try zone.finish()
    }
}
