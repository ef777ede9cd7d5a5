import Foundation
import MeshSandbox
import ModuleKit

/// The genesis of a small chain: a few validators, each with an account that holds funds.
struct DevnetGenesis {
    /// How many validators there may be.
    static let validatorCounts = 1...500
    static let bondDenom = "umesh"
    private static let balance: Amount = 1_000_000_000_000
    private static let stake: Amount = 100_000_000_000

    /// A validator as the document names it.
    private struct Validator {
        let name: String
        let account: String
        let validatorOperator: String
        let consensusKey: [UInt8]
    }

    /// The document, byte for byte.
    let document: [UInt8]

    /// Writes the document, and makes the keys that are not there yet: `validator`, `validator-2` and so on for accounts,
    /// and the same with `-consensus` for signing blocks.
    ///
    /// - Parameters:
    ///   - votingPeriod: how long proposals are voted on; governance's own default unless given.
    ///   - inflation: what is minted for those who stake; nothing unless given.
    init(
        chainID: String,
        prefix: String,
        time: Timestamp,
        validatorCount: Int,
        votingPeriod: TimeSpan?,
        inflation: ChainSpecification.Inflation?,
        existing: KeyStore,
        keys: KeyStore
    ) throws(CommandError) {
        let prefixes = try CommandError.wrapping { try AddressPrefixes(account: prefix) }
        var validators: [Validator] = []
        for number in 1...max(1, validatorCount) {
            let name = number == 1 ? "validator" : "validator-\(number)"
            let address = try Self.key(name, existing, keys).address()
            validators.append(
                Validator(
                    name: name,
                    account: prefixes.format(address, as: .account),
                    validatorOperator: prefixes.format(address, as: .validatorOperator),
                    consensusKey: try Self.key(ConsensusKeys.name(of: name), existing, keys).publicKey()
                )
            )
        }
        var state = try Self.state(validators: validators, votingPeriod: votingPeriod)
        for (name, section) in inflation?.sections(minting: Self.bondDenom) ?? [] { state[name] = section }
        let genesis: JSONValue = [
            "genesis_time": .string(time.description),
            "chain_id": .string(chainID),
            "initial_height": "1",
            "app_state": .object(state),
        ]
        document = genesis.bytes(.pretty)
    }

    private static func key(_ name: String, _ existing: KeyStore, _ keys: KeyStore) throws(CommandError) -> KeyRecord {
        if let known = try existing.find(name) { return known }
        let made = try KeyRecord(name: name, seed: KeyRecord.randomSeed())
        try keys.add(made)
        return made
    }

    private static func state(validators: [Validator], votingPeriod: TimeSpan?) throws(CommandError) -> JSONObject {
        let supply = try CommandError.wrapping { try balance.multiplied(by: Amount(UInt128(validators.count))) }
        var state = JSONObject()
        state["auth"] = ["accounts": .array(validators.map(account))]
        state["bank"] = [
            "balances": .array(validators.map { ["address": .string($0.account), "coins": [coin(balance)]] }),
            "supply": [coin(supply)],
        ]
        state["staking"] = [
            "params": ["bond_denom": .string(bondDenom), "max_validators": .whole(max(100, validators.count))]
        ]
        if let votingPeriod { state["gov"] = ["params": ["voting_period": .string(votingPeriod.description)]] }
        state["genutil"] = ["gen_txs": .array(validators.map(creation))]
        return state
    }

    private static func account(_ validator: Validator) -> JSONValue {
        [
            "@type": "/cosmos.auth.v1beta1.BaseAccount", "address": .string(validator.account), "pub_key": .null,
            "account_number": "0", "sequence": "0",
        ]
    }

    private static func creation(_ validator: Validator) -> JSONValue {
        let message: JSONValue = [
            "@type": "/cosmos.staking.v1beta1.MsgCreateValidator",
            "description": ["moniker": .string(validator.name)],
            "commission": ["rate": "0.1", "max_rate": "0.2", "max_change_rate": "0.01"],
            "min_self_delegation": "1",
            "delegator_address": .string(validator.account),
            "validator_address": .string(validator.validatorOperator),
            "pubkey": [
                "@type": "/cosmos.crypto.ed25519.PubKey",
                "key": .string(Data(validator.consensusKey).base64EncodedString()),
            ],
            "value": coin(stake),
        ]
        return ["body": ["messages": [message], "memo": ""], "signatures": []]
    }

    private static func coin(_ amount: Amount) -> JSONValue {
        ["denom": .string(bondDenom), "amount": .string(amount.description)]
    }
}
