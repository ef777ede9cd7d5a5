import ConverterEvents
import ModuleKit
import VirtualStakingEvents

extension VirtualStaking {
    /// The converter that the instance belongs to, which names it back.
    ///
    /// - Throws: `notPaired`.
    func pairedConverter(_ settings: VirtualStakingSettings, _ context: Context) throws(ModuleError) -> UInt32 {
        try pairing(settings, context).converter.number
    }

    /// The converter that the instance belongs to, which names it back, and how it was set up.
    ///
    /// - Throws: `notPaired`.
    func pairing(_ settings: VirtualStakingSettings, _ context: Context) throws(ModuleError)
        -> (converter: InstanceIdentity, settings: ConverterSettings)
    {
        guard let converter = context.instance(named: settings.converter), converter.module == converterModuleName
        else {
            throw ModuleError(
                .notPaired,
                "there is no converter called \(settings.converter): deploy it, or name another"
            )
        }
        let theirs = try context.ask(ConverterQuery.with { $0.settings = .init() }, of: converter.number).settings
        guard context.instance(named: theirs.virtualStaking)?.number == context.identity.number else {
            throw ModuleError(
                .notPaired,
                "\(settings.converter) does not name this instance as its virtual staking: both have to name each other"
            )
        }
        return (converter, theirs)
    }

    /// Follows an event of the converter. What others address to this instance means nothing.
    func follow(_ event: ConverterEvent, of origin: EventOrigin, _ context: Context) throws(ModuleError) {
        guard event.concernsStake, event.addressee == context.identity.number,
            let settings = try settings.value(in: context),
            context.instance(named: settings.converter)?.number == origin.instance.number
        else { return }
        if let reduction = event.pledgeReduction { try follow(reduction, context) }
        guard case .closed = event.event, try closure.value(in: context) == nil else { return }
        try context.emit(.with { $0.pairingClosed = .init() })
        try release(try freeParts(context), .pairingClosed, context)
    }

    /// Lets go of the part of a validator's stake by which its pledge went down, rounded up.
    private func follow(_ event: ConverterPledgeReduced, _ context: Context) throws(ModuleError) {
        let amount = try Amount(event.amount)
        guard !amount.isZero else { return }
        let before = try Amount(event.pledgedBefore)
        guard amount <= before else {
            throw ModuleError(
                .inconsistentConverter,
                "a pledge of \(before) can't go down by \(amount): the converter contradicts itself"
            )
        }
        let validator = try context.operatorAddress(event.validator)
        let free = try free(at: validator, context)
        guard !free.isZero else { return }
        let part = try free.multiplied(by: amount, over: before, rounding: .ceiling)
        try release([StakePart(part, at: validator)], .pledgeReduced, context)
    }
}

extension ConverterEvent {
    /// Whether stake may have to be let go for it.
    fileprivate var concernsStake: Bool {
        if case .closed = event { true } else { pledgeReduction != nil }
    }
}
