import LocalStakingEvents
import ModuleKit
import StakingEvents

/// What native staking says of the sub-accounts of this instance: nobody else is told these events; and of slashes.
extension LocalStaking {
    func take(_ event: StakingEvent, from staking: InstanceIdentity, _ context: Context) throws(ModuleError) {
        if case .validatorSlashed(let slash) = event.event,
            staking.number == (try nativeStaking(context)).number
        {
            return try startRecount(after: slash, context)
        }
        guard let subAccount = event.subAccount, subAccount.instanceNumber == context.identity.number,
            staking.number == (try nativeStaking(context)).number
        else { return }
        let owner = try Address(bech32: subAccount.owner)
        switch event.event {
        case .undelegated(let event): try take(event, of: owner, context)
        case .redelegated(let event): try take(event, of: owner, context)
        case .unbondingCompleted(let event): try take(event, of: owner, context)
        case .redelegationSlashed(let event): try startRecount(after: event, of: owner, context)
        // A delegation stands in the order for it. What was unbonding is counted once the slash is complete.
        default: return
        }
    }

    /// An order to take stake back was carried out: the coins are unbonding, or are here.
    private func take(_ event: StakingUndelegated, of owner: Address, _ context: Context) throws(ModuleError) {
        let validator = try Address(bech32: event.validator)
        let order = try requireOrder([.unstake, .recall], of: owner, at: validator, context)
        let isForfeit = order.purpose == .recall
        guard event.completionTimeNanoseconds == 0 else {
            try context.emit(
                .with {
                    $0.unbondingStarted = .with {
                        $0.owner = order.owner
                        $0.validator = event.validator
                        $0.amount = event.amount.amount
                        $0.completionTimeNanoseconds = event.completionTimeNanoseconds
                        $0.isForfeit = isForfeit
                    }
                }
            )
            return
        }
        let amount = try Amount(event.amount.amount)
        let forfeit = isForfeit ? amount : .zero
        try emitReturn(of: amount, forfeit: forfeit, isForfeit ? .leaving : .staked, owner, event.validator, context)
    }

    private func take(_ event: StakingRedelegated, of owner: Address, _ context: Context) throws(ModuleError) {
        let order = try requireOrder([.restake], of: owner, at: try Address(bech32: event.source), context)
        try context.emit(
            .with {
                $0.restaked = .with {
                    $0.owner = order.owner
                    $0.source = event.source
                    $0.destination = event.destination
                    $0.amount = event.amount.amount
                }
            }
        )
    }

    /// The unbonding time is over. Of what comes back, the forfeit part is the first.
    private func take(_ event: StakingUnbondingCompleted, of owner: Address, _ context: Context) throws(ModuleError) {
        let amount = try Amount(event.amount.amount)
        // A slash may have left nothing.
        guard !amount.isZero else { return }
        let stake = try account(of: owner, in: context).stake(at: try Address(bech32: event.validator))
        let forfeit = min(amount, try stake.forfeit.subtracting(stake.leaving))
        try emitReturn(of: amount, forfeit: forfeit, .unbonding, owner, event.validator, context)
    }

    private func emitReturn(
        of amount: Amount,
        forfeit: Amount,
        _ source: LocalStakingCoinSource,
        _ owner: Address,
        _ validator: String,
        _ context: Context
    ) throws(ModuleError) {
        let payment = try payment(of: forfeit, context)
        try context.emit(
            .with {
                $0.coinsReturned = .with {
                    $0.owner = context.addresses.format(owner, as: .account)
                    $0.validator = validator
                    $0.amount = amount.description
                    $0.source = source
                    if let payment { $0.payment = payment }
                }
            }
        )
    }

    /// Coins for the vault; nil for none.
    func payment(of amount: Amount, _ context: Context) throws(ModuleError) -> LocalStakingPayment? {
        guard !amount.isZero else { return nil }
        let binding = try requireBinding(context)
        return .with {
            $0.account = context.addresses.format(context.identity.address, as: .account)
            $0.vault = binding.vault
            $0.amount.denom = binding.denom
            $0.amount.amount = amount.description
        }
    }

    /// The vault that has asked for liens.
    func requireBinding(_ state: some StateReading) throws(ModuleError) -> LocalStakingBinding {
        guard let binding = try binding.value(in: state) else {
            throw ModuleError(
                .inconsistentLocalStakingEvent,
                "stake comes back, and no vault has ever asked for any: the store is damaged"
            )
        }
        return binding
    }

    /// The order that staking, or rewards, are answering.
    @discardableResult
    func requireOrder(
        _ purposes: [LocalStakingOrderPurpose],
        of owner: Address,
        at validator: Address,
        _ context: Context
    ) throws(ModuleError) -> LocalStakingOpenOrder {
        guard let order = try openOrder.value(in: context), purposes.contains(order.purpose),
            try Address(bech32: order.owner) == owner, try Address(bech32: order.validator) == validator
        else {
            throw ModuleError(
                .inconsistentLocalStakingEvent,
                "stake of a sub-account was moved, or its rewards paid, and nobody has ordered it: report this defect"
            )
        }
        return order
    }

    /// Checks that staking has carried an order out.
    ///
    /// - Throws: `noNativeStaking`.
    func requireAnswer(_ context: Context) throws(ModuleError) {
        guard try openOrder.value(in: context) == nil else {
            throw ModuleError(
                .noNativeStaking,
                "no staking has carried the order out: this chain's module set has to have native staking"
            )
        }
    }
}
