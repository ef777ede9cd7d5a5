import GovernanceEvents
import ModuleKit
import StakingEvents

extension Governance {
    /// Follows what native staking records.
    func follow(_ event: StakingEvent, _ origin: EventOrigin, _ context: Context) throws(ModuleError) {
        guard let settings = try collections.settings.value(in: context),
            settings.stakingInstance == origin.instance.label
        else { return }
        if case .parametersSet(let event) = event.event {
            try follow(bondDenom: try Denom(event.parameters.bondDenom), context)
        }
        for change in event.changedDelegations {
            let delegator = try Address(bech32: change.delegator)
            guard try collections.isTracked(delegator, in: context) else { continue }
            try follow(delegator, at: try Address(bech32: change.validator), context)
        }
    }

    /// Records what a tracked delegator now has at a validator, if that is another than before.
    ///
    /// Staking is asked for all of it, instead of adding up what events say: reactions of others may already have led to
    /// more events on the same delegation, which are heard of first.
    private func follow(_ delegator: Address, at validator: Address, _ context: Context) throws(ModuleError) {
        let shares = try shares(of: delegator, at: validator, context)
        let known = try collections.stakes.value(for: Pair(delegator, validator), in: context)?.value ?? .zero
        guard shares != known else { return }
        try context.emit(
            .with {
                $0.stakeChanged = .with {
                    $0.delegator = text(of: delegator, context)
                    $0.validator = context.addresses.format(validator, as: .validatorOperator)
                    $0.shares = shares.description
                }
            }
        )
    }
}

extension StakingEvent {
    /// The delegations whose shares an event changes: delegator and validator.
    ///
    /// A slash of a validator changes what its shares are worth, not whose they are. All kinds are named, so that a new one
    /// has to be thought of.
    fileprivate var changedDelegations: [(delegator: String, validator: String)] {
        switch event {
        case .delegated(let event): [(event.delegator, event.validator)]
        case .undelegated(let event): [(event.delegator, event.validator)]
        case .redelegated(let event): [(event.delegator, event.source), (event.delegator, event.destination)]
        case .unbondingCancelled(let event): [(event.delegator, event.validator)]
        case .redelegationSlashed(let event): [(event.delegator, event.destination)]
        case .delegationImported(let event): [(event.delegator, event.validator)]
        case .configured, .parametersSet, .validatorCreated, .validatorEdited, .unbondingCompleted,
            .redelegationCompleted, .validatorSetUpdated, .validatorUnbonded, .validatorRemoved, .slashStarted,
            .unbondingSlashed, .validatorSlashed, .validatorJailed, .validatorUnjailed, .validatorTombstoned,
            .validatorImported, .unbondingImported, .redelegationImported, .poolsFunded, .genesisTransactionApplied,
            .slashContinued, .subAccountImported, .recallsCredited, .recallsForgotten, nil:
            []
        }
    }
}
