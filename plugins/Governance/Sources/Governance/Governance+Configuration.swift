import GovernanceEvents
public import ModuleKit
import StakingEvents

extension Governance {
    /// Takes `{"staking": LABEL, "params": {…}}`; both members may be left out.
    ///
    /// `staking` names the instance whose stake votes, `staking` by default. `params` are those of a Cosmos genesis, and
    /// `max_voting`; what is left out stays, or is the Cosmos SDK's default. They apply to proposals whose voting starts
    /// later.
    ///
    /// - Throws: `governanceParameterNotAllowed`; codespace `genesis`, for malformed values.
    public func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        let root = JSONField(configuration)
        for (name, field) in try root.members() where name != "staking" && name != "params" {
            throw field.invalid("governance has no such setting; it has staking and params")
        }
        let old = try collections.settings.value(in: context)
        let label = try root["staking"].optional?.string() ?? old?.stakingInstance ?? "staking"
        if let old, old.stakingInstance != label { try requireStaking(label, context) }
        try establish(stakingInstance: label, context)
        var rules = try currentOrInitialRules(context)
        if let field = root["params"].optional {
            if let unknown = try ParametersFormat.unknownMembers(of: field).first {
                throw field[unknown].invalid("governance has no such parameter")
            }
            try ParametersFormat.read(field, into: &rules)
        }
        try set(rules, context)
    }

    /// Makes sure that there is an instance whose stake is to vote from now on: without any, nobody could ever vote again, not even
    /// to mend it.
    private func requireStaking(_ label: String, _ context: Context) throws(ModuleError) {
        guard context.instance(named: label)?.module == Self.stakingModuleName else {
            throw ModuleError(
                .governanceParameterNotAllowed,
                "there is no native staking called '\(label)', whose stake could vote: name the label of one"
            )
        }
    }

    /// Records how the instance is set up, if that changes.
    private func establish(stakingInstance label: String, _ context: Context) throws(ModuleError) {
        let settings = GovernanceSettings.with {
            $0.accountPrefix = context.addresses.account
            $0.operatorPrefix = context.addresses.validatorOperator
            $0.stakingInstance = label
        }
        guard try collections.settings.value(in: context) != settings else { return }
        try context.emit(.with { $0.configured.settings = settings })
    }

    /// The parameters, or those of a new chain.
    private func currentOrInitialRules(_ context: Context) throws(ModuleError) -> GovernanceRules {
        if let rules = try collections.rules.value(in: context) { return rules }
        if let denom = try bondDenom(context) { return GovernanceRules(bondDenom: denom) }
        return GovernanceRules(bondDenom: try Denom("stake"))
    }

    /// Records parameters, if they change.
    func set(_ rules: GovernanceRules, _ context: Context) throws(ModuleError) {
        try rules.check()
        if let denom = try bondDenom(context), rules.minDeposit.denom != denom {
            throw ModuleError(
                .governanceParameterNotAllowed,
                "min_deposit is in \(rules.minDeposit.denom), but deposits are in the bond denomination: give it in \(denom)"
            )
        }
        guard try collections.rules.value(in: context) != rules else { return }
        try context.emit(.with { $0.parametersSet.parameters = rules.stored })
    }

    /// Takes over a new bond denomination, which staking allows only while there are no validators.
    ///
    /// - Throws: `governanceParameterNotAllowed`, which vetoes the change, while deposits are held.
    func follow(bondDenom denom: Denom, _ context: Context) throws(ModuleError) {
        guard var rules = try collections.rules.value(in: context), rules.minDeposit.denom != denom else { return }
        guard try collections.currentTotals(context).held.isZero else {
            throw ModuleError(
                .governanceParameterNotAllowed,
                "deposits are held in \(rules.minDeposit.denom): the bond denomination can change when they are settled"
            )
        }
        rules.minDeposit = Coin(rules.minDeposit.amount, denom)
        try set(rules, context)
    }

    /// The denomination that is staked; nil where there is no staking, or it has no parameters yet.
    private func bondDenom(_ context: Context) throws(ModuleError) -> Denom? {
        guard try staking(context) != nil else { return nil }
        do throws(ModuleError) {
            return try Denom(try ask(.with { $0.parameters = .init() }, context).parameters.bondDenom)
        } catch {
            guard error.code == .notConfigured else { throw error }
            return nil
        }
    }
}
