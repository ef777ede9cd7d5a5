import Bank
import BankEvents
import ModuleKit
import Testing

@Suite("Sending")
struct SendTests {
    let alice = Address.user("alice")
    let bob = Address.user("bob")

    @Test("A send moves the coins, and a balance of zero is removed")
    func send() throws {
        let chain = try BankChain()
        try chain.fund(alice, "100uatom,7uosmo")
        try chain.send("100uatom,3uosmo", from: alice, to: bob)
        #expect(try chain.balance(alice) == "0")
        #expect(try chain.balance(alice, "uosmo") == "4")
        #expect(try chain.balance(bob) == "100")
        #expect(try chain.balance(bob, "uosmo") == "3")
        let held = try chain.ask(.with { $0.allBalances.address = chain.text(alice) }).allBalances
        #expect(held.balances.map(\.denom) == ["uosmo"])
        try chain.finish()
    }

    @Test("A send to oneself changes nothing")
    func sendToOneself() throws {
        let chain = try BankChain()
        try chain.fund(alice, "5uatom")
        try chain.send("5uatom", from: alice, to: alice)
        #expect(try chain.balance(alice) == "5")
        #expect(code { try chain.send("6uatom", from: alice, to: alice) } == .insufficientFunds)
        try chain.finish()
    }

    @Test("A send of more than is held is refused, and nothing of it remains")
    func insufficientFunds() throws {
        let chain = try BankChain()
        try chain.fund(alice, "10uatom,1uosmo")
        let recorded = chain.bankEvents.count
        #expect(code { try chain.send("10uatom,2uosmo", from: alice, to: bob) } == .insufficientFunds)
        #expect(try chain.balance(alice) == "10")
        #expect(chain.bankEvents.count == recorded)
        try chain.finish()
    }

    @Test("An amount of 2^128 - 1 can be sent, and minting more of it is refused")
    func largestAmount() throws {
        let chain = try BankChain()
        try chain.fund(alice, "\(Amount.max)uatom")
        try chain.send("\(Amount.max)uatom", from: alice, to: bob)
        #expect(try chain.balance(bob) == Amount.max.description)
        #expect(code { try chain.mint("1uatom", to: alice, by: "pool") } == .supplyOverflow)
        try chain.finish()
    }

