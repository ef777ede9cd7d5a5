import LocalStakingEvents
public import ModuleKit

extension LocalStaking {
    /// Takes the settings of an instance.
    ///
    ///     {
    ///         "vault": "vault",                  (a label or an address)
    ///         "slash_ratio": { "double_sign": "0.2", "offline": "0.1" }
    ///     }
    ///
    /// Both are needed at first; a later configuration changes what it names. The ratio for double signatures counts for liens
    /// that are made from then on: so much they can lose. What is lost is up to the chain's own slashing, for downtime too. The vault can't be another one once it has asked for a lien.
    ///
    /// - Throws: `vaultBound`, `slashRatioAboveOne`; `invalidArgument` for an unknown setting; codespace `genesis` for a
    ///   malformed or missing one.
    public func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        let root = JSONField(configuration)
        for (name, field) in try root.members() where name != "vault" && name != "slash_ratio" {
            throw ModuleError(
                .invalidArgument,
                "local staking has no setting at \(field.path): use vault and slash_ratio"
            )
        }
        var settings = try settings.value(in: context) ?? LocalStakingSettings()
        if root["vault"].optional != nil || settings.vault.isEmpty {
            settings.vault = try root["vault"].string()
            try requireBound(settings.vault, context)
        }
        if root["slash_ratio"].optional != nil || !settings.hasSlashRatio {
            settings.slashRatio = try slashRatio(root["slash_ratio"])
        }
        settings.accountPrefix = context.addresses.account
        settings.operatorPrefix = context.addresses.validatorOperator
        settings.label = context.identity.label
        settings.account = context.addresses.format(context.identity.address, as: .account)
        let result = settings
        guard try result != self.settings.value(in: context) else { return }
        try context.emit(.with { $0.configured.settings = result })
    }

    private func requireBound(_ vault: String, _ context: Context) throws(ModuleError) {
        guard let binding = try binding.value(in: context) else { return }
        guard context.instance(named: vault)?.number == binding.vault else {
            throw ModuleError(
                .vaultBound,
                "this instance stakes collateral of \(binding.label) and of no other vault: deploy another one"
            )
        }
    }

    private func slashRatio(_ field: JSONField) throws(ModuleError) -> LocalStakingSlashRatio {
        for (name, member) in try field.members() where name != "double_sign" && name != "offline" {
            throw ModuleError(
                .invalidArgument,
                "a slash ratio has no member at \(member.path): use double_sign and offline"
            )
        }
        func ratio(_ name: String) throws(ModuleError) -> String {
            let ratio = try field[name].decimal()
            guard ratio <= .one else {
                throw ModuleError(
                    .slashRatioAboveOne,
                    "\(field[name].path): an infraction takes at most all of a stake; give a ratio up to 1"
                )
            }
            return ratio.shortDescription
        }
        let (doubleSign, offline) = (try ratio("double_sign"), try ratio("offline"))
        return .with {
            $0.doubleSign = doubleSign
            $0.offline = offline
        }
    }
}
