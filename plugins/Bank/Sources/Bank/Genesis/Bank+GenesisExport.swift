import BankEvents
public import ModuleKit

extension Bank {
    /// Writes the state in the layout of SDK 0.47 and later, such that importing it gives the same state.
    ///
    /// `bank.supply_offsets`, `bank.blocked_addresses` and the `domain` of a module account are members of our own. Who owns a module account is not
    /// written: the instances of the new chain claim theirs again.
    ///
    /// - Throws: `invalidState` before the instance was configured or a genesis document imported.
    public func exportGenesis(_ state: StateReader) throws(ModuleError) -> [(section: String, value: JSONValue)] {
        let writer = GenesisExport(prefix: try addressPrefix(state))
        return [("auth", try authSection(state, writer)), ("bank", try bankSection(state, writer))]
    }

    private func authSection(_ state: StateReader, _ writer: GenesisExport) throws(ModuleError) -> JSONValue {
        var list: [JSONValue] = []
        try accounts.forEach(in: state) { (address, account) throws(ModuleError) in
            list.append(try writer.account(account, at: address))
            return true
        }
        let params = try currentParams(state)
        var section = JSONObject()
        if params.hasAuth { section["params"] = writer.authParams(params.auth) }
        section["accounts"] = .array(list)
        return .object(section)
    }

    private func bankSection(_ state: StateReader, _ writer: GenesisExport) throws(ModuleError) -> JSONValue {
        var supplies: [JSONValue] = []
        try supply.forEach(in: state) { (denom, amount) throws(ModuleError) in
            supplies.append(writer.coin(Coin(amount, denom)))
            return true
        }
        var settings: [JSONValue] = []
        try sendEnabled.forEach(in: state) { (denom, setting) throws(ModuleError) in
            settings.append(["denom": .string(denom.text), "enabled": .bool(setting.enabled)])
            return true
        }
        var metadata: [JSONValue] = []
        try denomMetadata.forEach(in: state) { (_, entry) throws(ModuleError) in
            metadata.append(writer.metadata(entry))
            return true
        }
        var offsets: [JSONValue] = []
        try supplyOffsets.forEach(in: state) { (denom, offset) throws(ModuleError) in
            offsets.append(["denom": .string(denom.text), "offset": .string(offset.description)])
            return true
        }
        var blocked: [JSONValue] = []
        try blockedAddresses.forEach(in: state) { (address, _) throws(ModuleError) in
            blocked.append(try writer.text(of: address))
            return true
        }
        return [
            "params": ["default_send_enabled": .bool(try currentParams(state).defaultSendEnabled)],
            "balances": .array(try balanceList(state, writer)),
            "supply": .array(supplies),
            "denom_metadata": .array(metadata),
            "send_enabled": .array(settings),
            "supply_offsets": .array(offsets),
            "blocked_addresses": .array(blocked),
        ]
    }

    /// The balances, gathered by account: they stand in the order of accounts, then denominations.
    private func balanceList(_ state: StateReader, _ writer: GenesisExport) throws(ModuleError) -> [JSONValue] {
        var list: [JSONValue] = []
        var holder: Address?
        var coins: [JSONValue] = []
        func finish() throws(ModuleError) {
            guard let holder else { return }
            list.append(["address": try writer.text(of: holder), "coins": .array(coins)])
        }
        try balances.forEach(in: state) { (key, amount) throws(ModuleError) in
            if key.first != holder {
                try finish()
                holder = key.first
                coins = []
            }
            coins.append(writer.coin(Coin(amount, key.second)))
            return true
        }
        try finish()
        return list
    }
}
