import ModuleKit
import StakingEvents
import VirtualStakingEvents

/// A part of the stake at a validator.
struct StakePart: Hashable {
    let validator: Address
    let amount: Amount

    init(_ amount: Amount, at validator: Address) {
        self.amount = amount
        self.validator = validator
    }
}

extension VirtualStaking {
    /// At how many validators stake is let go in one go; the rest is owed, and let go at the ends of blocks, as many in each.
    static let releasesMax = 200
    /// How many events are kept back for what one release leads to, and for the end: the burning, and the record of what is owed.
    ///
    /// A release takes four events, and more where others, such as rewards and votes, follow the stake. A reaction to a final
    /// event may record a thousand.
    static let eventsKeptBack = 64
    /// Of how many validators one event says what is owed.
    static let postponedPartsMax = 256

    /// Takes stake back at once, and burns it.
    ///
    /// Native staking pays the instance; what it paid is told by `undelegated`, to which the instance reacts. All of it is
    /// burned together. What can't be taken back, or is too much for one go, is owed from here on; nothing that fails at one
    /// validator is thrown.
    func release(_ parts: [StakePart], _ cause: VirtualStakingCause, _ context: Context) throws(ModuleError) {
        let settings = try requireSettings(context)
        var rest = parts[...]
        while let part = rest.first, parts.count - rest.count < Self.releasesMax,
            context.eventsLeft > Self.eventsKeptBack
        {
            rest = rest.dropFirst()
            do throws(ModuleError) {
                try release(part, cause, context)
            } catch {
                try owe(part, cause, error.recordedMessage, context)
            }
        }
        try postpone(rest, cause, context)
        try burnReturned(settings, context)
    }

    private func postpone(_ parts: ArraySlice<StakePart>, _ cause: VirtualStakingCause, _ context: Context)
        throws(ModuleError)
    {
        var rest = parts
        while !rest.isEmpty {
            let some = rest.prefix(Self.postponedPartsMax)
            rest = rest.dropFirst(Self.postponedPartsMax)
            try context.emit(
                .with {
                    $0.releasesPostponed.cause = cause
                    $0.releasesPostponed.parts = some.map { part in
                        .with {
                            $0.validator = context.operatorText(part.validator)
                            $0.amount = part.amount.description
                        }
                    }
                }
            )
        }
    }

    /// What is bonded at a validator and not owed.
    func free(at validator: Address, _ context: Context) throws(ModuleError) -> Amount {
        let minted = try minted.value(for: validator, in: context) ?? .zero
        return minted.saturatingSubtracting(try owed.value(for: validator, in: context) ?? .zero)
    }

    /// What is bonded and not owed, by validator.
    func freeParts(_ context: Context) throws(ModuleError) -> [StakePart] {
        var parts: [StakePart] = []
        try minted.forEach(in: context) { (validator, _) throws(ModuleError) in
            let free = try free(at: validator, context)
            if !free.isZero { parts.append(StakePart(free, at: validator)) }
            return true
        }
        return parts
    }

    /// Lets go of what is owed to one validator's slash that has just ended.
    func releaseOwed(at validator: Address, _ context: Context) throws(ModuleError) {
        guard try owed.contains(validator, in: context) else { return }
        let settings = try requireSettings(context)
        try releaseOwed(at: validator, settings, context)
        try burnReturned(settings, context)
    }

    /// Lets go of what is owed, where that is possible by now: at so many validators in a block, each time from another one on,
    /// so that those whose slash goes on hold back nobody.
    func releaseOwed(_ context: Context) throws(ModuleError) {
        let settings = try requireSettings(context)
        var validators: [Address] = []
        try owed.forEach(in: context) { (validator, _) throws(ModuleError) in
            validators.append(validator)
            return true
        }
        guard !validators.isEmpty else { return }
        let count = UInt64(validators.count)
        let start = Int(context.block.height % count * UInt64(Self.releasesMax) % count)
        for validator in (validators[start...] + validators[..<start]).prefix(Self.releasesMax) {
            try releaseOwed(at: validator, settings, context)
        }
        try burnReturned(settings, context)
    }

    /// Counts first what the delegation has lost: no more can be let go than it is worth.
    private func releaseOwed(at validator: Address, _ settings: VirtualStakingSettings, _ context: Context)
        throws(ModuleError)
    {
        try writeOffLoss(at: validator, settings, context)
        do throws(ModuleError) {
            try release(StakePart(.zero, at: validator), .owed, context)
        } catch {
            // It was recorded why when it was first owed, and stays owed.
            guard !error.isExhaustion else { throw error }
        }
    }

    /// Asks native staking for a part, and for what is owed at the same validator.
    ///
    /// Native staking may pay a unit less than it was asked for: shares that are worth a fraction each are rounded. What is
    /// short is owed.
    private func release(_ part: StakePart, _ cause: VirtualStakingCause, _ context: Context) throws(ModuleError) {
        let owed = try owed.value(for: part.validator, in: context) ?? .zero
        let amount = try part.amount.adding(owed)
        guard !amount.isZero else { return }
        let before = try minted.value(for: part.validator, in: context) ?? .zero
        try context.emit(
            .with {
                $0.released = .with {
                    $0.validator = context.operatorText(part.validator)
                    $0.amount = amount.description
                    $0.owed = owed.description
                    $0.cause = cause
                }
            }
        )
        let after = try minted.value(for: part.validator, in: context) ?? .zero
        let short = amount.saturatingSubtracting(before.saturatingSubtracting(after))
        guard !short.isZero else { return }
        try owe(StakePart(short, at: part.validator), cause, "native staking paid less, by rounding", context)
    }

    private func owe(_ part: StakePart, _ cause: VirtualStakingCause, _ reason: String, _ context: Context)
        throws(ModuleError)
    {
        try context.emit(
            .with {
                $0.releaseDeferred = .with {
                    $0.validator = context.operatorText(part.validator)
                    $0.amount = part.amount.description
                    $0.cause = cause
                    $0.reason = reason
                }
            }
        )
    }

    /// Counts what native staking has just paid, if it was for this instance.
    ///
    /// What is left counts for no more than it is worth: shares are rounded.
    func count(_ payment: StakingUndelegated, _ settings: VirtualStakingSettings, _ context: Context)
        throws(ModuleError)
    {
        guard payment.completionTimeNanoseconds == 0,
            payment.delegator == context.addresses.format(context.identity.address, as: .account)
        else { return }
        let validator = try context.operatorAddress(payment.validator)
        let before = try minted.value(for: validator, in: context) ?? .zero
        let paid = try Amount(payment.amount.amount)
        let worth = try NativeStake(settings, context).worth(at: validator)
        let after = min(before.saturatingSubtracting(paid), worth)
        try context.emit(
            .with {
                $0.returned = .with {
                    $0.validator = payment.validator
                    $0.amount = paid.description
                    $0.retired = before.saturatingSubtracting(after).description
                }
            }
        )
    }

    /// Burns what native staking has given back, and takes it out of the supply's offset.
    private func burnReturned(_ settings: VirtualStakingSettings, _ context: Context) throws(ModuleError) {
        let amount = try sum(of: returned, context)
        guard !amount.isZero else { return }
        let coin = Coin(amount, try NativeStake(settings, context).bondDenom())
        let retired = try sum(of: retired, context)
        try context.emit(
            .with {
                $0.burned = .with {
                    $0.amount = ProtoCoin(coin)
                    $0.retired = retired.description
                    $0.fromAddress = context.addresses.format(context.identity.address, as: .account)
                    $0.moduleAccount = settings.moduleAccount
                }
            }
        )
    }
}
