import Bank
import BankEvents
import ModuleKit
import ModuleTesting
import Testing

/// The bank on a real store, where every block is also rebuilt from its records and every invariant checked.
@Suite("On a store")
struct StoreTests {
    let alice = Address.named("alice")
    let bob = Address.named("bob")

    private func genesis(_ coins: String) throws -> JSONValue {
        try JSONValue(
            parsing:
                #"{"bank": {"balances": [{"address": "\#(try alice.text(prefix: "cosmos"))", "coins": [\#(coins)]}]}}"#
        )
    }

    private func transfer(_ coins: String, to recipient: Address) throws -> BankMessage {
        let coins = try Coins(coins).proto
        let text = try recipient.text(prefix: "cosmos")
        return .with {
            $0.send.toAddress = text
            $0.send.amount = coins
        }
    }

    @Test("Blocks of sends are stored, seen by a neighbour, and found again")
    func blocks() throws {
        let harness = try ModuleHarness(Bank(), neighbours: [AcceptingNeighbour<BankEvent>()])
        try harness.given(
            .genesis(appState: try genesis(#"{"denom": "aaa", "amount": "3"}, {"denom": "uatom", "amount": "100"}"#)),
            .messages([try transfer("10uatom", to: bob), try transfer("1aaa,20uatom", to: bob)], from: alice),
            .blocks(2)
        )
        let (from, to) = (try alice.text(prefix: "cosmos"), try bob.text(prefix: "cosmos"))
        let coins = try Coins("2aaa").proto
        try harness.when(try transfer("2aaa", to: bob), from: alice)
            .thenEmitted(
                .with {
                    $0.transferred.fromAddress = from
                    $0.transferred.toAddress = to
                    $0.transferred.amount = coins
                }
            )
        try harness.when(try transfer("71uatom", to: bob), from: alice).thenFailed(
            .insufficientFunds,
            saying: "70uatom"
        )
        // What was committed and what this block changed are read as one.
        let held = try harness.query(.with { $0.allBalances.address = from }).allBalances.balances
        #expect(held.map(\.denom) == ["uatom"])
        #expect(
            try harness.query(.with { $0.allBalances.address = to }).allBalances.balances.map(\.amount) == ["3", "30"]
        )
        try harness.nextBlock()
        #expect(try harness.query(.with { $0.supply.denom = "uatom" }).supply.existing == "100")
        let seen = try harness.seen(by: AcceptingNeighbour<BankEvent>.self).filter {
            $0.transferred != BankTransferred()
        }
        #expect(seen.count == 3)
    }

    @Test("A neighbour's veto leaves no trace of a multi-send")
    func veto() throws {
        let failing = FailingNeighbour<BankEvent> { $0.transferred.amount.contains { $0.denom == "aaa" } }
        let harness = try ModuleHarness(Bank(), neighbours: [failing])
        try harness.given(
            .genesis(appState: try genesis(#"{"denom": "aaa", "amount": "3"}, {"denom": "uatom", "amount": "100"}"#))
        )
        let to = try bob.text(prefix: "cosmos")
        let outputs = try ["1uatom", "1aaa"].map { coins in
            let coins = try Coins(coins).proto
            return BankOutput.with {
                $0.address = to
                $0.coins = coins
            }
        }
        try harness.when(.with { $0.multiSend.outputs = outputs }, from: alice)
            .thenFailed(.refusedByNeighbour, saying: "output 1")
        #expect(try harness.query(.with { $0.allBalances.address = to }).allBalances.balances.isEmpty)
        try harness.nextBlock()
    }

    @Test("A send costs bounded work, and one without enough of it fails whole")
    func work() throws {
        let harness = try ModuleHarness(Bank())
        try harness.given(.genesis(appState: try genesis(#"{"denom": "uatom", "amount": "100"}"#)))
        let message = try transfer("1uatom", to: bob)
        let used = try harness.when(message, from: alice).thenSucceeded().workUsed
        #expect(used < 500)
        try harness.when(message, from: alice, workLimit: used - 1).thenFailed(.outOfWork)
        try harness.when(message, from: alice, workLimit: used).thenSucceeded()
        try harness.nextBlock()
        let query = BankQuery.with {
            $0.balance.address = harness.addresses.format(bob, as: .account)
            $0.balance.denom = "uatom"
        }
        #expect(try harness.query(query).balance.amount == "2")
    }

    @Test("Movements of a module, its claims and its mints are rebuilt from the log")
    func movements() throws {
        let harness = try ModuleHarness(Bank(), neighbours: [Pool()])
        let pool = try Address(moduleName: "pool").text(prefix: "cosmos")
        let to = try bob.text(prefix: "cosmos")
        let coins = try Coins("7uatom").proto
        let claim = PoolEvent.with {
            $0.claimed.name = "pool"
            $0.claimed.permissions = [1, 2]
        }
        let mint = PoolMovement.with {
            $0.toAddress = pool
            $0.coins = coins
            $0.moduleAccount = "pool"
        }
        let pay = PoolMovement.with {
            $0.fromAddress = pool
            $0.toAddress = to
            $0.coins = coins
        }
        try harness.when(recording: [claim, .with { $0.moved.movements = [mint, pay] }], of: Pool.self).thenSucceeded()
        harness.withhold(.bankMint)
        try harness.when(recording: [.with { $0.moved.movements = [mint] }], of: Pool.self).thenFailed(.notGranted)
        try harness.nextBlock()
        #expect(try harness.query(.with { $0.supply.denom = "uatom" }).supply.existing == "7")
        let exported = try harness.exportGenesis()
        #expect(exported["bank"]["balances"][0]["address"].value == .string(to))
    }
}
