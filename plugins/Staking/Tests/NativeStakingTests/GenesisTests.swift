import Foundation
import ModuleKit
import NativeStaking
import StakingEvents
import Testing

@Suite("Genesis")
struct GenesisTests {
    @Test("A real validator of an export of SDK 0.34 is taken over, slashed as it was, and the pools get its coins")
    func importsLegacyExport() throws {
        let chain = try StakingChain(["staking": try GenesisFacts.cosmosHub2()])
        let validator = try chain.ask(.with { $0.validator.operator = GenesisFacts.ghost }).validator
        #expect(validator.description_p.moniker == "ghost")
        #expect(validator.stake.tokens == "3760812")
        #expect(validator.stake.shares == "3761489.062012298205336613")
        #expect(validator.stake.status == .bonded)
        #expect(try Address(ed25519PublicKey: [UInt8](validator.consensusKey)).hexadecimal.count == 40)
        #expect(chain.updates.map(\.power) == [3])
        #expect(try chain.balance(of: StakingPool.bonded.address, "uatom") == 3_760_812)
        #expect(try chain.balance(of: StakingPool.notBonded.address, "uatom") == 4_999_517)
        #expect(try chain.violations() == [])
        #expect(chain.report.findings.map(\.path) == ["app_state.staking"])
        // 1011414.054511548130329114 shares at the rate of 3760812 tokens for 3761489.06… shares.
        let query = StakingQuery.with {
            $0.delegation.delegator = "cosmos1vz0clw0mqw5cjvmk38hg6nakkmvwugxrxrxz6m"
            $0.delegation.validator = GenesisFacts.ghost
        }
        #expect(try chain.ask(query).delegation.balance.amount == "1011232")
        let states = try chain.replay()
        #expect(states.rebuilt == states.original)
    }

    @Test("What SDK 0.34 wrote is exported in the layout of SDK 0.50")
    func exportsNewLayout() throws {
        let chain = try StakingChain(["staking": try GenesisFacts.cosmosHub2()])
        let section = try chain.exported()
        #expect(try section["params"]["unbonding_time"].string() == "1814400s")
        #expect(try section["params"]["max_validators"].integer(as: UInt32.self) == 100)
        #expect(try section["exported"].bool())
        let validators = try section["validators"].array()
        let ghost = try #require(try validators.first { try $0["operator_address"].string() == GenesisFacts.ghost })
        #expect(try ghost["status"].string() == "BOND_STATUS_BONDED")
        #expect(try ghost["consensus_pubkey"]["@type"].string() == "/cosmos.crypto.ed25519.PubKey")
        #expect(try ghost["commission"]["update_time"].string() == "2019-04-12T14:52:19.367519004Z")
    }

    @Test("A real genesis transaction of juno-1 makes a validator, whose coins come from the delegator")
    func appliesGenesisTransaction() throws {
        let prefixes = try AddressPrefixes(account: "juno")
        let sections: JSONValue = [
            "bank": [
                "balances": [
                    [
                        "address": "juno17mggn4znyeyg25wd7498qxl7r2jhgue80nhun0",
                        "coins": [["denom": "ujuno", "amount": "25000000000"]],
                    ]
                ]
            ],
            "staking": ["params": ["bond_denom": "ujuno", "unbonding_time": "2419200s"]],
            "genutil": ["gen_txs": [try GenesisFacts.juno1()]],
        ]
        let chain = try StakingChain(sections, prefixes: prefixes)
        let query = StakingQuery.with {
            $0.validator.operator = "junovaloper17mggn4znyeyg25wd7498qxl7r2jhgue8swpngk"
        }
        let validator = try chain.ask(query).validator
        #expect(validator.description_p.moniker == "01node")
        #expect(validator.stake.tokens == "20000000000")
        #expect(validator.stake.status == .bonded)
        #expect(chain.updates.map(\.power) == [20_000])
        let delegator = try prefixes.parse("juno17mggn4znyeyg25wd7498qxl7r2jhgue80nhun0", as: .account)
        #expect(try chain.balance(of: delegator, "ujuno") == 5_000_000_000)
        #expect(try chain.violations() == [])
        #expect(chain.report.findings.map(\.path) == ["app_state.genutil.gen_txs[].signatures"])
        #expect(chain.report.findings.map(\.weight) == [.remark])
        try chain.block()
        #expect(chain.updates.isEmpty)
    }

