import ExternalStakingEvents
import ModuleKit

/// What one stake has earned, by denomination. It stands in the stake's record, and keeps that until it was claimed.
struct StakeRewards: Hashable, Sendable {
    /// What it has earned of one denomination.
    struct Entry: KeptByDenomination {
        /// What one unit of stake had earned at the last settlement; zero where nothing is committed.
        var points = Decimal36.zero
        /// What was settled and not paid, with fractions.
        var accrued = Decimal36.zero
        /// What the consumer is to pay, and has not answered: reserved, so that it is claimed once.
        var inFlight = Amount.zero
        /// How many payments these are.
        var inFlightCount: UInt32 = 0
    }

    /// How many payments of one stake may be in flight.
    static let paymentsMax: UInt32 = 16

    var entries = DenominationMap<Entry>()

    /// Whether there is nothing to claim or to wait for. Fractions of a unit may be left.
    var isOver: Bool {
        entries.elements.allSatisfy { $0.value.inFlightCount == 0 && $0.value.accrued < Decimal36(Amount.one) }
    }

    /// Takes what a committed stake has earned since the last settlement; to be called with the stake as it was, before or
    /// after it changes.
    ///
    /// - Parameters:
    ///   - old: what was committed since the last settlement.
    ///   - new: what is committed from here on.
    mutating func settle(_ old: Amount, becoming new: Amount, with validator: ValidatorRewards) throws(ModuleError) {
        for element in validator.entries.elements {
            var entry = entries[element.denom]
            if !old.isZero {
                let points = try element.value.points.subtracting(entry.points)
                entry.accrued = try entry.accrued.adding(try points.multiplied(by: old))
            }
            entry.points = new.isZero ? .zero : element.value.points
            entries[element.denom] = entry
        }
    }

    /// What can be claimed of a denomination: whole units.
    func claimable(_ denom: Denom) throws(ModuleError) -> Amount { try entries[denom].accrued.whole() }

    /// Notes that an amount was paid.
    mutating func pay(_ amount: Amount, _ denom: Denom) throws(ModuleError) {
        entries[denom].accrued = try entries[denom].accrued.subtracting(Decimal36(amount))
    }

    /// Reserves an amount that the consumer is to pay.
    mutating func reserve(_ amount: Amount, _ denom: Denom) throws(ModuleError) {
        guard entries[denom].inFlightCount < Self.paymentsMax else {
            throw ModuleError(.inconsistentExternalStakingEvent, "too many payments are in flight: the log is damaged")
        }
        try pay(amount, denom)
        entries[denom].inFlight = try entries[denom].inFlight.adding(amount)
        entries[denom].inFlightCount += 1
    }

    /// Notes that the consumer has paid a reserved amount, or that it has not: the claim is as it was then.
    mutating func settle(_ amount: Amount, _ denom: Denom, isPaid: Bool) throws(ModuleError) {
        guard entries[denom].inFlightCount > 0 else {
            throw ModuleError(.inconsistentExternalStakingEvent, "no payment is in flight: the log is damaged")
        }
        entries[denom].inFlight = try entries[denom].inFlight.subtracting(amount)
        entries[denom].inFlightCount -= 1
        if !isPaid { entries[denom].accrued = try entries[denom].accrued.adding(Decimal36(amount)) }
    }
}

extension StakeRewards {
    init(_ stored: [ExternalStakingStoredStakeReward]) throws(ModuleError) {
        for reward in stored {
            let entry = Entry(
                points: try Decimal36(reward.points),
                accrued: try Decimal36(reward.accrued),
                inFlight: try Amount(reward.inFlight),
                inFlightCount: reward.inFlightCount
            )
            try entries.append(entry, reward.denom)
        }
    }

    var stored: [ExternalStakingStoredStakeReward] {
        entries.elements.map { entry in
            .with {
                $0.denom = entry.denom.text
                $0.points = entry.value.points.description
                $0.accrued = entry.value.accrued.description
                $0.inFlight = entry.value.inFlight.description
                $0.inFlightCount = entry.value.inFlightCount
            }
        }
    }
}
