/// A value of which part is still decided elsewhere: what is committed, and what is in flight in either direction.
///
/// The possible values lie between `low` and `high`. Both are derived, so a commit or a rollback only moves what its own
/// operation still holds, and one operation can't make another underflow (mesh-security, two-phase values).
///
/// Invariants, kept by every operation: `subtractionsInFlight <= committed`, and `committed + additionsInFlight` is an
/// amount. From them follow `low <= committed <= high`.
@frozen
public struct ValueRange: Hashable, Sendable {
    /// What is certain to have happened.
    public private(set) var committed: Amount

    /// The sum of additions that may still be committed or rolled back.
    public private(set) var additionsInFlight: Amount

    /// The sum of subtractions that may still be committed or rolled back.
    public private(set) var subtractionsInFlight: Amount

    /// Nothing committed, nothing in flight.
    public static var zero: ValueRange { ValueRange(committed: .zero) }

    /// Creates a range with nothing in flight.
    public init(committed: Amount) {
        self.committed = committed
        self.additionsInFlight = .zero
        self.subtractionsInFlight = .zero
    }

    /// Creates a range from stored parts.
    ///
    /// - Throws: `invalidState` when the parts break an invariant.
    public init(
        committed: Amount,
        additionsInFlight: Amount,
        subtractionsInFlight: Amount
    ) throws(ModuleError) {
        guard subtractionsInFlight <= committed, additionsInFlight.units <= Amount.max.units - committed.units else {
            throw ModuleError(
                .invalidState,
                "\(committed) committed with \(additionsInFlight) additions and \(subtractionsInFlight) subtractions in "
                    + "flight is no range; subtractions stay below what is committed, and the sum must be an amount"
            )
        }
        self.committed = committed
        self.additionsInFlight = additionsInFlight
        self.subtractionsInFlight = subtractionsInFlight
    }

    // By the invariants neither bound saturates.

    /// The value if every subtraction in flight commits and every addition is rolled back.
    public var low: Amount { committed.saturatingSubtracting(subtractionsInFlight) }

    /// The value if every addition in flight commits and every subtraction is rolled back.
    public var high: Amount { committed.saturatingAdding(additionsInFlight) }

    /// Whether nothing is in flight.
    public var isSettled: Bool { additionsInFlight.isZero && subtractionsInFlight.isZero }
}

extension ValueRange {
    /// Puts an addition in flight: `high` rises.
    ///
    /// - Throws: `arithmeticOverflow` when `high` would be above the largest amount.
    public mutating func prepareAddition(_ amount: Amount) throws(ModuleError) {
        _ = try high.adding(amount)
        additionsInFlight = try additionsInFlight.adding(amount)
    }

    /// Puts a subtraction in flight: `low` falls.
    ///
    /// - Throws: `arithmeticUnderflow` when `amount` is above `low`.
    public mutating func prepareSubtraction(_ amount: Amount) throws(ModuleError) {
        _ = try low.subtracting(amount)
        subtractionsInFlight = try subtractionsInFlight.adding(amount)
    }

    /// Makes an addition certain: `low` rises to meet `high`.
    ///
    /// - Throws: `invalidState` when less is in flight; nothing changes then.
    public mutating func commitAddition(_ amount: Amount) throws(ModuleError) {
        let remaining = try Self.take(amount, from: additionsInFlight, "additions")
        committed = try committed.adding(amount)
        additionsInFlight = remaining
    }

    /// Takes an addition back: `high` falls.
    ///
    /// - Throws: `invalidState` when less is in flight; nothing changes then.
    public mutating func rollBackAddition(_ amount: Amount) throws(ModuleError) {
        additionsInFlight = try Self.take(amount, from: additionsInFlight, "additions")
    }

    /// Makes a subtraction certain: `high` falls to meet `low`.
    ///
    /// - Throws: `invalidState` when less is in flight; nothing changes then.
    public mutating func commitSubtraction(_ amount: Amount) throws(ModuleError) {
        let remaining = try Self.take(amount, from: subtractionsInFlight, "subtractions")
        committed = try committed.subtracting(amount)
        subtractionsInFlight = remaining
    }

    /// Takes a subtraction back: `low` rises.
    ///
    /// - Throws: `invalidState` when less is in flight; nothing changes then.
    public mutating func rollBackSubtraction(_ amount: Amount) throws(ModuleError) {
        subtractionsInFlight = try Self.take(amount, from: subtractionsInFlight, "subtractions")
    }

    private static func take(_ amount: Amount, from sum: Amount, _ kind: String) throws(ModuleError) -> Amount {
        guard amount <= sum else {
            throw ModuleError(
                .invalidState,
                "\(amount) can't be settled, \(sum) of \(kind) are in flight; settle each operation once, with what it "
                    + "still holds"
            )
        }
        return sum.saturatingSubtracting(amount)
    }
}

/// A slash can't wait and can't fail, so each cut takes what is there and says how much that was.
extension ValueRange {
    /// Cuts what is committed and not leaving: both bounds fall by the result.
    ///
    /// - Returns: what was taken, at most `low`.
    public mutating func cutLow(upTo amount: Amount) -> Amount {
        let taken = min(amount, low)
        committed = committed.saturatingSubtracting(taken)
        return taken
    }

    /// Cuts additions in flight: `high` falls by the result. The operations must give up the same part.
    ///
    /// - Returns: what was taken, at most `additionsInFlight`.
    public mutating func cutAdditions(upTo amount: Amount) -> Amount {
        let taken = min(amount, additionsInFlight)
        additionsInFlight = additionsInFlight.saturatingSubtracting(taken)
        return taken
    }

    /// Cuts subtractions in flight and what they would have taken: `high` falls by the result, `low` stays. The
    /// operations must give up the same part.
    ///
    /// - Returns: what was taken, at most `subtractionsInFlight`.
    public mutating func cutSubtractions(upTo amount: Amount) -> Amount {
        let taken = min(amount, subtractionsInFlight)
        committed = committed.saturatingSubtracting(taken)
        subtractionsInFlight = subtractionsInFlight.saturatingSubtracting(taken)
        return taken
    }
}

extension ValueRange: CustomStringConvertible {
    /// The bounds, such as `{100, 150}`, or one number when nothing is in flight.
    public var description: String { isSettled ? "\(committed)" : "{\(low), \(high)}" }
}
