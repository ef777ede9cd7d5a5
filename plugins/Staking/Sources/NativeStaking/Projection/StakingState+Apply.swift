import ModuleKit
import StakingEvents

extension StakingState {
    /// Projects one event; the only way in which state changes.
    func apply(_ event: StakingEvent, to state: StateWriter) throws(ModuleError) {
        try noteChanges(by: event, in: state)
        switch event.event {
        case .configured(let event): try settings.set(event.settings, in: state)
        case .parametersSet(let event): try rules.set(try StakingRules(event.parameters), in: state)
        case .validatorCreated(let event): try apply(event, to: state)
        case .validatorEdited(let event): try apply(event, to: state)
        case .delegated(let event): try apply(event, to: state)
        case .undelegated(let event): try apply(event, to: state)
        case .redelegated(let event): try apply(event, to: state)
        case .unbondingCancelled(let event): try apply(event, to: state)
        case .unbondingCompleted(let event): try apply(event, to: state)
        case .redelegationCompleted(let event): try apply(event, to: state)
        case .validatorSetUpdated(let event): try apply(event, to: state)
        case .validatorUnbonded(let event): try apply(event, to: state)
        case .validatorRemoved(let event): try apply(event, to: state)
        case .slashStarted(let event): try apply(event, to: state)
        case .slashContinued(let event): try apply(event, to: state)
        case .unbondingSlashed(let event): try apply(event, to: state)
        case .redelegationSlashed(let event): try apply(event, to: state)
        case .validatorSlashed(let event): try apply(event, to: state)
        case .validatorJailed(let event): try apply(event, to: state)
        case .validatorUnjailed(let event): try apply(event, to: state)
        case .validatorTombstoned(let event): try apply(event, to: state)
        case .validatorImported(let event): try apply(event, to: state)
        case .delegationImported(let event): try apply(event, to: state)
        case .unbondingImported(let event): try apply(event, to: state)
        case .redelegationImported(let event): try apply(event, to: state)
        case .recallsCredited(let event): try credit(try Amount(event.credited), to: event.slash, in: state)
        case .recallsForgotten(let event): try forgetRecalls(Int(event.count), in: state)
        case .subAccountImported(let event): try insert(event.subAccount, in: state)
        case .poolsFunded, .genesisTransactionApplied: break
        case nil: throw Self.doesNotFit("an event without content")
        }
    }

    /// The error for an event that contradicts the state: a damaged log, or a defect.
    static func doesNotFit(_ what: String) -> ModuleError {
        ModuleError(.eventDoesNotFit, "\(what) does not fit the state: the log is damaged, or of another version")
    }

    /// Changes a validator's stake and keeps its place in the order by power.
    func changeStake(
        of validator: Address,
        in state: StateWriter,
        _ change: (inout ValidatorStake) throws(ModuleError) -> Void
    ) throws(ModuleError) {
        let old = try stake(of: validator, in: state)
        var new = old
        try change(&new)
        try stakes.set(new, for: validator, in: state)
        let reduction = try currentRules(state).powerReduction
        try rank(validator, from: old, to: new, reduction, in: state)
    }

    /// Moves a validator in the order by power; a jailed one has no place there.
    func rank(
        _ validator: Address,
        from old: ValidatorStake?,
        to new: ValidatorStake?,
        _ reduction: Amount,
        in state: StateWriter
    ) throws(ModuleError) {
        let oldPower = old.flatMap { $0.isJailed ? nil : $0.power(reduction: reduction) }
        let newPower = new.flatMap { $0.isJailed ? nil : $0.power(reduction: reduction) }
        guard oldPower != newPower else { return }
        if let oldPower { try validatorsByPower.remove(PowerRank(oldPower, validator), in: state) }
        if let newPower { try validatorsByPower.set(Unit(), for: PowerRank(newPower, validator), in: state) }
    }

    /// Changes the pools' sums.
    func changeTotals(in state: StateWriter, _ change: (inout PoolTotals) throws(ModuleError) -> Void)
        throws(ModuleError)
    {
        var totals = try currentTotals(state)
        try change(&totals)
        try self.totals.set(totals, in: state)
    }
}
