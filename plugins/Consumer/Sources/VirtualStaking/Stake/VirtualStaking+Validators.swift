import ModuleKit
import StakingEvents
import VirtualStakingEvents

/// What becomes of validators, and of the delegations to them.
///
/// Native staking has applied an event before it is offered, and the bank has moved its coins: the module order puts both
/// before virtual staking. So the state that a reaction asks for is the one after the event, and stake that is taken back in
/// the reaction is out of the powers of the same block.
extension VirtualStaking {
    /// Follows an event of native staking.
    func follow(_ event: StakingEvent, of origin: EventOrigin, _ context: Context) throws(ModuleError) {
        guard event.concernsVirtualStake, let settings = try settings.value(in: context),
            origin.instance.number == settings.staking
        else { return }
        switch event.event {
        case .undelegated(let event): try count(event, settings, context)
        case .validatorSlashed(let event):
            let validator = try context.operatorAddress(event.validator)
            try writeOffLoss(at: validator, settings, context)
            try releaseOwed(at: validator, context)
        case .validatorJailed(let event): try leave([event.validator], context)
        case .validatorTombstoned(let event): try leave([event.validator], context)
        case .validatorSetUpdated(let event):
            try leave(event.updates.filter { $0.power == 0 }.map(\.validator), context)
        default: return
        }
    }

    /// Takes back everything from validators that are not active any more.
    private func leave(_ validators: [String], _ context: Context) throws(ModuleError) {
        var parts: [StakePart] = []
        for text in validators {
            let validator = try context.operatorAddress(text)
            let free = try free(at: validator, context)
            if !free.isZero { parts.append(StakePart(free, at: validator)) }
        }
        guard !parts.isEmpty else { return }
        try release(parts, .validatorInactive, context)
    }

    /// Stops counting what a delegation has lost, and corrects the supply's offset by as much.
    ///
    /// A slash has burned the coins, real and virtual ones alike; those that were virtual stood in no supply before.
    func writeOffLoss(at validator: Address, _ settings: VirtualStakingSettings, _ context: Context) throws(ModuleError)
    {
        guard let counted = try minted.value(for: validator, in: context) else { return }
        let native = NativeStake(settings, context)
        let loss = counted.saturatingSubtracting(try native.worth(at: validator))
        guard !loss.isZero else { return }
        let coin = Coin(loss, try native.bondDenom())
        try context.emit(
            .with {
                $0.stakeLost = .with {
                    $0.validator = context.operatorText(validator)
                    $0.amount = ProtoCoin(coin)
                    $0.moduleAccount = settings.moduleAccount
                }
            }
        )
    }
}

extension StakingEvent {
    /// Whether it may concern virtual stake at all; most events don't, and cost nothing.
    fileprivate var concernsVirtualStake: Bool {
        switch event {
        case .undelegated(let event): event.completionTimeNanoseconds == 0
        case .validatorSlashed, .validatorJailed, .validatorTombstoned, .validatorSetUpdated: true
        default: false
        }
    }
}
