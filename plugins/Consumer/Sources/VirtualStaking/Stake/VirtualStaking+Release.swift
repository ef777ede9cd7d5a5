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
    /// How many validators a reaction lets go of; the rest is owed, and let go at the end of the block.
    ///
    /// Each takes four events, and a reaction to a final event may record a thousand.
    static let releasesPerReactionMax = 200

    /// Takes stake back at once, and burns it.
    ///
    /// Native staking pays the instance; what it paid is told by `undelegated`, to which the instance reacts. All of it is
    /// burned together. What can't be taken back is owed from here on; nothing that fails at one validator is thrown.
    ///
    /// - Parameter limit: for how many validators it is tried.
    func release(
        _ parts: [StakePart],
        _ cause: VirtualStakingCause,
        atMost limit: Int = releasesPerReactionMax,
        _ context: Context
    ) throws(ModuleError) {
        let settings = try requireSettings(context)
        for (index, part) in parts.enumerated() {
            guard index < limit else {
                try owe(part, cause, "the block's end goes on with it", context)
                continue
            }
            do throws(ModuleError) {
                try release(part, cause, context)
            } catch {
                try owe(part, cause, error.recordedMessage, context)
            }
        }
        try burnReturned(settings, context)
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

    /// Lets go of what is owed, where that is possible by now.
    ///
    /// - Parameter validator: the only one to look at; nil for all.
    func releaseOwed(at validator: Address? = nil, _ context: Context) throws(ModuleError) {
        var validators: [Address] = []
        if let validator {
            if try owed.contains(validator, in: context) { validators.append(validator) }
        } else {
            try owed.forEach(in: context) { (validator, _) throws(ModuleError) in
                validators.append(validator)
                return true
            }
        }
        for validator in validators {
            // It was recorded why when it was first owed, and stays owed.
            try? release(StakePart(.zero, at: validator), .owed, context)
        }
        try burnReturned(try requireSettings(context), context)
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
