import ModuleKit

/// Small parts of real genesis documents.
enum GenesisFacts {
    static let ghost = "cosmosvaloper1vz0clw0mqw5cjvmk38hg6nakkmvwugxrrhjhkg"
    static let other = "cosmosvaloper1n9juyach9xvnsnkeale4kc4kjgaedvsape5vf3"
    static let first = "cosmos1vz0clw0mqw5cjvmk38hg6nakkmvwugxrxrxz6m"

    /// Two validators of cosmoshub-2 (SDK 0.34; cosmos/mainnet, genesis/genesis.cosmoshub-2.json, commit f0f0a98a) with
    /// all their delegations: `ghost`, bonded and slashed, and one that is jailed and unbonding. The total power, the pool
    /// and the last unbonding and redelegation are cut to fit them.
    static func cosmosHub2() throws -> JSONValue {
        try JSONValue(
            parsing: """
                {
                  "params": {"bond_denom": "uatom", "max_entries": 7, "max_validators": 100, "unbonding_time": "1814400000000000"},
                  "pool": {"bonded_tokens": "3760812", "not_bonded_tokens": "116458119361609"},
                  "exported": true,
                  "last_total_power": "3",
                  "last_validator_powers": [
                    {"Address": "cosmosvaloper1vz0clw0mqw5cjvmk38hg6nakkmvwugxrrhjhkg", "Power": "3"}
                  ],
                  "validators": [
                    {
                      "commission": {"max_change_rate": "1.000000000000000000", "max_rate": "1.000000000000000000",
                        "rate": "0.100000000000000000", "update_time": "2019-04-12T14:52:19.367519004Z"},
                      "consensus_pubkey":
                        "cosmosvalconspub1zcjduepqdcgflnp79seandwymevuqxjcxpphcmw0ajyvd0a6j0v73vmr2yvslqv7kc",
                      "delegator_shares": "3761489.062012298205336613",
                      "description": {"details": "", "identity": "", "moniker": "ghost", "website": ""},
                      "jailed": false, "min_self_delegation": "1",
                      "operator_address": "cosmosvaloper1vz0clw0mqw5cjvmk38hg6nakkmvwugxrrhjhkg",
                      "status": 2, "tokens": "3760812",
                      "unbonding_height": "0", "unbonding_time": "2019-05-02T11:22:54.45247942Z"
                    },
                    {
                      "commission": {"max_change_rate": "0.010000000000000000", "max_rate": "0.300000000000000000",
                        "rate": "0.030000000000000000", "update_time": "2019-04-20T16:33:20.638075634Z"},
                      "consensus_pubkey":
                        "cosmosvalconspub1zcjduepqckavc485eujs6e99jsww0sdh3nrtjj5h7h9jkq6qwnztcglv2vtqa2pg9g",
                      "delegator_shares": "5000000.000000000000000000",
                      "description": {"details": "", "identity": "", "moniker": "jailed", "website": ""},
                      "jailed": true, "min_self_delegation": "1",
                      "operator_address": "cosmosvaloper1n9juyach9xvnsnkeale4kc4kjgaedvsape5vf3",
                      "status": 1, "tokens": "4999500",
                      "unbonding_height": "0", "unbonding_time": "2019-05-12T11:26:26.479339761Z"
                    }
                  ],
                  "delegations": [
                    {"delegator_address": "cosmos1vz0clw0mqw5cjvmk38hg6nakkmvwugxrxrxz6m",
                      "shares": "1011414.054511548130329114",
                      "validator_address": "cosmosvaloper1vz0clw0mqw5cjvmk38hg6nakkmvwugxrrhjhkg"},
                    {"delegator_address": "cosmos1000ya26q2cmh399q4c5aaacd9lmmdqp92z6l7q",
                      "shares": "1000000.000000000000000000",
                      "validator_address": "cosmosvaloper1vz0clw0mqw5cjvmk38hg6nakkmvwugxrrhjhkg"},
                    {"delegator_address": "cosmos16x03wcp37kx5e8ehckjxvwcgk9j0cqnhnugpjk",
                      "shares": "500050.005000500050005000",
                      "validator_address": "cosmosvaloper1vz0clw0mqw5cjvmk38hg6nakkmvwugxrrhjhkg"},
                    {"delegator_address": "cosmos1unc788q8md2jymsns24eyhua58palg5kc7cstv",
                      "shares": "1250025.002500250025002499",
                      "validator_address": "cosmosvaloper1vz0clw0mqw5cjvmk38hg6nakkmvwugxrrhjhkg"},
                    {"delegator_address": "cosmos1n9juyach9xvnsnkeale4kc4kjgaedvsaydqe9z",
                      "shares": "5000000.000000000000000000",
                      "validator_address": "cosmosvaloper1n9juyach9xvnsnkeale4kc4kjgaedvsape5vf3"}
                  ],
                  "unbonding_delegations": [
                    {"delegator_address": "cosmos1quzyy8gg59p9epvrlp3ac26y7vmu8snxatlw92",
                      "entries": [{"balance": "17", "completion_time": "2019-05-10T02:38:38.135961558Z",
                        "creation_height": "0", "initial_balance": "17"}],
                      "validator_address": "cosmosvaloper1vz0clw0mqw5cjvmk38hg6nakkmvwugxrrhjhkg"}
                  ],
                  "redelegations": [
                    {"delegator_address": "cosmos1qzny67usplncefpwpy29pa34vjasw76t2rlwhz",
                      "entries": [{"completion_time": "2019-05-13T13:09:11.016390453Z", "creation_height": "0",
                        "initial_balance": "50", "shares_dst": "50.000000000000000000"}],
                      "validator_dst_address": "cosmosvaloper1vz0clw0mqw5cjvmk38hg6nakkmvwugxrrhjhkg",
                      "validator_src_address": "cosmosvaloper1n9juyach9xvnsnkeale4kc4kjgaedvsape5vf3"}
                  ]
                }
                """
        )
    }

