public import ModuleKit
import VaultEvents

extension Vault {
    /// Writes all accounts, such that importing them gives the same state. Liens name their holders by label.
    ///
    /// The section is called `vault/` and the instance's label. Its settings are not in it: a deployment has them.
    public func exportGenesis(_ state: StateReader) throws(ModuleError) -> [(section: String, value: JSONValue)] {
        guard let settings = try settings.value(in: state) else { return [] }
        var list: [JSONValue] = []
        try accounts.forEach(in: state) { (owner, record) throws(ModuleError) in
            let account = try VaultAccount(record)
            var liens: [JSONValue] = []
            for lien in account.liens { liens.append(try exported(lien, state)) }
            list.append([
                "address": .string(try owner.text(prefix: settings.bech32Prefix)),
                "collateral": .string(account.collateral.description),
                "unburned": .string(account.unburned.description),
                "liens": .array(liens),
            ])
            return true
        }
        let section: JSONValue = [
            "denom": .string(settings.denom),
            "last_transaction": .string("\(try lastTransaction.value(in: state) ?? 0)"),
            "accounts": .array(list),
        ]
        return [(settings.genesisSection, section)]
    }

    private func exported(_ lien: Lien, _ state: StateReader) throws(ModuleError) -> JSONValue {
        guard let holder = try holders.value(for: lien.holder, in: state) else {
            throw ModuleError(
                .inconsistentVaultEvent,
                "instance \(lien.holder) has a lien and no label: the store is damaged"
            )
        }
        let outflows = lien.outflows.map { outflow -> JSONValue in
            [
                "time": .string(outflow.time.description),
                "amount": .string(outflow.amount.description),
                "slashed": .string(outflow.slashed.description),
            ]
        }
        return [
            "holder": .string(holder.label),
            "purpose": .string(lien.purpose.genesisName),
            "total": .string(lien.total.description),
            "in_flight": .string(lien.inFlight.description),
            "slashable": .string(lien.slashable.shortDescription),
            "lent": .string(lien.lent.description),
            "outflows": .array(outflows),
        ]
    }
}

extension VaultSettings {
    /// What the instance's section of a genesis is called.
    var genesisSection: String { "\(VaultEvent.moduleName)/\(label)" }
}

extension Lien.Purpose {
    /// What a genesis calls it.
    var genesisName: String { self == .local ? "local" : "remote" }

    init?(genesisName: String) {
        switch genesisName {
        case "local": self = .local
        case "remote": self = .remote
        default: return nil
        }
    }
}
