import ModuleKit
import RewardsEvents
import StakingEvents

/// What follows from native staking's events. A position has the shares of its delegation after each of them.
extension Rewards {
    /// Follows an event of the staking instance that the settings name.
    func follow(_ event: StakingEvent, _ origin: EventOrigin, _ context: Context) throws(ModuleError) {
        let label = try collections.settings.value(in: context)?.stakingInstance ?? "staking"
        guard origin.instance.label == label else { return }
        switch event.event {
        case .delegated(let event): try add(event.shares, event.delegator, event.validator, context)
        case .undelegated(let event): try remove(event.shares, event.delegator, event.validator, context)
        case .redelegated(let event):
            try remove(event.sourceShares, event.delegator, event.source, context)
            try add(event.destinationShares, event.delegator, event.destination, context)
        case .unbondingCancelled(let event): try add(event.shares, event.delegator, event.validator, context)
        case .redelegationSlashed(let event): try remove(event.shares, event.delegator, event.destination, context)
        case .delegationImported(let event): try add(event.shares, event.delegator, event.validator, context)
        case .validatorCreated(let event): try addValidator(event.validator, event.commission.rate, context)
        case .validatorImported(let event):
            try addValidator(event.validator.operator, event.validator.commission.rate, context)
        case .validatorEdited(let event): try changeCommission(event, context)
        case .validatorRemoved(let event): try removeValidator(event.validator, context)
        case .validatorSetUpdated(let event): try follow(event, context)
        default: break
        }
    }

    private func add(_ shares: String, _ delegator: String, _ validator: String, _ context: Context)
        throws(ModuleError)
    {
        try changeShares(delegator, validator, context) { (held) throws(ModuleError) in
            try held.adding(try Decimal18(shares))
        }
    }

    private func remove(_ shares: String, _ delegator: String, _ validator: String, _ context: Context)
        throws(ModuleError)
    {
        try changeShares(delegator, validator, context) { (held) throws(ModuleError) in
            try held.subtracting(try Decimal18(shares))
        }
    }

    private func changeShares(
        _ delegator: String,
        _ validator: String,
        _ context: Context,
        _ change: (Decimal18) throws(ModuleError) -> Decimal18
    ) throws(ModuleError) {
        let key = PositionKey(try Address(bech32: delegator), try Address(bech32: validator))
        let held = try collections.positions.value(for: key, in: context)?.shares ?? .zero
        let shares = try change(held)
        guard shares != held else { return }
        try context.emit(
            .with {
                $0.sharesChanged = .with {
                    $0.delegator = delegator
                    $0.validator = validator
                    $0.shares = shares.shortDescription
                }
            }
        )
    }

    private func addValidator(_ validator: String, _ rate: String, _ context: Context) throws(ModuleError) {
        try context.emit(
            .with {
                $0.validatorAdded = .with {
                    $0.validator = validator
                    $0.commissionRate = rate
                }
            }
        )
    }

    private func changeCommission(_ event: StakingValidatorEdited, _ context: Context) throws(ModuleError) {
        let rate = try Decimal18(event.commission.rate)
        let validator = try Address(bech32: event.validator)
        guard try collections.validators.value(for: validator, in: context)?.commissionRate != rate else { return }
        try context.emit(
            .with {
                $0.commissionChanged = .with {
                    $0.validator = event.validator
                    $0.commissionRate = event.commission.rate
                }
            }
        )
    }

    /// Pays the commission out, as nobody could ask for it any more.
    private func removeValidator(_ text: String, _ context: Context) throws(ModuleError) {
        let validator = try Address(bech32: text)
        let commission = try collections.settledValidator(validator, in: context)?.ledger.wholeCommission() ?? .empty
        let recipient = try collections.recipient(of: validator, in: context)
        try context.emit(
            .with {
                $0.validatorRemoved = .with {
                    $0.validator = text
                    $0.recipient = context.accountText(recipient)
                    $0.commission = commission.proto
                }
            }
        )
    }
}
