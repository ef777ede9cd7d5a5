public import ModuleKit
public import VirtualStakingEvents

extension VirtualStaking {
    /// Projects an event: at most three entries change, but for each part of what is postponed.
    public func apply(_ event: VirtualStakingEvent, to state: StateWriter) throws(ModuleError) {
        switch event.event {
        case .configured(let event): try settings.set(event.settings, in: state)
        case .capChanged(let event): try apply(event, to: state)
        case .bonded(let event): try count(try event.amount.coin().amount, at: event.validator, state)
        case .released(let event):
            let paid = try Amount(event.owed)
            if !paid.isZero { try settle(paid, at: try Address(bech32: event.validator), state) }
        case .returned(let event):
            let retired = try Amount(event.retired)
            try discount(retired, at: try Address(bech32: event.validator), state)
            try store(try sum(of: returned, state).adding(try Amount(event.amount)), in: returned, state)
            try store(try sum(of: self.retired, state).adding(retired), in: self.retired, state)
        case .burned:
            try returned.remove(in: state)
            try retired.remove(in: state)
        case .stakeLost(let event):
            try discount(try event.amount.coin().amount, at: try Address(bech32: event.validator), state)
        case .releaseDeferred(let event): try owe(try Amount(event.amount), at: event.validator, state)
        case .releasesPostponed(let event):
            for part in event.parts { try owe(try Amount(part.amount), at: part.validator, state) }
        case .epochCompleted(let event): try lastEpochHeight.set(event.height, in: state)
        case .pairingClosed:
            try closure.set(Unit(), in: state)
            try beginCollection(state)
        case .stakeImported(let event):
            try count(try Amount(event.minted), at: event.validator, state)
            let owed = try Amount(event.owed)
            if !owed.isZero { try owe(owed, at: event.validator, state) }
        case .standingImported(let event):
            try store(try Amount(event.cap), in: cap, state)
            if event.isClosed { try closure.set(Unit(), in: state) }
            if event.lastEpochHeight > 0 { try lastEpochHeight.set(event.lastEpochHeight, in: state) }
        case .rewardsOrdered(let event): try apply(event, to: state)
        case .rewardsCollected(let event): try apply(event, to: state)
        case .collectionPaused(let event):
            try collection.set(.with { $0.nextValidator = event.nextValidator }, in: state)
        case .collectionCompleted: try collection.remove(in: state)
        case .otherRewardsGiven(let event): try apply(event, to: state)
        case .rewardsImported(let event): try apply(event, to: state)
        // They are for readers of the log: nothing has changed.
        case .bondFailed, .rewardFailed: return
        case nil: throw Self.inconsistent("an event says nothing")
        }
    }

    /// Counts virtual tokens as minted.
    private func count(_ amount: Amount, at validator: String, _ state: StateWriter) throws(ModuleError) {
        let validator = try Address(bech32: validator)
        try minted.update(validator, in: state) { (minted) throws(ModuleError) in
            minted = try (minted ?? .zero).adding(amount)
        }
        if try formerValidators.contains(validator, in: state) { try formerValidators.remove(validator, in: state) }
        try store(try sum(of: mintedTotal, state).adding(amount), in: mintedTotal, state)
    }

    /// Counts virtual tokens as gone. No more is owed than what is left.
    private func discount(_ amount: Amount, at validator: Address, _ state: StateWriter) throws(ModuleError) {
        var rest = Amount.zero
        try minted.update(validator, in: state) { (minted) throws(ModuleError) in
            guard let before = minted, before >= amount else {
                throw Self.inconsistent("more virtual stake is gone than there was")
            }
            rest = before.saturatingSubtracting(amount)
            minted = rest.isZero ? nil : rest
        }
        // What the stake has earned is still to be collected.
        if rest.isZero { try formerValidators.set(Unit(), for: validator, in: state) }
        try store(try sum(of: mintedTotal, state).subtracting(amount), in: mintedTotal, state)
        let owed = try self.owed.value(for: validator, in: state) ?? .zero
        if owed > rest { try settle(owed.saturatingSubtracting(rest), at: validator, state) }
    }

    private func owe(_ amount: Amount, at validator: String, _ state: StateWriter) throws(ModuleError) {
        let validator = try Address(bech32: validator)
        let minted = try minted.value(for: validator, in: state) ?? .zero
        try owed.update(validator, in: state) { (owed) throws(ModuleError) in
            let after = try (owed ?? .zero).adding(amount)
            guard after <= minted else { throw Self.inconsistent("more virtual stake is owed than is bonded") }
            owed = after
        }
        try store(try sum(of: owedTotal, state).adding(amount), in: owedTotal, state)
    }

    /// Takes away from what is owed.
    private func settle(_ amount: Amount, at validator: Address, _ state: StateWriter) throws(ModuleError) {
        try owed.update(validator, in: state) { (owed) throws(ModuleError) in
            guard let before = owed, before >= amount else {
                throw Self.inconsistent("more virtual stake is let go than was owed")
            }
            owed = before == amount ? nil : before.saturatingSubtracting(amount)
        }
        try store(try sum(of: owedTotal, state).subtracting(amount), in: owedTotal, state)
    }

    /// Stores a sum, and nothing where it is zero.
    func store(_ amount: Amount, in item: StateItem<Amount>, _ state: StateWriter) throws(ModuleError) {
        if amount.isZero { try item.remove(in: state) } else { try item.set(amount, in: state) }
    }

    /// A stored sum; zero where there is none.
    func sum(of item: StateItem<Amount>, _ state: some StateReading) throws(ModuleError) -> Amount {
        try item.value(in: state) ?? .zero
    }

    static func inconsistent(_ what: String) -> ModuleError {
        ModuleError(.inconsistentVirtualStakingEvent, "\(what): the log is damaged")
    }
}
