import ExternalStakingEvents
import ModuleKit

/// What became of all rewards of one denomination: those for one validator, or those of the whole pairing.
///
/// Invariant: what was received is the sum of all that follows, and of what can be claimed. It is at most the largest
/// amount, which bounds all the rest: points are below it, as shares of at least one unit of stake; so is what a stake has
/// accrued. In 256 bits, with 36 digits, none of it overflows.
struct RewardTotals: Hashable, Sendable {
    var received = Amount.zero
    var paid = Amount.zero
    /// Claims of what the consumer held that became claims of vouchers, after the closing.
    var converted = Amount.zero
    /// All that went to the community.
    var community = Amount.zero
    /// What the consumer is to pay to stakers, and has not answered.
    var inFlight = Amount.zero
    /// What was too little for a point per unit of stake.
    var carry = Decimal36.zero

    /// What stakes have earned, and were not paid: in whole units and in fractions of them.
    ///
    /// - Throws: `arithmeticUnderflow` where more went out than came in.
    func claimable() throws(ModuleError) -> Decimal36 {
        let gone = try paid.adding(converted).adding(community).adding(inFlight)
        return try Decimal36(try received.subtracting(gone)).subtracting(carry)
    }

    /// Notes that the consumer is to pay an amount, or that it has not done so.
    mutating func settle(_ amount: Amount, isPaid: Bool) throws(ModuleError) {
        inFlight = try inFlight.subtracting(amount)
        if isPaid { paid = try paid.adding(amount) }
    }
}

extension RewardTotals {
    init(_ stored: ExternalStakingStoredRewardTotals) throws(ModuleError) {
        received = try Amount(stored.received)
        paid = try Amount(stored.paid)
        converted = try Amount(stored.converted)
        community = try Amount(stored.community)
        inFlight = try Amount(stored.inFlight)
        carry = try Decimal36(stored.carry)
    }

    var stored: ExternalStakingStoredRewardTotals {
        .with {
            $0.received = received.description
            $0.paid = paid.description
            $0.converted = converted.description
            $0.community = community.description
            $0.inFlight = inFlight.description
            $0.carry = carry.description
        }
    }
}
