import ModuleKit
import StakingEvents

extension NativeStaking {
    /// Carries out what the slashing instance says; no other instance is heard.
    ///
    /// A punishment of a consensus key that has no validator here is passed over: the validator may be gone.
    func carryOut(_ punishments: [ValidatorPunishment], _ origin: EventOrigin, _ context: Context)
        throws(ModuleError)
    {
        guard !punishments.isEmpty else { return }
        let settings = try collections.currentSettings(context)
        guard origin.instance.label == settings.slashingInstance else {
            throw ModuleError(
                .instanceNotAllowed,
                "only the instance \(settings.slashingInstance) may punish validators: name another one in the "
                    + "configuration of staking"
            )
        }
        for punishment in punishments {
            let address = punishment.consensusAddress
            guard let validator = try collections.validatorsByConsensusAddress.value(for: address, in: context) else {
                continue
            }
            try carryOut(punishment.action, on: validator, context)
        }
    }

    private func carryOut(_ action: ValidatorPunishment.Action, on validator: Address, _ context: Context)
        throws(ModuleError)
    {
        let stake = try collections.stake(of: validator, in: context)
        let name = text(ofOperator: validator, context)
        switch action {
        case .slash(let fraction, let infractionHeight, let power):
            try startSlash(of: validator, stake, fraction, since: infractionHeight, power: power, context)
        case .jail(let until):
            let time = until ?? .epoch
            guard !stake.isJailed || time > stake.jailedUntil else { return }
            try context.emit(
                .with {
                    $0.validatorJailed = .with {
                        $0.validator = name
                        $0.untilNanoseconds = time.nanoseconds
                    }
                }
            )
        case .tombstone:
            guard !stake.isTombstoned else { return }
            try context.emit(.with { $0.validatorTombstoned.validator = name })
        case .unjail:
            guard stake.isJailed else { return }
            guard !stake.isTombstoned else {
                throw ModuleError(.validatorTombstoned, "the validator is tombstoned and can't return")
            }
            try context.emit(.with { $0.validatorUnjailed.validator = name })
        }
    }
}
