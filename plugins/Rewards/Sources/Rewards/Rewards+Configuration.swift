public import ModuleKit
import RewardsEvents
import StakingEvents

extension Rewards {
    /// Takes `{"staking": LABEL, "mint": {…}, "distribution": {…}}`; all members may be left out.
    ///
    /// `staking` names the native staking instance, `staking` by default. `mint` and `distribution` are the parameters of a
    /// Cosmos genesis; what is left out stays, or is the Cosmos SDK's default, but for the inflation: with `{}` there is none, and
    /// only fees are shared out. A genesis with a section `mint` says otherwise, or a configuration such as
    /// `{"mint": {"inflation_min": "0.07", "inflation_max": "0.20", "inflation_rate_change": "0.13"}}`.
    ///
    /// `{"distribution": {"fee_denoms": ["ibc/…"]}}` names what is shared out beside the chain's own denominations; fees in any
    /// other go to the community pool. The list is replaced as a whole; what was earned of one that it has no more stays owed.
    ///
    /// - Throws: `rewardParameterNotAllowed`; `stakeBeforeRewards` when the chain has validators by the time that the instance is
    ///   deployed; codespace `genesis` for malformed values.
    public func configure(_ configuration: JSONValue, _ context: Context) throws(ModuleError) {
        let root = JSONField(configuration)
        for (name, field) in try root.members() where !["staking", "mint", "distribution"].contains(name) {
            throw field.invalid("rewards have no such setting; they have staking, mint and distribution")
        }
        let old = try collections.settings.value(in: context)
        let label = try root["staking"].optional?.string() ?? old?.stakingInstance ?? "staking"
        try establish(stakingInstance: label, old, context)
        var rules = try collections.rules.value(in: context) ?? RewardRules()
        let sections = [
            (root["mint"], ParametersFormat.mintMembers), (root["distribution"], ParametersFormat.shareMembers),
        ]
        for (field, known) in sections where field.optional != nil {
            for (name, member) in try field.members() where !known.contains(name) {
                throw member.invalid("rewards have no such parameter")
            }
            try ParametersFormat.read(field, into: &rules)
        }
        try set(rules, context)
    }

    /// Records how the instance is set up, if that changes.
    private func establish(stakingInstance label: String, _ old: RewardsSettings?, _ context: Context)
        throws(ModuleError)
    {
        let settings = RewardsSettings.with {
            $0.accountPrefix = context.addresses.account
            $0.operatorPrefix = context.addresses.validatorOperator
            $0.consensusPrefix = context.addresses.consensus
            $0.stakingInstance = label
        }
        guard old != settings else { return }
        guard old == nil || old?.stakingInstance == label else {
            throw ModuleError(
                .rewardParameterNotAllowed,
                "the staking instance can't change: what its delegations have earned would be forgotten; leave it"
            )
        }
        try requireNoStake(label, context)
        try context.emit(.with { $0.configured.settings = settings })
    }

    /// Whoever has staked before is not known here, and would earn nothing.
    private func requireNoStake(_ label: String, _ context: Context) throws(ModuleError) {
        guard let staking = context.instance(named: label), staking.module == "staking" else { return }
        let query = StakingQuery.with { $0.validators.page.limit = 1 }
        do throws(ModuleError) {
            guard try context.ask(query, of: staking.number).validators.validators.isEmpty else {
                throw ModuleError(
                    .stakeBeforeRewards,
                    "\(label) has validators already: deploy rewards with the chain, before anybody stakes"
                )
            }
        } catch {
            // Before it was configured, staking answers nothing.
            guard error.code == .notConfigured else { throw error }
        }
    }

    /// Records parameters, if they change.
    func set(_ rules: RewardRules, _ context: Context) throws(ModuleError) {
        try rules.check()
        guard try collections.rules.value(in: context) != rules else { return }
        try context.emit(.with { $0.parametersSet.parameters = rules.stored })
    }
}
