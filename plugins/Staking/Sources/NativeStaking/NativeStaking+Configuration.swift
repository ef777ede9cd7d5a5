public import ModuleKit
import StakingEvents

extension NativeStaking {
    /// Takes `{"slashing": LABEL, "params": {…}}`; both members may be left out.
    ///
    /// `slashing` names the instance whose punishments count, `slashing` by default. `params` are those of a Cosmos
    /// genesis; what is left out stays, or is the Cosmos SDK's default with the bond denomination `stake`.
    ///
    /// - Throws: `parameterNotAllowed`; codespace `genesis`, for malformed values.
    public func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        let root = JSONField(configuration)
        for (name, field) in try root.members() where name != "slashing" && name != "params" {
            throw field.invalid("staking has no such setting; it has slashing and params")
        }
        let old = try collections.settings.value(in: context)
        let label = try root["slashing"].optional?.string() ?? old?.slashingInstance ?? "slashing"
        try establish(slashingInstance: label, context)
        var rules = try collections.rulesOrInitial(context)
        if let field = root["params"].optional {
            if let unknown = try ParametersFormat.unknownMembers(of: field).first {
                throw field[unknown].invalid("staking has no such parameter")
            }
            try ParametersFormat.read(field, into: &rules)
        }
        try set(rules, context)
    }

    /// Records how the instance is set up, if that changes.
    func establish(slashingInstance label: String, _ context: Context) throws(ModuleError) {
        let settings = StakingSettings.with {
            $0.accountPrefix = context.addresses.account
            $0.operatorPrefix = context.addresses.validatorOperator
            $0.consensusPrefix = context.addresses.consensus
            $0.slashingInstance = label
        }
        guard try collections.settings.value(in: context) != settings else { return }
        try context.emit(.with { $0.configured.settings = settings })
    }

    /// Records parameters, if they change.
    ///
    /// The power reduction stays once there are validators: their order by power is kept in it.
    func set(_ rules: StakingRules, _ context: Context) throws(ModuleError) {
        try rules.check()
        let old = try collections.rules.value(in: context)
        guard old != rules else { return }
        if let old, old.powerReduction != rules.powerReduction || old.bondDenom != rules.bondDenom {
            guard try collections.profiles.entries(in: context, limit: 1).isEmpty else {
                throw ModuleError(
                    .parameterNotAllowed,
                    "power_reduction and bond_denom can't change while there are validators: leave them"
                )
            }
        }
        try context.emit(.with { $0.parametersSet.parameters = rules.stored })
    }
}
