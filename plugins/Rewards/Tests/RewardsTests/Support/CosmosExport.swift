import ModuleKit
import ModuleTesting
import RewardsEvents
import StakingEvents

/// The export of a small Cosmos chain in the layout of SDK 0.50: one validator with 200 shares and 180 tokens, as it was slashed
/// by a tenth, and two delegations of 100 shares each.
enum CosmosExport {
    static func document(
        pool: String = "27.000000000000000000",
        commission: String = "7.250000000000000000",
        balance: String = "100",
        startsOfSecond: Bool = true,
        prefixes: AddressPrefixes = RewardsScene.prefixes
    ) throws -> JSONValue {
        let text = { (account: Address) in prefixes.format(account, as: .account) }
        let (one, two) = (text(RewardsScene.person(1)), text(RewardsScene.person(2)))
        let validator = prefixes.format(RewardsScene.person(0), as: .validatorOperator)
        let second = """
            , {"delegator_address": "\(two)", "validator_address": "\(validator)",
              "starting_info": {"previous_period": "2", "stake": "90.000000000000000000", "height": "20"}}
            """
        let distribution = """
            {"params": {"community_tax": "0.020000000000000000", "base_proposer_reward": "0.000000000000000000",
              "bonus_proposer_reward": "0.000000000000000000", "withdraw_addr_enabled": true},
             "fee_pool": {"community_pool": [{"denom": "stake", "amount": "\(pool)"}]},
             "delegator_withdraw_infos": [{"delegator_address": "\(one)",
               "withdraw_address": "\(text(.named("other")))"}],
             "previous_proposer": "",
             "outstanding_rewards": [{"validator_address": "\(validator)",
               "outstanding_rewards": [{"denom": "stake", "amount": "73.000000000000000000"}]}],
             "validator_accumulated_commissions": [{"validator_address": "\(validator)",
               "accumulated": {"commission": [{"denom": "stake", "amount": "\(commission)"}]}}],
             "validator_historical_rewards": [
               {"validator_address": "\(validator)", "period": "1", "rewards": {"reference_count": 1,
                 "cumulative_reward_ratio": [{"denom": "stake", "amount": "0.100000000000000000"}]}},
               {"validator_address": "\(validator)", "period": "2", "rewards": {"reference_count": 2,
                 "cumulative_reward_ratio": [{"denom": "stake", "amount": "0.300000000000000000"}]}},
               {"validator_address": "\(validator)", "period": "3", "rewards": {"reference_count": 1,
                 "cumulative_reward_ratio": [{"denom": "stake", "amount": "0.500000000000000000"}]}}],
             "validator_current_rewards": [{"validator_address": "\(validator)", "rewards": {"period": "4",
               "rewards": [{"denom": "stake", "amount": "9.000000000000000000"}]}}],
             "delegator_starting_infos": [{"delegator_address": "\(one)", "validator_address": "\(validator)",
               "starting_info": {"previous_period": "1", "stake": "100.000000000000000000", "height": "5"}}
               \(startsOfSecond ? second : "")],
             "validator_slash_events": [{"validator_address": "\(validator)", "height": "10", "period": "2",
               "validator_slash_event": {"validator_period": "2", "fraction": "0.100000000000000000"}}]}
            """
        return [
            "bank": ["balances": .array(balances(distribution: balance, text))],
            "staking": try staking(validator, [one, two]),
            "distribution": try JSONValue(parsing: distribution),
        ]
    }

    /// The section `mint` of core-1's genesis, with the coin of these tests.
    static func mint() throws -> JSONValue {
        try JSONValue(
            parsing: """
                {"minter": {"inflation": "0.350000000000000000", "annual_provisions": "0.000000000000000000"},
                 "params": {"blocks_per_year": "6311520", "goal_bonded": "0.670000000000000000",
                  "inflation_max": "0.450000000000000000", "inflation_min": "0.250000000000000000",
                  "inflation_rate_change": "0.200000000000000000", "mint_denom": "stake"}}
                """
        )
    }

    private static func balances(distribution: String, _ text: (Address) -> String) -> [JSONValue] {
        let held = [
            (StakingPool.bonded.address, "180"), (RewardsAccount.distribution.address, distribution),
        ]
        return held.map { account, amount in
            [
                "address": .string(text(account)),
                "coins": [["denom": "stake", "amount": .string(amount)]],
            ]
        }
    }

    private static func staking(_ validator: String, _ delegators: [String]) throws -> JSONValue {
        let delegations = delegators.map { delegator in
            """
            {"delegator_address": "\(delegator)", "validator_address": "\(validator)", "shares": "100.000000000000000000"}
            """
        }
        let key = "CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQA="
        return try JSONValue(
            parsing: """
                {"params": {"unbonding_time": "1814400s", "max_validators": 100, "max_entries": 7,
                  "historical_entries": 10, "bond_denom": "stake", "power_reduction": "1"},
                 "last_total_power": "180", "exported": true,
                 "last_validator_powers": [{"address": "\(validator)", "power": "180"}],
                 "validators": [{"operator_address": "\(validator)", "jailed": false, "status": "BOND_STATUS_BONDED",
                   "consensus_pubkey": {"@type": "/cosmos.crypto.ed25519.PubKey", "key": "\(key)"},
                   "tokens": "180", "delegator_shares": "200.000000000000000000", "description": {"moniker": "one"},
                   "unbonding_height": "0", "unbonding_time": "1970-01-01T00:00:00Z", "min_self_delegation": "1",
                   "commission": {"commission_rates": {"rate": "0.100000000000000000",
                     "max_rate": "0.200000000000000000", "max_change_rate": "0.010000000000000000"},
                     "update_time": "2020-01-01T00:00:00Z"}}],
                 "delegations": [\(delegations.joined(separator: ","))],
                 "unbonding_delegations": [], "redelegations": []}
                """
        )
    }
}
