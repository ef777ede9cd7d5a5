import BankEvents
import ModuleKit

/// How coins vest (Cosmos SDK x/auth/vesting). Vested amounts are rounded down.
extension BankVesting {
    /// What has vested at a time, of the original coins.
    func vested(at seconds: UInt64) throws(ModuleError) -> Coins {
        let original = try Coins(originalVesting)
        switch kind {
        case .continuous: return try continuouslyVested(of: original, at: seconds)
        case .delayed: return seconds >= endSeconds ? original : .empty
        case .periodic: return try periodicallyVested(of: original, at: seconds)
        case .permanentLocked: return .empty
        case .unspecified, .UNRECOGNIZED:
            throw ModuleError(.inconsistentEvent, "a vesting account has no known kind: the log is damaged")
        }
    }

    /// What can't be spent at a time: what has not vested, less what of it is delegated.
    func locked(at seconds: UInt64) throws(ModuleError) -> Coins {
        let vested = try vested(at: seconds)
        let delegated = try Coins(delegatedVesting)
        var locked = Coins.empty
        for coin in try Coins(originalVesting) {
            let vesting = coin.amount.saturatingSubtracting(vested.amount(of: coin.denom))
            locked = try locked.adding(
                Coin(vesting.saturatingSubtracting(delegated.amount(of: coin.denom)), coin.denom)
            )
        }
        return locked
    }

    private func continuouslyVested(of original: Coins, at seconds: UInt64) throws(ModuleError) -> Coins {
        guard seconds > startSeconds else { return .empty }
        guard seconds < endSeconds else { return original }
        let elapsed = Amount(UInt128(seconds - startSeconds))
        let whole = Amount(UInt128(endSeconds - startSeconds))
        var vested = Coins.empty
        for coin in original {
            let part = try coin.amount.multiplied(by: elapsed, over: whole, rounding: .floor)
            vested = try vested.adding(Coin(part, coin.denom))
        }
        return vested
    }

    private func periodicallyVested(of original: Coins, at seconds: UInt64) throws(ModuleError) -> Coins {
        guard seconds > startSeconds else { return .empty }
        guard seconds < endSeconds else { return original }
        var vested = Coins.empty
        var left = seconds - startSeconds
        for period in periods {
            guard left >= period.lengthSeconds else { break }
            left -= period.lengthSeconds
            vested = try vested.adding(try Coins(period.amount))
        }
        return vested
    }
}

extension BankVesting {
    /// Checks that the schedule does not contradict itself, as the Cosmos SDK does.
    ///
    /// - Throws: `invalidVesting`.
    func validate() throws(ModuleError) {
        let original = try Coins(originalVesting)
        _ = try Coins(delegatedFree)
        guard original.contains(try Coins(delegatedVesting)) else {
            throw ModuleError(
                .invalidVesting,
                "more vesting coins are delegated than there ever were: mend the account"
            )
        }
        switch kind {
        case .continuous:
            guard startSeconds < endSeconds else {
                throw ModuleError(
                    .invalidVesting,
                    "vesting starts at \(startSeconds), not before its end at \(endSeconds)"
                )
            }
        case .periodic: try validatePeriods(of: original)
        default: break
        }
    }

    private func validatePeriods(of original: Coins) throws(ModuleError) {
        var end = startSeconds
        var sum = Coins.empty
        for period in periods {
            let (later, overflow) = end.addingReportingOverflow(period.lengthSeconds)
            guard !overflow else { throw ModuleError(.invalidVesting, "the vesting periods have no end: shorten them") }
            end = later
            sum = try sum.adding(try Coins(period.amount))
        }
        guard end == endSeconds else {
            throw ModuleError(.invalidVesting, "the vesting periods end at \(end), and the account says \(endSeconds)")
        }
        guard sum == original else {
            throw ModuleError(.invalidVesting, "the vesting periods add up to \(sum), and the account says \(original)")
        }
    }
}