    @Test("A genesis transaction in Amino JSON makes the same validator")
    func appliesAminoTransaction() throws {
        let sections: JSONValue = [
            "bank": [
                "balances": [
                    [
                        "address": "cosmos1vz0clw0mqw5cjvmk38hg6nakkmvwugxrxrxz6m",
                        "coins": [["denom": "uatom", "amount": "3000000"]],
                    ]
                ]
            ],
            "staking": ["params": ["bond_denom": "uatom"], "pool": ["bonded_tokens": "0"]],
            "gentxs": [try GenesisFacts.aminoTransaction()],
        ]
        let chain = try StakingChain(sections)
        let validator = try chain.ask(.with { $0.validator.operator = GenesisFacts.ghost }).validator
        #expect(validator.stake.tokens == "3000000")
        #expect(validator.commission.maxRate == "1.000000000000000000")
        #expect(try chain.violations() == [])
    }

    @Test("A genesis transaction without the coins for it is refused, with its place")
    func refusesPoorTransaction() throws {
        let error = #expect(throws: ModuleError.self) {
            try StakingChain([
                "staking": ["params": ["bond_denom": "uatom"]],
                "gentxs": [try GenesisFacts.aminoTransaction()],
            ])
        }
        #expect(error?.codespace == "bank")
        #expect(error?.message.contains("$.app_state.gentxs[0].value.msg[0].value") == true, "\(error?.message ?? "")")
    }

    @Test("The pools of an export of SDK 0.40 or later must have the sums in their balances")
    func checksPools() throws {
        let chain = try StakingChain.fresh()
        try chain.addValidators([5_000_000])
        let staking = try chain.exported()
        func document(_ bonded: String) -> JSONValue {
            [
                "bank": [
                    "balances": [
                        [
                            "address": .string(Account.text(StakingPool.bonded.address)),
                            "coins": [["denom": "stake", "amount": .string(bonded)]],
                        ]
                    ]
                ],
                "staking": staking,
            ]
        }
        let twin = try StakingChain(document("5000000"))
        #expect(try twin.violations() == [])
        let error = #expect(throws: ModuleError.self) { try StakingChain(document("4999999")) }
        #expect(error?.code == .genesisContradiction)
        let alone = try StakingChain(["staking": staking])
        #expect(alone.report.findings.map(\.reason).contains { $0.contains("not checked") })
    }

    @Test(
        "Parts that contradict each other are refused, with the path",
        arguments: [
            (
                ["validators", "0", "delegator_shares"], "3761489.0",
                "$.app_state.staking.validators[0].delegator_shares"
            ),
            (["delegations", "0", "validator_address"], GenesisFacts.other, "$.app_state.staking.validators[0]"),
            (["last_total_power"], "4", "$.app_state.staking.last_total_power"),
            (["last_validator_powers", "0", "Power"], "4", "$.app_state.staking.last_total_power"),
            (
                ["last_validator_powers", "0", "Address"], GenesisFacts.other,
                "$.app_state.staking.last_validator_powers[0]"
            ),
            (["validators", "1", "operator_address"], GenesisFacts.ghost, "$.app_state.staking.validators[1]"),
            (["delegations", "1", "delegator_address"], GenesisFacts.first, "$.app_state.staking.delegations[1]"),
            (["delegations", "1", "shares"], "-1", "$.app_state.staking.delegations[1].shares"),
            (
                ["unbonding_delegations", "0", "entries", "0", "balance"], "18",
                "$.app_state.staking.unbonding_delegations[0]"
            ),
            (["validators", "0", "tokens"], "x", "$.app_state.staking.validators[0].tokens"),
            (["validators", "1", "consensus_pubkey"], "cosmosvalconspub1x", "$.app_state.staking.validators[1]"),
            (["params", "unbonding_time"], "0", "unbonding_time"),
        ] as [([String], String, String)]
    )
    func refusesContradictions(place: [String], value: String, path: String) throws {
        let section = try GenesisFacts.cosmosHub2().replacing(place[...], by: .string(value))
        let error = #expect(throws: ModuleError.self) { try StakingChain(["staking": section]) }
        #expect(error?.message.contains(path) == true, "\(error?.description ?? "")")
    }

    @Test("Members that are not known are listed, not passed over in silence")
    func listsUnknownMembers() throws {
        var section = try GenesisFacts.cosmosHub2()
        section = section.replacing(["tokenize_share_records"], by: [])
        section = section.replacing(["validators", "0", "liquid_shares"], by: "0")
        section = section.replacing(["params", "key_rotation_fee"], by: "0")
        section = section.replacing(["unbonding_delegations", "0", "entries", "0", "unbonding_id"], by: "7")
        let chain = try StakingChain(["staking": section])
        let skipped = chain.report.findings.filter { $0.weight == .skipped }.map(\.path).sorted()
        #expect(
            skipped == [
                "app_state.staking.params.key_rotation_fee", "app_state.staking.tokenize_share_records",
                "app_state.staking.validators[].liquid_shares",
            ]
        )
        let number = "app_state.staking.unbonding_delegations[].entries[].unbonding_id"
        #expect(chain.report.findings.contains { $0.path == number && $0.weight == .remark })
    }
}
