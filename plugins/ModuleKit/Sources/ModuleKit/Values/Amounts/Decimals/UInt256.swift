/// An unsigned number of 256 bits: the magnitude of a `Decimal18`.
///
/// Only what the value types need. Nothing here traps; what does not fit is nil.
@frozen
@usableFromInline
struct UInt256: Hashable, Sendable {
    @usableFromInline let high: UInt128
    @usableFromInline let low: UInt128

    @inlinable
    init(high: UInt128, low: UInt128) {
        self.high = high
        self.low = low
    }

    static var zero: UInt256 { UInt256(high: 0, low: 0) }

    func adding(_ other: UInt256) -> UInt256? {
        let (low, carry) = low.addingReportingOverflow(other.low)
        let (partial, first) = high.addingReportingOverflow(other.high)
        let (high, second) = partial.addingReportingOverflow(carry ? 1 : 0)
        return first || second ? nil : UInt256(high: high, low: low)
    }

    func subtracting(_ other: UInt256) -> UInt256? {
        self < other ? nil : wrappingSubtracting(other)
    }

    /// The difference modulo 2^256.
    func wrappingSubtracting(_ other: UInt256) -> UInt256 {
        let (low, borrow) = low.subtractingReportingOverflow(other.low)
        return UInt256(high: high &- other.high &- (borrow ? 1 : 0), low: low)
    }

    /// The full product of two 128-bit numbers.
    static func product(_ lhs: UInt128, _ rhs: UInt128) -> UInt256 {
        let (high, low) = lhs.multipliedFullWidth(by: rhs)
        return UInt256(high: high, low: low)
    }
}

extension UInt256: Comparable {
    @inlinable
    static func < (lhs: UInt256, rhs: UInt256) -> Bool {
        lhs.high == rhs.high ? lhs.low < rhs.low : lhs.high < rhs.high
    }
}

extension UInt256 {
    /// The value of decimal digits, or nil if there is another character or the value does not fit.
    ///
    /// Digits are taken in groups of up to 19, the most that fit 64 bits, so short numbers cost no wide arithmetic.
    init?(digits: some Sequence<UInt8>) {
        var value = UInt256.zero
        var group: UInt64 = 0
        var scale: UInt64 = 1
        for character in digits {
            guard isDigit(character) else { return nil }
            if scale == Self.groupScale {
                guard let next = value.multipliedAdding(scale, group) else { return nil }
                (value, group, scale) = (next, 0, 1)
            }
            group = group &* 10 &+ UInt64(character &- UInt8(ascii: "0"))
            scale = scale &* 10
        }
        guard let result = value.multipliedAdding(scale, group) else { return nil }
        self = result
    }

    /// 10^19, the largest power of ten in 64 bits.
    private static var groupScale: UInt64 { 10_000_000_000_000_000_000 }

    /// `self * factor + summand`, or nil if it does not fit.
    private func multipliedAdding(_ factor: UInt64, _ summand: UInt64) -> UInt256? {
        if high == 0, low == 0 { return UInt256(high: 0, low: UInt128(summand)) }
        let lower = Self.product(low, UInt128(factor))
        let upper = Self.product(high, UInt128(factor))
        guard upper.high == 0 else { return nil }
        return UInt256(high: upper.low, low: 0).adding(lower)?.adding(UInt256(high: 0, low: UInt128(summand)))
    }

    /// The quotient and the remainder by a divisor that is not zero.
    func quotientAndRemainder(dividingBy divisor: UInt64) -> (quotient: UInt256, remainder: UInt64) {
        guard divisor != 0 else { return (.zero, 0) }
        var remainder: UInt64 = 0
        func step(_ word: UInt64) -> UInt64 {
            // The remainder is below the divisor, so the full-width quotient fits.
            let (quotient, rest) = divisor.dividingFullWidth((remainder, word))
            remainder = rest
            return quotient
        }
        func divide(_ half: UInt128) -> UInt128 {
            guard half != 0 || remainder != 0 else { return 0 }
            let upper = step(UInt64(truncatingIfNeeded: half >> 64))
            return UInt128(upper) << 64 | UInt128(step(UInt64(truncatingIfNeeded: half)))
        }
        let high = divide(high)
        return (UInt256(high: high, low: divide(low)), remainder)
    }
}

extension UInt256: CustomStringConvertible {
    /// The decimal digits, without leading zeros.
    @usableFromInline
    var description: String {
        if high == 0, low <= UInt128(UInt64.max) { return UInt64(truncatingIfNeeded: low).description }
        let (rest, group) = quotientAndRemainder(dividingBy: Self.groupScale)
        let digits = group.description
        return rest.description + String(repeating: "0", count: max(0, 19 - digits.utf8.count)) + digits
    }
}
