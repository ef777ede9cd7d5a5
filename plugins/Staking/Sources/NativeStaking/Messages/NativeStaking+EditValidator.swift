import ModuleKit
import StakingEvents

extension NativeStaking {
    func editValidator(_ request: StakingEditValidator, _ sender: Address, _ context: Context) throws(ModuleError) {
        let rules = try collections.currentRules(context)
        var profile = try collections.profile(of: sender, in: context)
        if request.hasMoniker { profile.description_p.moniker = request.moniker }
        if request.hasIdentity { profile.description_p.identity = request.identity }
        if request.hasWebsite { profile.description_p.website = request.website }
        if request.hasSecurityContact { profile.description_p.securityContact = request.securityContact }
        if request.hasDetails { profile.description_p.details = request.details }
        try profile.description_p.checkLengths()
        if request.hasCommissionRate {
            profile.commission = try CommissionRule.changed(
                profile.commission,
                to: request.commissionRate,
                at: context.block.time,
                minimum: rules.minCommissionRate
            )
        }
        if request.hasMinSelfDelegation {
            let minimum = try Amount(request.minSelfDelegation)
            guard minimum > (try Amount(profile.minSelfDelegation)) else {
                throw ModuleError(
                    .minSelfDelegationDecreased,
                    "the minimum of the own delegation can only rise: choose more than \(profile.minSelfDelegation)"
                )
            }
            let own = try selfDelegation(of: sender, context)
            guard minimum <= own else {
                throw ModuleError(
                    .selfDelegationBelowMinimum,
                    "the operator's own delegation is worth \(own): delegate more first, or choose less"
                )
            }
            profile.minSelfDelegation = minimum.description
        }
        try context.emit(
            .with {
                $0.validatorEdited = .with {
                    $0.validator = text(ofOperator: sender, context)
                    $0.description_p = profile.description_p
                    $0.commission = profile.commission
                    $0.minSelfDelegation = profile.minSelfDelegation
                }
            }
        )
    }

    /// Brings the sender's jailed validator back (the Cosmos SDK's `x/slashing` has this message).
    func unjail(_ sender: Address, _ context: Context) throws(ModuleError) {
        let stake = try collections.stake(of: sender, in: context)
        let profile = try collections.profile(of: sender, in: context)
        guard stake.isJailed else {
            throw ModuleError(.validatorNotJailed, "the validator is not jailed: nothing is to be done")
        }
        guard !stake.isTombstoned else {
            throw ModuleError(.validatorTombstoned, "the validator is tombstoned and can't return: create another one")
        }
        guard context.block.time >= stake.jailedUntil else {
            throw ModuleError(.jailTimeNotOver, "the validator is jailed until \(stake.jailedUntil): wait until then")
        }
        let own = try selfDelegation(of: sender, context)
        guard !own.isZero, own >= (try Amount(profile.minSelfDelegation)) else {
            throw ModuleError(
                .selfDelegationBelowMinimum,
                "the operator's own delegation is worth \(own), less than its minimum \(profile.minSelfDelegation): "
                    + "delegate more first"
            )
        }
        try context.emit(.with { $0.validatorUnjailed.validator = text(ofOperator: sender, context) })
    }

    /// What the operator's own delegation is worth.
    private func selfDelegation(of validator: Address, _ context: Context) throws(ModuleError) -> Amount {
        let key = DelegationKey(validator, validator)
        guard let delegation = try collections.delegations.value(for: key, in: context) else { return .zero }
        return try collections.stake(of: validator, in: context).worth(of: delegation.shares)
    }
}
