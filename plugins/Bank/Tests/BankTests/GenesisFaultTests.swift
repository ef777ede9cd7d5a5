import Bank
import BankEvents
import ModuleKit
import ModuleTesting
import Testing

@Suite("Genesis faults")
struct GenesisFaultTests {
    let alice = Address.user("alice")

    /// What an import of a document throws.
    private func failure(_ appState: String) throws -> ModuleError? {
        let chain = try BankChain(isGenesis: true)
        do {
            try chain.importGenesis(appState)
            return nil
        } catch let error as ModuleError {
            #expect(chain.bankEvents.isEmpty, "a refused import leaves nothing")
            return error
        }
    }

    private func balances(_ coins: String, supply: String = "") throws -> String {
        let address = try alice.text(prefix: "cosmos")
        return #"{"bank": {"balances": [{"address": "\#(address)", "coins": \#(coins)}], "supply": [\#(supply)]}}"#
    }

    @Test(
        "Coins have to be whole, positive, sorted and each denomination once",
        arguments: [
            #"[{"denom": "uatom", "amount": "-5"}]"#, #"[{"denom": "uatom", "amount": "1.5"}]"#,
            #"[{"denom": "uatom", "amount": 1.5}]"#, #"[{"denom": "uatom", "amount": "0"}]"#,
            #"[{"denom": "uatom", "amount": "05"}]"#, #"[{"denom": "uatom"}]"#, #"[{"denom": "1", "amount": "5"}]"#,
            #"[{"denom": "uatom", "amount": "340282366920938463463374607431768211456"}]"#,
            #"[{"denom": "uosmo", "amount": "1"}, {"denom": "uatom", "amount": "1"}]"#,
            #"[{"denom": "uatom", "amount": "1"}, {"denom": "uatom", "amount": "1"}]"#, #""5uatom""#, #"[5]"#,
        ]
    )
    func coins(json: String) throws {
        let error = try #require(try failure(try balances(json)))
        #expect(error.codespace == "genesis")
        #expect(error.message.hasPrefix("$.app_state.bank.balances[0].coins"))
    }

    @Test("The balances have to add up to a supply that is stated, denomination by denomination")
    func supply() throws {
        let coins = #"[{"denom": "uatom", "amount": "5"}]"#
        #expect(try failure(try balances(coins, supply: #"{"denom": "uatom", "amount": "5"}"#)) == nil)
        #expect(try failure(try balances(coins)) == nil)
        for supply in [
            #"{"denom": "uatom", "amount": "6"}"#, #"{"denom": "uosmo", "amount": "5"}"#,
            #"{"denom": "uatom", "amount": "5"}, {"denom": "uosmo", "amount": "1"}"#,
        ] {
            let error = try #require(try failure(try balances(coins, supply: supply)))
            #expect(error.code == .supplyMismatch)
            #expect(error.message.hasPrefix("$.app_state.bank.supply"))
        }
        let both = #"[{"denom": "uatom", "amount": "5"}, {"denom": "uosmo", "amount": "5"}]"#
        #expect(try failure(try balances(both, supply: #"{"denom": "uatom", "amount": "5"}"#))?.code == .supplyMismatch)
    }

