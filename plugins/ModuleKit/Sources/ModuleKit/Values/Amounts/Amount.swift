/// A number of a token's smallest units: a whole number from 0 to 2^128 - 1.
///
/// Arithmetic is checked and throws; there are no operators, because theirs would trap.
@frozen
public struct Amount: Hashable, Sendable {
    /// The number of units.
    public let units: UInt128

    /// Creates an amount of that many units.
    @inlinable
    public init(_ units: UInt128) {
        self.units = units
    }

    /// Creates an amount from its upper and lower 64 bits, as stored values carry it.
    @inlinable
    public init(high: UInt64, low: UInt64) {
        self.units = UInt128(high) << 64 | UInt128(low)
    }

    /// The upper 64 bits.
    @inlinable
    public var high: UInt64 { UInt64(truncatingIfNeeded: units >> 64) }

    /// The lower 64 bits.
    @inlinable
    public var low: UInt64 { UInt64(truncatingIfNeeded: units) }

    /// Nothing.
    @inlinable
    public static var zero: Amount { Amount(UInt128.zero) }

    /// One unit.
    @inlinable
    public static var one: Amount { Amount(1 as UInt128) }

    /// The largest amount, 2^128 - 1.
    @inlinable
    public static var max: Amount { Amount(UInt128.max) }

    /// Whether this is nothing.
    @inlinable
    public var isZero: Bool { units == 0 }
}

extension Amount: Comparable {
    /// Compares the numbers of units.
    @inlinable
    public static func < (lhs: Amount, rhs: Amount) -> Bool { lhs.units < rhs.units }
}

extension Amount: ExpressibleByIntegerLiteral {
    /// Creates an amount from a literal in source code; a literal that does not fit does not compile.
    @inlinable
    public init(integerLiteral value: UInt64) {
        self.units = UInt128(value)
    }
}