    @Test("Malformed sends are refused with what is wrong")
    func malformed() throws {
        let chain = try BankChain()
        try chain.fund(alice, "100uatom")
        let coin = ProtoCoin(try Coin("1uatom"))
        func send(_ recipient: String, _ coins: [ProtoCoin]) -> ModuleError.Code? {
            let message = BankMessage.with {
                $0.send.toAddress = recipient
                $0.send.amount = coins
            }
            return code { try chain.send(message, from: alice) }
        }
        #expect(send(chain.text(bob), []) == .emptyTransfer)
        #expect(send(chain.text(bob), [coin, coin]) == .invalidCoins)
        #expect(
            send(
                chain.text(bob),
                [
                    .with {
                        $0.denom = "uatom"; $0.amount = "0"
                    }
                ]
            ) == .invalidCoins
        )
        #expect(
            send(
                chain.text(bob),
                [
                    .with {
                        $0.denom = "uatom"; $0.amount = "-1"
                    }
                ]
            ) == .invalidAmount
        )
        #expect(
            send(
                chain.text(bob),
                [
                    .with {
                        $0.denom = "!"; $0.amount = "1"
                    }
                ]
            ) == .invalidDenom
        )
        #expect(send(try bob.text(prefix: "osmo"), [coin]) == .wrongAddressPrefix)
        #expect(send("", [coin]) == .invalidBech32)
        #expect(code { try chain.send(BankMessage(), from: alice) } == .unknownMessage)
        try chain.finish()
    }

    @Test("A module account takes no sends, unless it was declared to")
    func moduleAccountsAreBlocked() throws {
        let chain = try BankChain()
        try chain.fund(alice, "10uatom")
        try chain.claim("open", acceptsSends: true)
        #expect(code { try chain.send("1uatom", from: alice, to: Address(moduleName: "pool")) } == .blockedRecipient)
        try chain.send("1uatom", from: alice, to: Address(moduleName: "open"))
        #expect(try chain.balance(Address(moduleName: "open")) == "1")
        try chain.finish()
    }

    @Test("The admin bars an account from receiving, and lifts it again")
    func blockedAddresses() throws {
        let chain = try BankChain()
        try chain.fund(alice, "10uatom")
        try chain.configure(#"{"blocked_addresses": ["\#(chain.text(bob))"]}"#)
        #expect(code { try chain.send("1uatom", from: alice, to: bob) } == .blockedRecipient)
        try chain.configure(#"{"unblocked_addresses": ["\#(chain.text(bob))"]}"#)
        try chain.send("1uatom", from: alice, to: bob)
        try chain.finish()
    }

    @Test("A denomination's own setting goes before the default")
    func sendEnabled() throws {
        let chain = try BankChain()
        try chain.fund(alice, "10uatom,10uosmo")
        try chain.configure(#"{"send_enabled": [{"denom": "uatom", "enabled": false}]}"#)
        #expect(code { try chain.send("1uatom", from: alice, to: bob) } == .sendDisabled)
        try chain.send("1uosmo", from: alice, to: bob)
        try chain.configure(
            #"{"default_send_enabled": false, "send_enabled": [{"denom": "uatom", "enabled": true}]}"#
        )
        try chain.send("1uatom", from: alice, to: bob)
        #expect(code { try chain.send("1uosmo", from: alice, to: bob) } == .sendDisabled)
        try chain.configure(#"{"send_enabled": [{"denom": "uatom", "enabled": null}]}"#)
        #expect(code { try chain.send("1uatom", from: alice, to: bob) } == .sendDisabled)
        #expect(code { try chain.configure(#"{"sendEnabled": []}"#) } == .invalidArgument)
        #expect(code { try chain.configure(#"{"default_send_enabled": "yes"}"#) } == .wrongKind)
        try chain.finish()
    }

    @Test("A multi-send pays every output, each as its own event")
    func multiSend() throws {
        let chain = try BankChain()
        try chain.fund(alice, "10uatom,10uosmo")
        let recorded = chain.bankEvents.count
        try chain.multiSend([(bob, "3uatom"), (.user("carol"), "4uatom,1uosmo"), (bob, "3uatom")], from: alice)
        #expect(try chain.balance(bob) == "6")
        #expect(try chain.balance(.user("carol")) == "4")
        #expect(try chain.balance(alice) == "0")
        #expect(chain.bankEvents.count == recorded + 3)
        try chain.finish()
    }

    @Test("A multi-send that can't pay its last output pays none")
    func multiSendIsWhole() throws {
        let chain = try BankChain()
        try chain.fund(alice, "10uatom")
        #expect(code { try chain.multiSend([(bob, "6uatom"), (bob, "5uatom")], from: alice) } == .insufficientFunds)
        #expect(code { try chain.multiSend([(bob, "6uatom"), (bob, "")], from: alice) } == .emptyTransfer)
        #expect(code { try chain.multiSend([], from: alice) } == .invalidOutputs)
        let tooMany = (0...Bank.outputsMax).map { (Address.user("\($0)"), "1uatom") }
        #expect(code { try chain.multiSend(tooMany, from: alice) } == .invalidOutputs)
        #expect(try chain.balance(alice) == "10")
        #expect(try chain.balance(bob) == "0")
        try chain.finish()
    }

    @Test("A subscriber's veto undoes the transfer")
    func veto() throws {
        let chain = try BankChain()
        try chain.fund(alice, "10uatom,10veto")
        #expect(code { try chain.send("1uatom,1veto", from: alice, to: bob) } == .unauthorized)
        #expect(code { try chain.multiSend([(bob, "1uatom"), (bob, "1veto")], from: alice) } == .unauthorized)
        #expect(try chain.balance(alice) == "10")
        #expect(try chain.balance(alice, "veto") == "10")
        #expect(try chain.balance(bob) == "0")
        try chain.finish()
    }
}