    @Test("Balances whose sum can't be counted are refused")
    func overflow() throws {
        let entries = try ["alice", "bob"].map { name in
            let address = try Address.user(name).text(prefix: "cosmos")
            return #"{"address": "\#(address)", "coins": [{"denom": "uatom", "amount": "\#(Amount.max)"}]}"#
        }
        let error = try failure(#"{"bank": {"balances": [\#(entries.joined(separator: ","))]}}"#)
        #expect(error?.code == .supplyOverflow)
    }

    @Test("Nothing is stated twice")
    func duplicates() throws {
        let address = try alice.text(prefix: "cosmos")
        let account = #"{"@type": "/cosmos.auth.v1beta1.BaseAccount", "address": "\#(address)"}"#
        let balance = #"{"address": "\#(address)", "coins": []}"#
        let plain = #"{"address": "\#(address)", "coins": []}"#
        let documents = [
            (#"{"auth": {"accounts": [\#(account), \#(account)]}}"#, "$.app_state.auth.accounts[1]"),
            (#"{"auth": {"accounts": [\#(account)]}, "accounts": [\#(plain)]}"#, "$.app_state.accounts[0]"),
            (#"{"bank": {"balances": [\#(balance), \#(balance)]}}"#, "$.app_state.bank.balances[1]"),
            (#"{"accounts": [\#(plain)], "bank": {"balances": [\#(balance)]}}"#, "$.app_state.bank.balances[0]"),
            (
                #"{"bank": {"denom_metadata": [{"base": "uatom"}, {"base": "uatom"}]}}"#,
                "$.app_state.bank.denom_metadata[1]"
            ),
            (
                #"{"bank": {"send_enabled": [{"denom": "uatom"}, {"denom": "uatom"}]}}"#,
                "$.app_state.bank.send_enabled[1]"
            ),
            (
                #"{"bank": {"blocked_addresses": ["\#(address)", "\#(address)"]}}"#,
                "$.app_state.bank.blocked_addresses[1]"
            ),
        ]
        for (document, path) in documents {
            let error = try #require(try failure(document), "\(document)")
            #expect(error.code == .duplicateEntry)
            #expect(error.message.hasPrefix(path + ":"), "\(error)")
        }
    }

    @Test("Addresses have to be of this chain, and those of modules derived from their names")
    func addresses() throws {
        let other = try alice.text(prefix: "osmo")
        let wrongPrefix = try #require(try failure(#"{"bank": {"balances": [{"address": "\#(other)"}]}}"#))
        #expect(wrongPrefix.message.contains("balances[0].address") && wrongPrefix.message.contains("cosmos"))
        let address = try alice.text(prefix: "cosmos")
        let module = try failure(
            """
            {"auth": {"accounts": [{"@type": "/cosmos.auth.v1beta1.ModuleAccount",
              "base_account": {"address": "\(address)"}, "name": "mint", "permissions": []}]}}
            """
        )
        #expect(module?.code == .invalidModuleAccount)
        let mint = try Address(moduleName: "mint").text(prefix: "cosmos")
        let permission = try failure(
            """
            {"auth": {"accounts": [{"@type": "/cosmos.auth.v1beta1.ModuleAccount",
              "base_account": {"address": "\(mint)"}, "name": "mint", "permissions": ["owner"]}]}}
            """
        )
        #expect(permission?.message.contains("permissions[0]") == true)
    }

    @Test("Vesting schedules may not contradict themselves")
    func vesting() throws {
        func account(_ type: String, _ vesting: String, _ members: String) throws -> ModuleError.Code? {
            try failure(
                """
                {"auth": {"accounts": [{"@type": "/cosmos.vesting.v1beta1.\(type)", "base_vesting_account": {
                  "base_account": {"address": "\(try alice.text(prefix: "cosmos"))"},
                  "original_vesting": [{"denom": "uatom", "amount": "8"}], "end_time": "2000"\(vesting)}\(members)}]}}
                """
            )?.code
        }
        let period = #", "vesting_periods": [{"length": "1000", "amount": [{"denom": "uatom", "amount": "7"}]}]"#
        #expect(try account("DelayedVestingAccount", "", "") == nil)
        #expect(try account("ContinuousVestingAccount", "", #", "start_time": "2000""#) == .invalidVesting)
        #expect(try account("PeriodicVestingAccount", "", #", "start_time": "1000""# + period) == .invalidVesting)
        #expect(try account("PeriodicVestingAccount", "", #", "start_time": "999""# + period) == .invalidVesting)
        let endless = #", "start_time": "1", "vesting_periods": [{"length": "18446744073709551615", "amount": []}]"#
        #expect(try account("PeriodicVestingAccount", "", endless) == .invalidVesting)
        let delegated = #", "delegated_vesting": [{"denom": "uatom", "amount": "9"}]"#
        #expect(try account("DelayedVestingAccount", delegated, "") == .invalidVesting)
        #expect(try account("DelayedVestingAccount", "", #", "start_time": "-1""#) == .invalidValue)
    }

    @Test("Keys have to be whole")
    func keys() throws {
        let address = try alice.text(prefix: "cosmos")
        for key in [
            #"{"@type": "/cosmos.crypto.secp256k1.PubKey", "key": "AgIC"}"#,
            #"{"@type": "/cosmos.crypto.secp256k1.PubKey", "key": "?"}"#, #""cosmospub1qqq""#,
            #"{"type": "tendermint/PubKeyEd25519", "value": "AgIC"}"#,
        ] {
            let document = #"{"auth": {"accounts": [{"address": "\#(address)", "pub_key": \#(key)}]}}"#
            let error = try #require(try failure(document), "\(key)")
            #expect(error.message.contains("accounts[0].pub_key"), "\(error)")
        }
    }

    @Test("A bank takes a genesis document in the genesis block only")
    func outsideGenesis() throws {
        let chain = try BankChain()
        #expect(code { try chain.importGenesis("{}") } == .outsideGenesis)
    }

    @Test(
        "A cut or changed document is refused or imported whole, with its invariants",
        arguments: [21, 22] as [UInt64]
    )
    func mutations(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        let text = [UInt8](
            try balances(#"[{"denom": "uatom", "amount": "5"}]"#, supply: #"{"denom": "uatom", "amount": "5"}"#).utf8
        )
        var refused = 0
        for round in 0..<400 {
            var bytes = text
            if round.isMultiple(of: 2) {
                bytes.removeLast(Int.random(in: 1...bytes.count, using: &random))
            } else {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                bytes[index] = UInt8.random(in: 0x20...0x7E, using: &random)
            }
            let chain = try BankChain(isGenesis: true)
            do {
                try chain.importGenesis(try JSONValue(parsing: bytes))
                try chain.finish()
            } catch is ModuleError {
                refused += 1
            }
        }
        // Every cut is refused; a changed byte may fall on a blank, or on the name of a member, which is then skipped.
        #expect(refused >= 200, "seed \(seed)")
    }
}
