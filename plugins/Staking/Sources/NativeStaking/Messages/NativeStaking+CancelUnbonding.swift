import ModuleKit
import StakingEvents

extension NativeStaking {
    /// Puts unbonding coins behind their validator again.
    func cancelUnbonding(_ request: StakingCancelUnbonding, _ sender: Address, _ context: Context)
        throws(ModuleError)
    {
        let rules = try collections.currentRules(context)
        let validator = try operatorAddress(request.validator, context)
        let amount = try rules.amount(of: request.amount)
        let stake = try collections.stake(of: validator, in: context)
        guard !stake.isJailed else {
            throw ModuleError(.validatorJailed, "the validator is jailed: wait until its operator has unjailed it")
        }
        let key = DelegationKey(sender, validator)
        let entries = try collections.unbondings.value(for: key, in: context)?.entries ?? []
        let now = context.block.time.nanoseconds
        guard
            let entry = entries.first(where: {
                $0.creationHeight == request.creationHeight && $0.completionTimeNanoseconds > now
            })
        else {
            throw ModuleError(
                .unbondingNotFound,
                "nothing of this delegation is unbonding since height \(request.creationHeight): list it with a query"
            )
        }
        let balance = try Amount(entry.balance)
        guard amount <= balance else {
            throw ModuleError(.delegationTooSmall, "the entry has \(balance)\(rules.bondDenom): take at most that")
        }
        let shares = try issuedShares(for: amount, at: stake)
        try context.emit(
            .with {
                $0.unbondingCancelled = .with {
                    $0.delegator = text(ofAccount: sender, context)
                    $0.validator = request.validator
                    $0.amount = rules.coin(amount)
                    $0.shares = shares.description
                    $0.isValidatorBonded = stake.isBonded
                    $0.creationHeight = entry.creationHeight
                    $0.completionTimeNanoseconds = entry.completionTimeNanoseconds
                }
            }
        )
    }
}
