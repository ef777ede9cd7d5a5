import ModuleKit
import StakingEvents

/// A validator's commission, checked: `rate <= maxRate <= 1` and `maxChangeRate <= maxRate`.
struct CommissionRule {
    let rate: Decimal18
    let maxRate: Decimal18
    let maxChangeRate: Decimal18

    /// How long a commission stays before it can be changed again.
    static let changeInterval = TimeSpan.hours(24)

    /// Checks the commission of a new validator.
    ///
    /// - Throws: `commissionAboveOne`, `commissionAboveMaximum`, `commissionMaxChangeAboveMaximum`,
    ///   `commissionBelowMinimum`.
    init(_ rates: StakingCommissionRates, minimum: Decimal18) throws(ModuleError) {
        rate = try Decimal18(rates.rate)
        maxRate = try Decimal18(rates.maxRate)
        maxChangeRate = try Decimal18(rates.maxChangeRate)
        guard maxRate <= .one else { throw ModuleError(.commissionAboveOne, "the maximum rate must be at most 1") }
        guard rate <= maxRate else {
            throw ModuleError(.commissionAboveMaximum, "the commission must be at most the maximum rate, \(maxRate)")
        }
        guard maxChangeRate <= maxRate else {
            throw ModuleError(
                .commissionMaxChangeAboveMaximum,
                "the largest change must be at most the maximum rate, \(maxRate)"
            )
        }
        try Self.require(rate, atLeast: minimum)
    }

    private static func require(_ rate: Decimal18, atLeast minimum: Decimal18) throws(ModuleError) {
        guard rate >= minimum else {
            throw ModuleError(
                .commissionBelowMinimum,
                "the chain's lowest commission is \(minimum): choose at least that"
            )
        }
    }

    /// The commission as it is stored.
    func stored(since time: Timestamp) -> StakingCommission {
        .with {
            $0.rate = rate.description
            $0.maxRate = maxRate.description
            $0.maxChangeRate = maxChangeRate.description
            $0.updateTimeNanoseconds = time.nanoseconds
        }
    }

    /// Checks a new rate against the validator's promises and the last change.
    ///
    /// - Throws: `commissionChangedRecently`, `commissionAboveMaximum`, `commissionChangeTooLarge`,
    ///   `commissionBelowMinimum`.
    static func changed(
        _ commission: StakingCommission,
        to text: String,
        at time: Timestamp,
        minimum: Decimal18
    ) throws(ModuleError) -> StakingCommission {
        let rate = try Decimal18(text)
        let next = Timestamp(nanoseconds: commission.updateTimeNanoseconds).saturatingAdding(changeInterval)
        guard time >= next else {
            throw ModuleError(
                .commissionChangedRecently,
                "the commission can be changed once in 24 hours: wait until \(next)"
            )
        }
        let maximum = try Decimal18(commission.maxRate)
        guard rate <= maximum else {
            throw ModuleError(
                .commissionAboveMaximum,
                "the validator's highest commission is \(maximum): choose at most that"
            )
        }
        let old = try Decimal18(commission.rate)
        let change = rate > old ? try rate.subtracting(old) : try old.subtracting(rate)
        let largest = try Decimal18(commission.maxChangeRate)
        guard change <= largest else {
            throw ModuleError(
                .commissionChangeTooLarge,
                "the validator's largest change is \(largest): change by at most that"
            )
        }
        try require(rate, atLeast: minimum)
        var changed = commission
        changed.rate = rate.description
        changed.updateTimeNanoseconds = time.nanoseconds
        return changed
    }
}
