public import ModuleKit
import RewardsEvents

extension Rewards {
    /// Writes the section `rewards`, such that importing it, with the parts of bank and staking, gives the same state.
    public func exportGenesis(_ state: StateReader) throws(ModuleError) -> [(section: String, value: JSONValue)] {
        guard let rules = try collections.rules.value(in: state) else { return [] }
        let writer = GenesisWriter(collections: collections, state: state, prefixes: try collections.prefixes(state))
        let inflation = try collections.inflation.value(in: state) ?? InflationState()
        let section: JSONValue = [
            "params": ParametersFormat.write(rules),
            "minter": [
                "inflation": .string(inflation.inflation.description),
                "annual_provisions": .string(inflation.annualProvisions.description),
                "block_provision": .string(inflation.blockProvision.description),
            ],
            "denominations": .array(try writer.denominations()),
            "recipients": .array(try writer.recipients()),
            "validators": .array(try writer.validators()),
            "positions": .array(try writer.positions()),
            "withdraw_addresses": .array(try writer.withdrawAddresses()),
        ]
        return [("rewards", section)]
    }
}

/// Writes lists of the state.
private struct GenesisWriter {
    let collections: RewardsState
    let state: StateReader
    let prefixes: AddressPrefixes

    func denominations() throws(ModuleError) -> [JSONValue] {
        let index = try collections.powerIndex.value(in: state) ?? PowerIndex()
        var elements: [JSONValue] = []
        try collections.denominations.forEach(in: state) { (denom, ledger) throws(ModuleError) in
            var element = JSONObject()
            element["denom"] = .string(denom.text)
            element["community_pool"] = .string(ledger.communityPool.description)
            element["held"] = .string(ledger.held.description)
            element["received"] = .string(ledger.received.description)
            element["paid"] = .string(ledger.paid.description)
            if index.entries.contains(denom) {
                element["points"] = .string(index.entries[denom].points.shortDescription)
                element["carry"] = .string(index.entries[denom].carry.shortDescription)
            }
            elements.append(.object(element))
            return true
        }
        return elements
    }

    func recipients() throws(ModuleError) -> [JSONValue] {
        (try collections.recipients.value(in: state) ?? Recipients()).entries.map { entry in
            [
                "consensus_address": .string(prefixes.format(entry.consensusAddress, as: .consensus)),
                "validator_address": .string(entry.validator.map(text) ?? ""),
                "power": .string(String(entry.power)),
            ]
        }
    }

    func validators() throws(ModuleError) -> [JSONValue] {
        var elements: [JSONValue] = []
        try collections.validators.forEach(in: state) { (validator, ledger) throws(ModuleError) in
            elements.append([
                "validator_address": .string(text(validator)),
                "is_removed": .bool(ledger.isRemoved),
                "rewards": .array(
                    ledger.entries.map { entry in
                        [
                            "denom": .string(entry.denom.text),
                            "power_points": .string(entry.powerPoints.shortDescription),
                            "share_points": .string(entry.sharePoints.shortDescription),
                            "carry": .string(entry.carry.description),
                            "commission": .string(entry.commission.shortDescription),
                            "outstanding": .string(entry.outstanding.description),
                        ]
                    }
                ),
            ])
            return true
        }
        return elements
    }

    /// Positions that have earned something; the others come with the stake alone.
    func positions() throws(ModuleError) -> [JSONValue] {
        var elements: [JSONValue] = []
        try collections.positions.forEach(in: state) { (key, position) throws(ModuleError) in
            guard !position.entries.isEmpty else { return true }
            elements.append([
                "delegator_address": .string(prefixes.format(key.first, as: .account)),
                "validator_address": .string(text(key.second)),
                "rewards": .array(
                    position.entries.map { entry in
                        [
                            "denom": .string(entry.denom.text),
                            "share_points": .string(entry.sharePoints.shortDescription),
                            "accrued": .string(entry.accrued.description),
                        ]
                    }
                ),
            ])
            return true
        }
        return elements
    }

    func withdrawAddresses() throws(ModuleError) -> [JSONValue] {
        var elements: [JSONValue] = []
        try collections.withdrawAddresses.forEach(in: state) { (delegator, address) throws(ModuleError) in
            elements.append([
                "delegator_address": .string(prefixes.format(delegator, as: .account)),
                "withdraw_address": .string(prefixes.format(address, as: .account)),
            ])
            return true
        }
        return elements
    }

    private func text(_ validator: Address) -> String { prefixes.format(validator, as: .validatorOperator) }
}
