import ConverterEvents
import ModuleKit
import StakingEvents

/// What native staking records about validators is only noted here: which of them to look at, and slashes. What the
/// provider is told is decided at the end of the block, from how the validators stand then.
extension Converter {
    /// How many validators one event names.
    static let touchedValidatorsMax = 500

    /// Notes what the provider has to be told of, once the channel is open.
    func observe(_ event: StakingEvent, from origin: EventOrigin, _ context: Context) throws(ModuleError) {
        guard event.isAboutValidators, let channel = try channel.value(in: context), channel.isOpen,
            try origin.instance.number == nativeStaking(context)
        else { return }
        switch event.event {
        case .validatorSetUpdated(let update): try touch(try news(in: update, context), context)
        case .validatorJailed(let event): try touch([event.validator], context)
        case .validatorUnjailed(let event): try touch([event.validator], context)
        case .validatorTombstoned(let event): try touch([event.validator], context)
        case .slashStarted(let event): try note(event, context)
        default: return
        }
    }

    /// Has the provider told of every validator of the active set.
    func touchActiveSet(_ context: Context) throws(ModuleError) {
        let query = StakingQuery.with { $0.activeSet = .init() }
        let active = try context.ask(query, of: try nativeStaking(context)).activeSet
        try touch(active.powers.map(\.operator), context)
    }

    /// The validators that entered the active set or left it; the provider need not know who has how much power.
    private func news(in update: StakingValidatorSetUpdated, _ context: Context) throws(ModuleError) -> [String] {
        var validators: [String] = []
        for change in update.updates {
            let told = try told.value(for: try Address(bech32: change.validator), in: context)
            let isActive = told == ConverterStanding.active.stored
            if isActive != (change.power > 0) { validators.append(change.validator) }
        }
        return validators
    }

    private func touch(_ validators: [String], _ context: Context) throws(ModuleError) {
        var rest = validators[...]
        while !rest.isEmpty {
            let part = Array(rest.prefix(Self.touchedValidatorsMax))
            rest = rest.dropFirst(Self.touchedValidatorsMax)
            try context.emit(.with { $0.validatorsTouched.validators = part })
        }
    }

    /// Notes a slash: the same fraction of what is pledged, without a price.
    private func note(_ slash: StakingSlashStarted, _ context: Context) throws(ModuleError) {
        let pledge = try pledged.value(for: try Address(bech32: slash.validator), in: context) ?? .zero
        let fraction = try Decimal18(slash.fraction)
        let amount = try pledge.multiplied(by: fraction, rounding: .floor)
        try context.emit(
            .with {
                $0.slashNoted.note = .with {
                    $0.slash = slash.slash
                    $0.validator = slash.validator
                    $0.infractionHeight = slash.infractionHeight
                    $0.power = slash.power
                    $0.fraction = slash.fraction
                    $0.amount = amount.description
                }
            }
        )
    }
}

extension StakingEvent {
    /// Whether the event may be news for the provider. Most events are about delegations.
    fileprivate var isAboutValidators: Bool {
        switch event {
        case .validatorSetUpdated, .validatorJailed, .validatorUnjailed, .validatorTombstoned, .slashStarted: true
        default: false
        }
    }
}

extension ConverterStanding {
    /// As it is stored.
    var stored: UInt32 { UInt32(clamping: rawValue) }
}
