import BankEvents
import ModuleKit
import ModuleTesting
import Testing
import VaultEvents

@Suite("Genesis")
struct GenesisTests {
    /// A chain on which much has happened: slashes, stakes in flight, and coins that a local holder has kept.
    func busyChain() throws -> VaultChain {
        let chain = try VaultChain(slashable: ["alpha": "0.333333333333333333"])
        for person in [chain.alice, chain.bob] {
            try chain.bond("200000uatom", from: person).thenSucceeded()
            try chain.stakeLocal("190000uatom", from: person).thenSucceeded()
            try chain.stake("150000uatom", with: "alpha", from: person).thenSucceeded()
            try chain.say(Alpha.self, of: person, .commit("120000")).thenSucceeded()
            try chain.stake("77uatom", with: "beta", from: person).thenSucceeded()
        }
        try chain.tell(Local.self) { $0.cutAnswer = .ignore }
        try chain.slash(Alpha.self, of: chain.alice, by: "30000").thenSucceeded()
        try chain.slash(Alpha.self, of: chain.bob, by: "5").thenSucceeded()
        try chain.finish()
        return chain
    }

    /// Another chain with what a section says, on which the vault has coins.
    func chain(_ section: JSONValue, holding amount: String) throws -> VaultChain {
        try VaultChain(
            genesis: [("vault/vault", section)],
            balances: [(VaultEvent.moduleAccount(of: 1).address, "\(amount)uatom")]
        )
    }

    @Test("What is exported is imported as it was")
    func roundTrip() throws {
        let chain = try busyChain()
        let exported = try chain.harness.exportGenesis()["vault/vault"].required()
        let copy = try self.chain(exported, holding: chain.balance(chain.vaultAddress))
        #expect(try copy.harness.exportGenesis()["vault/vault"].required() == exported)
        for person in [chain.alice, chain.bob] {
            #expect(try copy.details(person) == chain.details(person))
        }
        try copy.finish()
        let outcome = try copy.stake("5uatom", with: "gamma", from: copy.bob).thenSucceeded()
        #expect(outcome.emitted.first?.lienRequested.transaction == 7)
    }

    @Test("An empty vault exports and imports nothing")
    func empty() throws {
        let chain = try VaultChain()
        let exported = try chain.harness.exportGenesis()["vault/vault"].required()
        #expect(exported == ["denom": "uatom", "last_transaction": "0", "accounts": []])
        let copy = try self.chain(exported, holding: "1")
        #expect(try copy.harness.exportGenesis()["vault/vault"].required() == exported)
    }

    @Test(
        "A section without coins behind it, or that breaks an invariant, is refused with its path",
        arguments: [
            (#"{"collateral":"101","unburned":"0","liens":[]}"#, "the bank has 100 there"),
            (#"{"collateral":"0","unburned":"0","liens":[]}"#, "nothing in it"),
            (#"{"collateral":"-1","unburned":"0","liens":[]}"#, "collateral"),
            (#"{"collateral":"9","liens":[]}"#, "unburned"),
            (lien(#""total":"101""#), "liens-covered"),
            (lien(#""slashable":"1.1""#), "liens-in-bounds"),
            (lien(#""in_flight":"51""#), "liens-in-bounds"),
            (lien(#""lent":"1""#), "liens-in-bounds"),
            (lien(#""holder":"nobody""#), "deploy the holder"),
            (lien(#""purpose":"other""#), "local or remote"),
            (lien(#""novelty":1"#), "novelty"),
        ]
    )
    func refused(account: String, message: String) throws {
        var members = try JSONValue(parsing: account)
        if case .object(var object) = members {
            object["address"] = .string(try Address.named("carol").text(prefix: "cosmos"))
            members = .object(object)
        }
        let section: JSONValue = ["denom": "uatom", "last_transaction": "0", "accounts": [members]]
        let error = #expect(throws: HarnessError.self) { try chain(section, holding: "100") }
        #expect(error?.description.contains(message) == true, "\(String(describing: error))")
    }

    /// An account with one lien that is all right but for one member.
    static func lien(_ member: String) -> String {
        let members = [
            (#""holder""#, #""alpha""#), (#""purpose""#, #""remote""#), (#""total""#, #""50""#),
            (#""in_flight""#, #""10""#), (#""slashable""#, #""0.1""#), (#""lent""#, #""0""#), (#""outflows""#, "[]"),
        ]
        let kept = members.filter { !member.hasPrefix($0.0) }.map { "\($0.0):\($0.1)" } + [member]
        return #"{"collateral":"100","unburned":"0","liens":[{"# + kept.joined(separator: ",") + "}]}"
    }

    @Test("A section of another denomination, or with an account twice, is refused")
    func contradictions() throws {
        let other: JSONValue = ["denom": "ujuno", "last_transaction": "0", "accounts": []]
        #expect(throws: HarnessError.self) { try chain(other, holding: "100") }
        let account: JSONValue = [
            "address": .string(try Address.named("carol").text(prefix: "cosmos")),
            "collateral": "5", "unburned": "0", "liens": [],
        ]
        let twice: JSONValue = ["denom": "uatom", "last_transaction": "0", "accounts": [account, account]]
        #expect(throws: HarnessError.self) { try chain(twice, holding: "100") }
    }
}