    /// A genesis transaction of juno-1 as submitted (CosmosContracts/mainnet, juno-1/gentx/01node.json, commit d952f7f4).
    static func juno1() throws -> JSONValue {
        try JSONValue(
            parsing: """
                {
                  "body": {
                    "messages": [{
                      "@type": "/cosmos.staking.v1beta1.MsgCreateValidator",
                      "description": {"moniker": "01node", "identity": "", "website": "", "security_contact": "",
                        "details": ""},
                      "commission": {"rate": "0.100000000000000000", "max_rate": "0.200000000000000000",
                        "max_change_rate": "0.010000000000000000"},
                      "min_self_delegation": "1",
                      "delegator_address": "juno17mggn4znyeyg25wd7498qxl7r2jhgue80nhun0",
                      "validator_address": "junovaloper17mggn4znyeyg25wd7498qxl7r2jhgue8swpngk",
                      "pubkey": {"@type": "/cosmos.crypto.ed25519.PubKey",
                        "key": "POccoCsQVgshs1cE3KWosDOGR45P/xEExctz6K4Xifo="},
                      "value": {"denom": "ujuno", "amount": "20000000000"}
                    }],
                    "memo": "9b4560972688dc1ddfad5aa5de793b8329b088ec@37.120.245.179:26656",
                    "timeout_height": "0", "extension_options": [], "non_critical_extension_options": []
                  },
                  "auth_info": {
                    "signer_infos": [{
                      "public_key": {"@type": "/cosmos.crypto.secp256k1.PubKey",
                        "key": "A9isBJO7xtwuV0PlTRTcJJN9Vk+cYDtjD35IUExoWVGW"},
                      "mode_info": {"single": {"mode": "SIGN_MODE_DIRECT"}}, "sequence": "0"
                    }],
                    "fee": {"amount": [], "gas_limit": "200000", "payer": "", "granter": ""}
                  },
                  "signatures":
                    ["eHmYOdrTVZZRB1L3SiPfG5IqWwAT1alYwUeO/yK1Z0prIwzmhuRAPK0lEqJK9ggpkFfWPAfIwzNW4mvAI/mWsQ=="]
                }
                """
        )
    }

    /// A genesis transaction in the layout of SDK 0.33 to 0.39, made for the test with the keys of `ghost`.
    static func aminoTransaction() throws -> JSONValue {
        try JSONValue(
            parsing: """
                {
                  "type": "auth/StdTx",
                  "value": {
                    "msg": [{
                      "type": "cosmos-sdk/MsgCreateValidator",
                      "value": {
                        "description": {"moniker": "ghost", "identity": "", "website": "", "details": ""},
                        "commission": {"rate": "0.100000000000000000", "max_rate": "1.000000000000000000",
                          "max_change_rate": "1.000000000000000000"},
                        "min_self_delegation": "1",
                        "delegator_address": "cosmos1vz0clw0mqw5cjvmk38hg6nakkmvwugxrxrxz6m",
                        "validator_address": "cosmosvaloper1vz0clw0mqw5cjvmk38hg6nakkmvwugxrrhjhkg",
                        "pubkey": "cosmosvalconspub1zcjduepqdcgflnp79seandwymevuqxjcxpphcmw0ajyvd0a6j0v73vmr2yvslqv7kc",
                        "value": {"denom": "uatom", "amount": "3000000"}
                      }
                    }],
                    "fee": {"amount": null, "gas": "200000"},
                    "signatures": null,
                    "memo": "0000000000000000000000000000000000000000@127.0.0.1:26656"
                  }
                }
                """
        )
    }
}

extension JSONValue {
    /// The document with the value at a place replaced or added; numbers are indices.
    func replacing(_ place: ArraySlice<String>, by value: JSONValue) -> JSONValue {
        guard let step = place.first else { return value }
        switch self {
        case .object(var object):
            object[step] = (object[step] ?? .null).replacing(place.dropFirst(), by: value)
            return .object(object)
        case .array(var elements):
            guard let index = Int(step), elements.indices.contains(index) else { return self }
            elements[index] = elements[index].replacing(place.dropFirst(), by: value)
            return .array(elements)
        default: return value
        }
    }
}
