import ModuleKit
import StakingEvents

/// What part of a delegation leaves a validator.
struct Withdrawal {
    /// The validator's stake before.
    let stake: ValidatorStake
    /// The shares that are given back.
    let shares: Decimal18
    /// The coins that they are worth.
    let amount: Amount
    /// Whether the operator falls below its own minimum.
    let jails: Bool
}

extension NativeStaking {
    func undelegate(_ request: StakingUndelegate, _ sender: Address, _ context: Context) throws(ModuleError) {
        let rules = try collections.currentRules(context)
        let validator = try operatorAddress(request.validator, context)
        try undelegate(try rules.amount(of: request.amount), Delegator(sender), from: validator, rules, context)
    }

    /// Takes coins back: at once from an unbonded validator, else after the unbonding time.
    func undelegate(
        _ amount: Amount,
        _ delegator: Delegator,
        from validator: Address,
        atOnce: Bool = false,
        _ rules: StakingRules,
        _ context: Context
    ) throws(ModuleError) {
        let withdrawal = try withdrawal(of: amount, delegator.address, from: validator, rules, context)
        let isImmediate = atOnce || withdrawal.stake.status == .unbonded
        if !isImmediate { try requireRoomToUnbond(DelegationKey(delegator.address, validator), rules, context) }
        let recalled = atOnce ? try recallPeriod(at: validator, rules, context) : nil
        let completion = isImmediate ? Timestamp.epoch : try context.block.time.adding(rules.unbondingTime)
        try context.emit(
            .with {
                $0.undelegated = .with {
                    $0.delegator = text(ofAccount: delegator.address, context)
                    $0.validator = text(ofOperator: validator, context)
                    $0.amount = rules.coin(withdrawal.amount)
                    $0.shares = withdrawal.shares.description
                    $0.isValidatorBonded = withdrawal.stake.isBonded
                    $0.creationHeight = context.block.height
                    $0.completionTimeNanoseconds = completion.nanoseconds
                    $0.jailsValidator = withdrawal.jails
                    if let subAccount = delegator.subAccount { $0.subAccount = subAccount }
                    if let recalled { $0.recalled = recalled }
                }
            }
        )
        try removeIfEmpty(validator, context)
    }

    /// Finds the shares for an amount, and what they pay.
    ///
    /// - Throws: `delegationNotFound`, `delegationTooSmall`, `slashInProgress`, `sharesWorthless`, `amountTooSmall`.
    func withdrawal(
        of amount: Amount,
        _ delegator: Address,
        from validator: Address,
        _ rules: StakingRules,
        _ context: Context
    ) throws(ModuleError) -> Withdrawal {
        let stake = try collections.stake(of: validator, in: context)
        try requireNoSlash(of: stake)
        let key = DelegationKey(delegator, validator)
        guard let delegation = try collections.delegations.value(for: key, in: context) else {
            throw StakingState.noDelegation
        }
        let shares = try stake.shares(for: amount, rounding: .ceiling)
        guard !shares.isZero else {
            throw ModuleError(.amountTooSmall, "the amount is not worth the smallest share: give more")
        }
        guard shares <= delegation.shares else {
            let worth = try stake.payout(for: delegation.shares)
            throw ModuleError(
                .delegationTooSmall,
                "the delegation is worth \(worth)\(rules.bondDenom): take at most that"
            )
        }
        let paid = try stake.payout(for: shares)
        guard !paid.isZero else {
            throw ModuleError(.amountTooSmall, "the shares of this amount pay nothing: give more")
        }
        let jails = try leavesTooLittle(try delegation.shares.subtracting(shares), shares, key, stake, context)
        return Withdrawal(stake: stake, shares: shares, amount: paid, jails: jails)
    }

    /// Whether the operator's own delegation falls below the minimum that it has promised.
    private func leavesTooLittle(
        _ rest: Decimal18,
        _ part: Decimal18,
        _ key: DelegationKey,
        _ stake: ValidatorStake,
        _ context: Context
    ) throws(ModuleError) -> Bool {
        guard key.first == key.second, !stake.isJailed else { return false }
        let minimum = try Amount(try collections.profile(of: key.second, in: context).minSelfDelegation)
        var after = stake
        try after.remove(try stake.payout(for: part), part)
        return after.shares.isZero ? true : try after.worth(of: rest) < minimum
    }

    private func requireRoomToUnbond(_ key: DelegationKey, _ rules: StakingRules, _ context: Context)
        throws(ModuleError)
    {
        let entries = try collections.unbondings.value(for: key, in: context)?.entries ?? []
        guard entries.count < Int(rules.maxEntries) else {
            throw ModuleError(
                .tooManyUnbondingEntries,
                "\(entries.count) entries of this delegation are unbonding already: wait until one is paid out"
            )
        }
    }

    /// Removes a validator that nobody has a share of any more, once it is unbonded.
    func removeIfEmpty(_ validator: Address, _ context: Context) throws(ModuleError) {
        let stake = try collections.stake(of: validator, in: context)
        guard stake.shares.isZero, stake.status == .unbonded, stake.slashesInProgress == 0 else { return }
        try context.emit(.with { $0.validatorRemoved.validator = text(ofOperator: validator, context) })
    }
}
