public import ModuleKit
import SlashingEvents

extension Slashing {
    /// Takes `{"staking": LABEL, "params": {…}, "evidence": {…}}`; all members may be left out.
    ///
    /// `staking` names the native staking instance, `staking` by default; that has to name this one in turn, as it does where
    /// both have the names of their modules. `params` are those of a Cosmos genesis; `evidence` has `max_age_duration` and
    /// `max_age_num_blocks` as the consensus parameters have them. What is left out stays, or is the Cosmos SDK's default.
    ///
    /// - Throws: `slashingParameterNotAllowed`; codespace `genesis` for malformed values.
    public func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        let root = JSONField(configuration)
        for (name, field) in try root.members() where !["staking", "params", "evidence"].contains(name) {
            throw field.invalid("slashing has no such setting; it has staking, params and evidence")
        }
        let old = try collections.settings.value(in: context)
        let label = try root["staking"].optional?.string() ?? old?.stakingInstance ?? "staking"
        try establish(stakingInstance: label, old, context)
        var rules = try collections.rules.value(in: context) ?? SlashingRules()
        let sections = [
            (root["params"], ParametersFormat.members), (root["evidence"], ParametersFormat.evidenceMembers),
        ]
        for (field, known) in sections where field.optional != nil {
            for (name, member) in try field.members() where !known.contains(name) {
                throw member.invalid("slashing has no such parameter")
            }
        }
        if let params = root["params"].optional { try ParametersFormat.read(params, into: &rules) }
        if let evidence = root["evidence"].optional { try ParametersFormat.read(evidence: evidence, into: &rules) }
        try set(rules, context)
    }

    /// Records how the instance is set up, if that changes.
    private func establish(stakingInstance label: String, _ old: SlashingSettings?, _ context: Context)
        throws(ModuleError)
    {
        let settings = SlashingSettings.with {
            $0.accountPrefix = context.addresses.account
            $0.operatorPrefix = context.addresses.validatorOperator
            $0.consensusPrefix = context.addresses.consensus
            $0.stakingInstance = label
        }
        guard old != settings else { return }
        try context.emit(.with { $0.configured.settings = settings })
    }

    /// Records parameters, if they change.
    func set(_ rules: SlashingRules, _ context: Context) throws(ModuleError) {
        try rules.check()
        guard try collections.rules.value(in: context) != rules else { return }
        try context.emit(.with { $0.parametersSet.parameters = rules.stored })
    }
}
