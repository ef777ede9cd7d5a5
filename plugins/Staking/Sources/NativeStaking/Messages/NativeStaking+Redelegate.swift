import ModuleKit
import StakingEvents

extension NativeStaking {
    func redelegate(_ request: StakingRedelegate, _ sender: Address, _ context: Context) throws(ModuleError) {
        let rules = try collections.currentRules(context)
        let source = try operatorAddress(request.source, context)
        let destination = try operatorAddress(request.destination, context)
        let amount = try rules.amount(of: request.amount)
        try redelegate(amount, Delegator(sender), from: source, to: destination, rules, context)
    }

    /// Moves coins from one validator to another. They answer for the source as long as if they had been unbonded.
    func redelegate(
        _ amount: Amount,
        _ delegator: Delegator,
        from source: Address,
        to destination: Address,
        _ rules: StakingRules,
        _ context: Context
    ) throws(ModuleError) {
        let key = RedelegationKey(delegator.address, source, destination)
        let target = try checkRedelegation(key, rules, context)
        let withdrawal = try withdrawal(of: amount, delegator.address, from: source, rules, context)
        let issued = try issuedShares(for: withdrawal.amount, at: target)
        let liability = try liability(of: withdrawal.stake, rules, context)
        try context.emit(
            .with {
                $0.redelegated = .with {
                    $0.delegator = text(ofAccount: delegator.address, context)
                    $0.source = text(ofOperator: source, context)
                    $0.destination = text(ofOperator: destination, context)
                    $0.amount = rules.coin(withdrawal.amount)
                    $0.sourceShares = withdrawal.shares.description
                    $0.destinationShares = issued.description
                    $0.isSourceBonded = withdrawal.stake.isBonded
                    $0.isDestinationBonded = target.isBonded
                    $0.creationHeight = liability.height
                    $0.completionTimeNanoseconds = liability.end.nanoseconds
                    $0.jailsSource = withdrawal.jails
                    if let subAccount = delegator.subAccount { $0.subAccount = subAccount }
                }
            }
        )
        try removeIfEmpty(source, context)
    }

    /// Checks who moves from where to where, and gives the destination's stake.
    private func checkRedelegation(_ key: RedelegationKey, _ rules: StakingRules, _ context: Context)
        throws(ModuleError) -> ValidatorStake
    {
        guard key.source != key.destination else {
            throw ModuleError(.selfRedelegation, "source and destination are one validator: name another destination")
        }
        guard let target = try collections.stakes.value(for: key.destination, in: context) else {
            throw ModuleError(.redelegationDestinationNotFound, "there is no such destination: name another validator")
        }
        guard try !collections.hasReceived(key.delegator, at: key.source, in: context) else {
            throw ModuleError(
                .transitiveRedelegation,
                "coins that came to the source by a redelegation still answer for where they came from: wait until "
                    + "it is complete"
            )
        }
        let entries = try collections.redelegations.value(for: key, in: context)?.entries ?? []
        guard entries.count < Int(rules.maxEntries) else {
            throw ModuleError(
                .tooManyRedelegationEntries,
                "\(entries.count) redelegations between these validators are open already: wait until one is complete"
            )
        }
        return target
    }

    /// From which height and until when coins that leave a validator answer for it; the epoch when they don't.
    private func liability(of stake: ValidatorStake, _ rules: StakingRules, _ context: Context) throws(ModuleError)
        -> (height: UInt64, end: Timestamp)
    {
        switch stake.status {
        case .unbonded: (context.block.height, .epoch)
        case .unbonding: (stake.unbondingHeight, stake.unbondingTime)
        default: (context.block.height, try context.block.time.adding(rules.unbondingTime))
        }
    }
}
