import Bank
import BankEvents
import ModuleKit
import Testing

/// Tiny documents in the layouts that Cosmos chains have had. The keys are 33 bytes of 2 and 32 bytes of 7.
@Suite("Genesis layouts")
struct GenesisLayoutTests {
    let alice = Address.user("alice")
    let bob = Address.user("bob")
    static let secp256k1 = "AgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgIC"
    static let ed25519 = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc="

    private func account(_ chain: BankChain, _ address: Address) throws -> BankAccount {
        try chain.ask(.with { $0.account.address = chain.text(address) }).account
    }

    @Test("SDK 0.40 and later: typed accounts, balances, supply, parameters and metadata")
    func protobufLayout() throws {
        let chain = try BankChain(isGenesis: true)
        let report = try chain.importGenesis(
            """
            {"auth": {"params": {"max_memo_characters": "256", "tx_sig_limit": "7", "tx_size_cost_per_byte": "10",
                "sig_verify_cost_ed25519": "590", "sig_verify_cost_secp256k1": "1000"},
              "accounts": [
                {"@type": "/cosmos.auth.v1beta1.BaseAccount", "address": "\(chain.text(alice))",
                  "pub_key": {"@type": "/cosmos.crypto.secp256k1.PubKey", "key": "\(Self.secp256k1)"},
                  "account_number": "5", "sequence": "12"},
                {"@type": "/cosmos.auth.v1beta1.BaseAccount", "address": "\(chain.text(bob))",
                  "pub_key": {"@type": "/cosmos.crypto.multisig.LegacyAminoPubKey", "threshold": 1, "public_keys": [
                    {"@type": "/cosmos.crypto.ed25519.PubKey", "key": "\(Self.ed25519)"}]},
                  "account_number": "6", "sequence": "0"},
                {"@type": "/cosmos.auth.v1beta1.ModuleAccount", "base_account": {
                  "address": "\(chain.text(Address(moduleName: "mint")))", "pub_key": null, "account_number": "7",
                  "sequence": "0"}, "name": "mint", "permissions": ["minter"]}]},
             "bank": {"params": {"send_enabled": [{"denom": "uosmo", "enabled": false}], "default_send_enabled": true},
              "balances": [{"address": "\(chain.text(alice))",
                  "coins": [{"denom": "uatom", "amount": "5"}, {"denom": "uosmo", "amount": "6"}]},
                {"address": "\(chain.text(bob))", "coins": [{"denom": "uatom", "amount": "7"}]}],
              "supply": [{"denom": "uatom", "amount": "12"}, {"denom": "uosmo", "amount": "6"}],
              "denom_metadata": [{"description": "The staking token.", "base": "uatom", "display": "atom",
                "denom_units": [{"denom": "uatom", "exponent": 0, "aliases": ["microatom"]},
                  {"denom": "atom", "exponent": 6}]}]},
             "vesting": {}}
            """
        )
        #expect(!report.hasSkipped)
        #expect(report.readSections.isSuperset(of: ["auth", "bank", "vesting"]))
        let alice = try account(chain, alice)
        #expect(alice.accountNumber == 5 && alice.sequence == 12)
        #expect([UInt8](alice.publicKey.key) == [UInt8](repeating: 2, count: 33))
        #expect(report.findings.contains { $0.path == "app_state.auth.accounts[].pub_key" && $0.weight == .remark })
        #expect(try account(chain, bob).publicKey.publicKeys.map(\.typeURL) == ["/cosmos.crypto.ed25519.PubKey"])
        #expect(try account(chain, Address(moduleName: "mint")).moduleAccount.permissions == [.minter])
        #expect(try chain.supply().existing == "12")
        #expect(try chain.ask(.with { $0.denom.denom = "uatom" }).denom.metadata.denomUnits.map(\.exponent) == [0, 6])
        #expect(try !chain.ask(.with { $0.denom.denom = "uosmo" }).denom.sendEnabled)
        #expect(try chain.ask(.with { $0.params = BankParamsQuery() }).params.auth.txSigLimit == 7)
        try chain.finish()
    }

    @Test("SDK 0.38 and 0.39: Amino accounts with their coins, nested or flat, and x/supply")
    func aminoLayout() throws {
        let chain = try BankChain(isGenesis: true)
        let report = try chain.importGenesis(
            """
            {"auth": {"params": {"max_memo_characters": "256"}, "accounts": [
               {"type": "cosmos-sdk/Account", "value": {"address": "\(chain.text(alice))",
                 "coins": [{"denom": "uatom", "amount": "5"}],
                 "public_key": {"type": "tendermint/PubKeyEd25519", "value": "\(Self.ed25519)"},
                 "account_number": 1, "sequence": 2}},
               {"type": "cosmos-sdk/DelayedVestingAccount", "value": {"BaseVestingAccount": {"BaseAccount": {
                 "address": "\(chain.text(bob))", "coins": [{"denom": "uatom", "amount": "8"}], "public_key": "",
                 "account_number": "2", "sequence": "0"}, "original_vesting": [{"denom": "uatom", "amount": "8"}],
                 "delegated_free": [], "delegated_vesting": [], "end_time": "2000"}}},
               {"type": "cosmos-sdk/ModuleAccount", "value": {"address": "\(chain.text(Address(moduleName: "gov")))",
                 "coins": [], "public_key": "", "account_number": 3, "sequence": 0, "name": "gov",
                 "permissions": ["burner"]}}]},
             "bank": {"send_enabled": false},
             "supply": {"supply": [{"denom": "uatom", "amount": "13"}]}}
            """
        )
        #expect(!report.hasSkipped)
        #expect(try account(chain, alice).publicKey.typeURL == "/cosmos.crypto.ed25519.PubKey")
        #expect(try account(chain, alice).sequence == 2)
        #expect(try account(chain, bob).vesting.kind == .delayed)
        #expect(try account(chain, Address(moduleName: "gov")).moduleAccount.name == "gov")
        #expect(try chain.balance(bob) == "8")
        #expect(try !chain.ask(.with { $0.params = BankParamsQuery() }).params.defaultSendEnabled)
        try chain.finish()
    }

