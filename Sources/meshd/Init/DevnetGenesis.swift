import Foundation
import ModuleKit

/// The genesis of a small chain: one account with funds, and its validator.
struct DevnetGenesis {
    static let bondDenom = "umesh"
    private static let validatorName = "validator"
    private static let consensusName = "validator-consensus"
    private static let balance: Amount = 1_000_000_000_000
    private static let stake: Amount = 100_000_000_000

    /// The document, byte for byte.
    let document: [UInt8]

    /// Writes the document, and makes the keys that are not there yet.
    init(
        chainID: String,
        prefix: String,
        time: Timestamp,
        existing: KeyStore,
        keys: KeyStore
    ) throws(CommandError) {
        let validator = try Self.key(Self.validatorName, existing, keys)
        let consensus = try Self.key(Self.consensusName, existing, keys)
        let prefixes = try CommandError.wrapping { try AddressPrefixes(account: prefix) }
        let address = try validator.address()
        document = try Self.json(
            chainID: chainID,
            time: time,
            account: prefixes.format(address, as: .account),
            validator: prefixes.format(address, as: .validatorOperator),
            consensusKey: try consensus.publicKey()
        )
        .bytes(.pretty)
    }

    private static func key(_ name: String, _ existing: KeyStore, _ keys: KeyStore) throws(CommandError) -> KeyRecord {
        if let known = try existing.find(name) { return known }
        let made = try KeyRecord(name: name, seed: KeyRecord.randomSeed())
        try keys.add(made)
        return made
    }

    private static func json(
        chainID: String,
        time: Timestamp,
        account: String,
        validator: String,
        consensusKey: [UInt8]
    ) throws(CommandError) -> JSONValue {
        [
            "genesis_time": .string(time.description),
            "chain_id": .string(chainID),
            "initial_height": "1",
            "app_state": [
                "auth": [
                    "accounts": [
                        [
                            "@type": "/cosmos.auth.v1beta1.BaseAccount", "address": .string(account), "pub_key": .null,
                            "account_number": "0", "sequence": "0",
                        ]
                    ]
                ],
                "bank": [
                    "balances": [["address": .string(account), "coins": [coin(balance)]]],
                    "supply": [coin(balance)],
                ],
                "staking": ["params": ["bond_denom": .string(bondDenom)]],
                "genutil": [
                    "gen_txs": [
                        [
                            "body": ["messages": [creation(account, validator, consensusKey)], "memo": ""],
                            "signatures": [],
                        ]
                    ]
                ],
            ],
        ]
    }

    private static func creation(_ account: String, _ validator: String, _ consensusKey: [UInt8]) -> JSONValue {
        [
            "@type": "/cosmos.staking.v1beta1.MsgCreateValidator",
            "description": ["moniker": .string(validatorName)],
            "commission": ["rate": "0.1", "max_rate": "0.2", "max_change_rate": "0.01"],
            "min_self_delegation": "1",
            "delegator_address": .string(account),
            "validator_address": .string(validator),
            "pubkey": [
                "@type": "/cosmos.crypto.ed25519.PubKey",
                "key": .string(Data(consensusKey).base64EncodedString()),
            ],
            "value": coin(stake),
        ]
    }

    private static func coin(_ amount: Amount) -> JSONValue {
        ["denom": .string(bondDenom), "amount": .string(amount.description)]
    }
}
