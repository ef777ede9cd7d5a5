import ModuleKit
import StakingEvents

/// What shares are worth. One share is worth `tokens / shares`: one token, until a slash takes tokens.
///
/// Every division rounds down, so what a delegator gets never exceeds his part; the rest stays with the validator.
extension ValidatorStake {
    /// The shares that coins are worth.
    ///
    /// - Throws: `sharesWorthless` when a slash has taken all tokens; `arithmeticOverflow`.
    func shares(for amount: Amount, rounding: Rounding = .floor) throws(ModuleError) -> Decimal18 {
        if shares.isZero { return Decimal18(amount) }
        guard !tokens.isZero else {
            throw ModuleError(
                .sharesWorthless,
                "the validator's shares are worth nothing after a slash: choose another validator"
            )
        }
        return try shares.multiplied(by: amount).dividing(by: Decimal18(tokens), rounding: rounding)
    }

    /// The coins that shares are worth.
    ///
    /// - Throws: `arithmeticOverflow`; `divisionByZero` without any shares.
    func worth(of part: Decimal18) throws(ModuleError) -> Amount {
        try part.multiplied(by: tokens).dividing(by: shares, rounding: .floor).whole(rounding: .floor)
    }

    /// Adds coins and the shares issued for them.
    mutating func add(_ amount: Amount, _ issued: Decimal18) throws(ModuleError) {
        tokens = try tokens.adding(amount)
        shares = try shares.adding(issued)
    }

    /// The coins that go with shares; the last shares take what rounding has left behind.
    func payout(for part: Decimal18) throws(ModuleError) -> Amount {
        part == shares ? tokens : try worth(of: part)
    }

    /// Takes coins and shares away.
    mutating func remove(_ amount: Amount, _ part: Decimal18) throws(ModuleError) {
        tokens = try tokens.subtracting(amount)
        shares = try shares.subtracting(part)
    }
}
