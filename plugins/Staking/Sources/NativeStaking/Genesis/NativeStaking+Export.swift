public import ModuleKit
import StakingEvents

extension NativeStaking {
    /// Writes `staking` in the layout of SDK 0.50, such that importing it gives the same stake, queues and powers. Where
    /// instances have staked for others, there is a member `sub_accounts` of our own besides.
    ///
    /// The histories of powers, and of stake that was taken back at once, begin anew with the import. `O(n)` in everything that is staked.
    ///
    /// - Throws: `slashInProgress` while a slash is not complete.
    public func exportGenesis(_ state: StateReader) throws(ModuleError) -> [(section: String, value: JSONValue)] {
        guard try collections.rules.value(in: state) != nil else { return [] }
        guard try collections.slashes.entries(in: state, limit: 1).isEmpty else {
            throw ModuleError(.slashInProgress, "a slash is not complete: export at one of the next heights")
        }
        var section = JSONObject()
        section["params"] = ParametersFormat.write(try collections.currentRules(state))
        section["last_total_power"] = .string(String(try collections.currentTotals(state).power))
        section["last_validator_powers"] = .array(try exportedPowers(state))
        section["validators"] = .array(try exportedValidators(state))
        section["delegations"] = .array(try exportedDelegations(state))
        section["unbonding_delegations"] = .array(try exportedUnbondings(state))
        section["redelegations"] = .array(try exportedRedelegations(state))
        let subAccounts = try exportedSubAccounts(state)
        if !subAccounts.isEmpty { section["sub_accounts"] = .array(subAccounts) }
        section["exported"] = true
        return [("staking", .object(section))]
    }

    private func exportedPowers(_ state: StateReader) throws(ModuleError) -> [JSONValue] {
        let prefixes = try collections.prefixes(state)
        var elements: [JSONValue] = []
        try collections.powers.forEach(in: state) { (validator, power) throws(ModuleError) in
            elements.append([
                "address": .string(prefixes.format(validator, as: .validatorOperator)),
                "power": .string(String(power)),
            ])
            return true
        }
        return elements
    }

    private func exportedValidators(_ state: StateReader) throws(ModuleError) -> [JSONValue] {
        let prefixes = try collections.prefixes(state)
        var elements: [JSONValue] = []
        try collections.profiles.forEach(in: state) { (validator, profile) throws(ModuleError) in
            let stake = try collections.stake(of: validator, in: state)
            let text = prefixes.format(validator, as: .validatorOperator)
            elements.append(ValidatorFormat.write(profile, stake, operator: text))
            return true
        }
        return elements
    }

    private func exportedDelegations(_ state: StateReader) throws(ModuleError) -> [JSONValue] {
        let prefixes = try collections.prefixes(state)
        var elements: [JSONValue] = []
        try collections.delegations.forEach(in: state) { (key, delegation) throws(ModuleError) in
            elements.append([
                "delegator_address": .string(prefixes.format(key.first, as: .account)),
                "validator_address": .string(prefixes.format(key.second, as: .validatorOperator)),
                "shares": .string(delegation.shares.description),
            ])
            return true
        }
        return elements
    }

    private func exportedUnbondings(_ state: StateReader) throws(ModuleError) -> [JSONValue] {
        let prefixes = try collections.prefixes(state)
        var elements: [JSONValue] = []
        try collections.unbondings.forEach(in: state) { (key, record) throws(ModuleError) in
            elements.append([
                "delegator_address": .string(prefixes.format(key.first, as: .account)),
                "validator_address": .string(prefixes.format(key.second, as: .validatorOperator)),
                "entries": .array(
                    record.entries.map { entry in
                        [
                            "creation_height": .string(String(entry.creationHeight)),
                            "completion_time": .string(
                                Timestamp(nanoseconds: entry.completionTimeNanoseconds).description
                            ),
                            "initial_balance": .string(entry.initialBalance),
                            "balance": .string(entry.balance),
                        ]
                    }
                ),
            ])
            return true
        }
        return elements
    }

    private func exportedSubAccounts(_ state: StateReader) throws(ModuleError) -> [JSONValue] {
        var elements: [JSONValue] = []
        try collections.subAccounts.forEach(in: state) { (_, subAccount) throws(ModuleError) in
            elements.append([
                "instance_address": .string(subAccount.instance),
                "owner_address": .string(subAccount.owner),
            ])
            return true
        }
        return elements
    }

    private func exportedRedelegations(_ state: StateReader) throws(ModuleError) -> [JSONValue] {
        let prefixes = try collections.prefixes(state)
        var elements: [JSONValue] = []
        try collections.redelegations.forEach(in: state) { (key, record) throws(ModuleError) in
            elements.append([
                "delegator_address": .string(prefixes.format(key.delegator, as: .account)),
                "validator_src_address": .string(prefixes.format(key.source, as: .validatorOperator)),
                "validator_dst_address": .string(prefixes.format(key.destination, as: .validatorOperator)),
                "entries": .array(
                    record.entries.map { entry in
                        [
                            "creation_height": .string(String(entry.creationHeight)),
                            "completion_time": .string(
                                Timestamp(nanoseconds: entry.completionTimeNanoseconds).description
                            ),
                            "initial_balance": .string(entry.initialBalance),
                            "shares_dst": .string(entry.destinationShares),
                        ]
                    }
                ),
            ])
            return true
        }
        return elements
    }
}
