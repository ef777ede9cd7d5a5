import Bank
import BankEvents
import ModuleKit
import Testing

@Suite("Genesis round trip")
struct GenesisRoundTripTests {
    /// The bytes of state that importing sections of `app_state` leads to.
    private func state(importing appState: JSONValue) throws -> [[[UInt8]]] {
        let chain = try BankChain(isGenesis: true)
        try chain.importGenesis(appState)
        return try chain.execution.sealState().entries(ofInstance: 1)
    }

    @Test("Importing an export gives the same state, byte for byte, and the same export")
    func roundTrip() throws {
        let chain = try BankChain(isGenesis: true)
        func text(_ name: String) -> String { chain.text(.user(name)) }
        let vesting = #""original_vesting": [{"denom": "uatom", "amount": "8"}], "end_time": "2000""#
        let base = { (name: String) in #""base_account": {"address": "\#(text(name))", "account_number": "2"}"# }
        try chain.importGenesis(
            """
            {"auth": {"params": {"max_memo_characters": "256", "tx_sig_limit": "7"}, "accounts": [
               {"@type": "/cosmos.auth.v1beta1.BaseAccount", "address": "\(text("a"))", "account_number": "1",
                 "sequence": "3", "pub_key": {"@type": "/cosmos.crypto.multisig.LegacyAminoPubKey", "threshold": 1,
                   "public_keys": [{"@type": "/cosmos.crypto.ed25519.PubKey",
                     "key": "\(GenesisLayoutTests.ed25519)"}]}},
               {"@type": "/cosmos.vesting.v1beta1.DelayedVestingAccount", "base_vesting_account": {\(base("b")), \(vesting)}},
               {"@type": "/cosmos.vesting.v1beta1.ContinuousVestingAccount",
                 "base_vesting_account": {\(base("c")), \(vesting)}, "start_time": "1000"},
               {"@type": "/cosmos.vesting.v1beta1.PermanentLockedAccount",
                 "base_vesting_account": {\(base("d")), "original_vesting": [{"denom": "uatom", "amount": "1"}]}},
               {"@type": "/cosmos.vesting.v1beta1.PeriodicVestingAccount",
                 "base_vesting_account": {\(base("e")), \(vesting)}, "start_time": "1000", "vesting_periods": [
                   {"length": "1000", "amount": [{"denom": "uatom", "amount": "8"}]}]},
               {"@type": "/cosmos.auth.v1beta1.ModuleAccount", "base_account": {
                 "address": "\(chain.text(Address(moduleName: "mint")))"}, "name": "mint", "permissions": ["minter"]}]},
             "bank": {"params": {"default_send_enabled": false}, "send_enabled": [{"denom": "uatom", "enabled": true}],
               "balances": [
                 {"address": "\(text("a"))", "coins": [{"denom": "ibc/27394FB0", "amount": "1"},
                   {"denom": "uatom", "amount": "340282366920938463463374607431768211000"}]},
                 {"address": "\(text("b"))", "coins": [{"denom": "uatom", "amount": "8"}]}],
               "supply_offsets": [{"denom": "uatom", "offset": "-4"}], "blocked_addresses": ["\(text("x"))"],
               "denom_metadata": [{"description": "\\"Atom\\"", "base": "uatom", "display": "atom", "name": "Atom",
                 "symbol": "ATOM", "uri": "", "uri_hash": "", "denom_units": [
                   {"denom": "uatom", "exponent": 0, "aliases": ["microatom"]}]}]}}
            """
        )
        let exported = try chain.exported()
        #expect(exported["bank"]["supply"][1]["amount"].value == "340282366920938463463374607431768211008")
        let original = try chain.execution.sealState().entries(ofInstance: 1)
        #expect(try state(importing: exported) == original)

        let second = try BankChain(isGenesis: true)
        try second.importGenesis(try JSONValue(parsing: exported.text()))
        #expect(try second.exported() == exported)
    }

    @Test("What happened on a chain is exported as where it led to")
    func afterTransactions() throws {
        let chain = try BankChain()
        try chain.fund(.user("alice"), "10uatom,4uosmo")
        try chain.send("10uatom", from: .user("alice"), to: .user("bob"))
        try chain.offset("uatom", "-3", by: "pool")
        let exported = try chain.exported()
        let next = try BankChain(isGenesis: true)
        let report = try next.importGenesis(exported)
        #expect(!report.hasSkipped)
        #expect(try next.balance(.user("bob")) == "10")
        #expect(try next.balance(.user("alice"), "uosmo") == "4")
        #expect(try next.supply().reported.amount == "7")
        #expect(try next.exported() == exported)
        try next.claim("pool", [.minter], by: 1)
        #expect(try next.ask(.with { $0.moduleAccount.name = "pool" }).moduleAccount.moduleAccount.owner == 3)
        try next.finish()
    }

    @Test("An account of many denominations is imported in events of bounded size")
    func manyDenominations() throws {
        let chain = try BankChain(isGenesis: true)
        let denoms = (1_000..<1_600).map { "ibc/\($0)" }
        let coins = denoms.map { #"{"denom": "\#($0)", "amount": "1"}"# }.joined(separator: ",")
        let address = chain.text(.user("alice"))
        try chain.importGenesis(#"{"bank": {"balances": [{"address": "\#(address)", "coins": [\#(coins)]}]}}"#)
        #expect(chain.bankEvents.count == 4)
        let query = BankQuery.with {
            $0.allBalances.address = address
            $0.allBalances.limit = 5_000
        }
        #expect(try chain.ask(query).allBalances.balances.map(\.denom) == denoms)
        try chain.finish()
    }
}
