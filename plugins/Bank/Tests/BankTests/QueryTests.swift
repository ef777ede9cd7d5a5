import Bank
import BankEvents
import ModuleKit
import Testing

@Suite("Queries")
struct QueryTests {
    let alice = Address.user("alice")

    @Test("Balances come in pages that lead on to one another")
    func pagedBalances() throws {
        let chain = try BankChain()
        try chain.fund(alice, "1aaa,2bbb,3ccc,4ddd,5eee")
        try chain.fund(.user("bob"), "9aaa,9zzz")
        var found: [String] = []
        var next = ""
        repeat {
            let query = BankQuery.with {
                $0.allBalances.address = chain.text(alice)
                $0.allBalances.startDenom = next
                $0.allBalances.limit = 2
            }
            let page = try chain.ask(query).allBalances
            #expect(page.balances.count <= 2)
            found += page.balances.map { "\($0.amount)\($0.denom)" }
            next = page.nextDenom
        } while !next.isEmpty
        #expect(found == ["1aaa", "2bbb", "3ccc", "4ddd", "5eee"])
    }

    @Test("A page starts at the next denomination when its own is not held")
    func startBetween() throws {
        let chain = try BankChain()
        try chain.fund(alice, "1aaa,3ccc")
        let query = BankQuery.with {
            $0.allBalances.address = chain.text(alice)
            $0.allBalances.startDenom = "bbb"
        }
        #expect(try chain.ask(query).allBalances.balances.map(\.denom) == ["ccc"])
        let none = try chain.ask(.with { $0.allBalances.address = chain.text(.user("nobody")) }).allBalances
        #expect(none.balances.isEmpty && none.nextDenom.isEmpty)
    }

    @Test("Supplies and module accounts come in pages too")
    func pagedSupplies() throws {
        let chain = try BankChain()
        try chain.fund(alice, "1aaa,2bbb,3ccc")
        try chain.claim("alpha")
        let first = try chain.ask(.with { $0.totalSupply.limit = 2 }).totalSupply
        #expect(first.supplies.map(\.existing) == ["1", "2"])
        let second = try chain.ask(.with { $0.totalSupply.startDenom = first.nextDenom }).totalSupply
        #expect(second.supplies.map(\.reported.denom) == ["ccc"])
        #expect(second.nextDenom.isEmpty)
        let modules = try chain.ask(.with { $0.moduleAccounts.limit = 1 }).moduleAccounts
        #expect(modules.moduleAccounts.map(\.moduleAccount.name) == ["alpha"])
        #expect(modules.nextName == "pool")
        let rest = try chain.ask(.with { $0.moduleAccounts.startName = "pool" }).moduleAccounts
        #expect(rest.moduleAccounts.map(\.address) == [chain.text(Address(moduleName: "pool"))])
    }

    @Test("Parameters and denominations tell whether something can be sent")
    func settings() throws {
        let chain = try BankChain()
        #expect(try chain.ask(.with { $0.params = BankParamsQuery() }).params.defaultSendEnabled)
        #expect(try chain.ask(.with { $0.denom.denom = "uatom" }).denom.sendEnabled)
        try chain.configure(#"{"send_enabled": [{"denom": "uatom", "enabled": false}]}"#)
        let state = try chain.ask(.with { $0.denom.denom = "uatom" }).denom
        #expect(!state.sendEnabled && !state.hasMetadata)
    }

    @Test("Whether an account takes sends is answered by the rule that sends are judged by")
    func receiving() throws {
        let chain = try BankChain()
        try chain.fund(alice, "10uatom")
        try chain.claim("open", acceptsSends: true)
        try chain.claim("closed")
        let barred = Address.user("barred")
        try chain.configure(#"{"blocked_addresses": ["\#(chain.text(barred))"]}"#)
        let expected: [(Address, isBlocked: Bool)] = [
            (alice, false), (barred, true), (Address(moduleName: "open"), false), (Address(moduleName: "closed"), true),
            (Address(moduleName: "pool"), true), (.user("new"), false),
        ]
        for (address, isBlocked) in expected {
            let answer = try chain.ask(.with { $0.receiving.address = chain.text(address) }).receiving
            #expect(answer.blocked == isBlocked)
            let refusal = code { try chain.send("1uatom", from: alice, to: address) }
            #expect(refusal == (isBlocked ? .blockedRecipient : nil))
        }
        #expect(code { _ = try chain.ask(.with { $0.receiving.address = "x" }) } == .invalidBech32)
        try chain.finish()
    }

    @Test("Questions about nothing are refused")
    func refusals() throws {
        let chain = try BankChain()
        #expect(code { _ = try chain.ask(BankQuery()) } == .invalidArgument)
        #expect(code { _ = try chain.ask(.with { $0.account.address = chain.text(alice) }) } == .notFound)
        #expect(code { _ = try chain.ask(.with { $0.moduleAccount.name = "nobody" }) } == .notFound)
        #expect(code { _ = try chain.ask(.with { $0.balance.address = "x" }) } == .invalidDenom)
        #expect(code { _ = try chain.ask(.with { $0.supply.denom = "" }) } == .invalidDenom)
        let fresh = try BankChain(isGenesis: true)
        #expect(code { _ = try fresh.exported() } == .invalidState)
    }
}