    @Test("Before SDK 0.38: a plain list of accounts, and fees that belong to nobody")
    func plainLayout() throws {
        let chain = try BankChain(isGenesis: true)
        let report = try chain.importGenesis(
            """
            {"accounts": [
               {"address": "\(chain.text(alice))", "coins": [{"denom": "uatom", "amount": "100"}],
                 "sequence_number": "4", "account_number": "9", "original_vesting": [{"denom": "uatom", "amount": "80"}],
                 "delegated_free": null, "delegated_vesting": [{"denom": "uatom", "amount": "30"}],
                 "start_time": "1000", "end_time": "2000"},
               {"address": "\(chain.text(bob))", "coins": null, "sequence_number": "0", "account_number": "10",
                 "original_vesting": null, "delegated_free": null, "delegated_vesting": null, "start_time": "0",
                 "end_time": "0", "module_name": "", "module_permissions": [""]},
               {"address": "\(chain.text(Address(moduleName: "distribution")))", "coins": [], "sequence_number": "0",
                 "account_number": "11", "module_name": "distribution", "module_permissions": ["minter"]}],
             "auth": {"collected_fees": [{"denom": "uatom", "amount": "3"}], "params": {}},
             "bank": {"send_enabled": true}}
            """
        )
        #expect(!report.hasSkipped)
        let vesting = try account(chain, alice).vesting
        #expect(vesting.kind == .continuous && vesting.startSeconds == 1_000)
        #expect(try account(chain, alice).sequence == 4)
        #expect(try !account(chain, bob).hasModuleAccount)
        #expect(try account(chain, Address(moduleName: "distribution")).moduleAccount.permissions == [.minter])
        #expect(try chain.balance(Address(moduleName: "fee_collector")) == "3")
        #expect(try chain.supply().existing == "103")
        chain.startBlock(at: 1_500)
        #expect(code { try chain.send("91uatom", from: alice, to: bob) } == .lockedFunds)
        try chain.send("90uatom", from: alice, to: bob)
        try chain.finish()
    }

    @Test("Keys in Bech32 of early chains are kept")
    func legacyKeys() throws {
        let chain = try BankChain(isGenesis: true)
        let amino = [0xEB, 0x5A, 0xE9, 0x87, 0x21] + [UInt8](repeating: 2, count: 33)
        let key = try Bech32(prefix: "cosmospub", bytes: amino).text()
        try chain.importGenesis(
            """
            {"auth": {"accounts": [{"type": "cosmos-sdk/Account", "value": {"address": "\(chain.text(alice))",
              "coins": [], "public_key": "\(key)", "account_number": "0", "sequence": "0"}}]}}
            """
        )
        #expect(try account(chain, alice).publicKey.typeURL == "/cosmos.crypto.secp256k1.PubKey")
        try chain.finish()
    }

    @Test("What is not understood is listed and counted, and the base account kept")
    func unknownThings() throws {
        let chain = try BankChain(isGenesis: true)
        let report = try chain.importGenesis(
            """
            {"auth": {"accounts": [
               {"@type": "/ethermint.types.v1.EthAccount", "base_account": {"address": "\(chain.text(alice))",
                 "pub_key": {"@type": "/some.PubKey", "parts": []}, "account_number": "0", "sequence": "0"},
                 "code_hash": "00"},
               {"@type": "/some.ClawbackAccount", "base_vesting_account": {"base_account": {
                 "address": "\(chain.text(bob))", "pub_key": null, "account_number": "0", "sequence": "0"},
                 "original_vesting": [{"denom": "uatom", "amount": "8"}], "delegated_free": [],
                 "delegated_vesting": [], "end_time": "2000"}}], "extra": 1},
             "bank": {"supply": [{"denom": "uatom", "amount": "1"}]}}
            """
        )
        let skipped = report.findings.filter { $0.weight == .skipped }
        #expect(
            skipped.map(\.path) == [
                "app_state.auth.accounts[].pub_key", "app_state.auth.accounts[]", "app_state.auth.accounts[].code_hash",
                "app_state.auth.accounts[]", "app_state.bank.supply", "app_state.auth.extra",
            ]
        )
        #expect(try !account(chain, alice).hasPublicKey)
        #expect(try account(chain, bob).vesting.kind == .delayed)
    }

    @Test("A module account that an instance claimed before the import stays the instance's, with the file's numbers")
    func claimedBefore() throws {
        let chain = try BankChain(isGenesis: true)
        try chain.claim("gov", [.burner])
        try chain.importGenesis(
            """
            {"auth": {"accounts": [{"@type": "/cosmos.auth.v1beta1.ModuleAccount", "base_account": {
              "address": "\(chain.text(Address(moduleName: "gov")))", "account_number": "7", "sequence": "1"},
              "name": "gov", "permissions": []}]}}
            """
        )
        let gov = try account(chain, Address(moduleName: "gov"))
        #expect(gov.accountNumber == 7)
        #expect(gov.moduleAccount.owner == 2 && gov.moduleAccount.permissions == [.burner])
        #expect(code { try chain.claim("gov", by: 1) } == .moduleAccountTaken)
        try chain.finish()
    }
}
