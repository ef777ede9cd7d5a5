import ModuleKit
import StakingEvents

/// The part of a validator that changes with every delegation.
///
/// Invariants: without shares there are no tokens; `status` is `bonded` exactly for the members of the active set.
struct ValidatorStake: StoredValue, Hashable {
    var tokens: Amount = .zero
    var shares: Decimal18 = .zero
    var status: StakingBondStatus = .unbonded
    var isJailed = false
    var isTombstoned = false
    var jailedUntil: Timestamp = .epoch
    var unbondingHeight: UInt64 = 0
    var unbondingTime: Timestamp = .epoch
    /// Slashes that are not complete: while there are any, nothing leaves the validator.
    var slashesInProgress: UInt32 = 0

    init() {}

    init(_ stored: StakingStake) throws(ModuleError) {
        tokens = try Amount(stored.tokens)
        shares = try Decimal18(stored.shares)
        status = stored.status
        isJailed = stored.isJailed
        isTombstoned = stored.isTombstoned
        jailedUntil = Timestamp(nanoseconds: stored.jailedUntilNanoseconds)
        unbondingHeight = stored.unbondingHeight
        unbondingTime = Timestamp(nanoseconds: stored.unbondingTimeNanoseconds)
        slashesInProgress = stored.slashesInProgress
    }

    var stored: StakingStake {
        .with {
            $0.tokens = tokens.description
            $0.shares = shares.description
            $0.status = status
            $0.isJailed = isJailed
            $0.isTombstoned = isTombstoned
            $0.jailedUntilNanoseconds = jailedUntil.nanoseconds
            $0.unbondingHeight = unbondingHeight
            $0.unbondingTimeNanoseconds = unbondingTime.nanoseconds
            $0.slashesInProgress = slashesInProgress
        }
    }

    var isBonded: Bool { status == .bonded }

    /// The power that the tokens give, as whole multiples of the power reduction; the largest at most.
    func power(reduction: Amount) -> UInt64 {
        guard !reduction.isZero else { return 0 }
        return UInt64(clamping: tokens.units / reduction.units)
    }
}
