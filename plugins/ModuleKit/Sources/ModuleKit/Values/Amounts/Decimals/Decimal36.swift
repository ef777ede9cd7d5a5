/// A decimal from zero up, with exactly 36 fraction digits: what the product of two `Decimal18` is before it is rounded.
///
/// Sums that are shared out stay exact with it: points per share, with 18 digits, times shares, with 18 digits, add up to what
/// was divided less the remainder, to the last digit. The magnitude (the value times 10^36) has 256 bits, so every `Amount`
/// is such a decimal, and so are 340 times the largest of them. What does not fit is an error.
public struct Decimal36: Hashable, Sendable {
    /// The value times 10^36.
    let magnitude: UInt256

    init(magnitude: UInt256) { self.magnitude = magnitude }

    /// 10^36.
    static var scale: UInt128 { Decimal18.scale * Decimal18.scale }

    /// 0.
    public static let zero = Decimal36(magnitude: .zero)

    /// Creates the decimal with the same value; every amount has one.
    public init(_ amount: Amount) {
        self.init(magnitude: .product(amount.units, Self.scale))
    }

    /// Creates the decimal with the same value.
    ///
    /// - Throws: `arithmeticOverflow` from 1.16 * 10^41 on.
    public init(_ decimal: Decimal18) throws(ModuleError) {
        try self.init(decimal, times: .one)
    }

    /// The product, without rounding.
    ///
    /// - Throws: `arithmeticOverflow`.
    public init(_ left: Decimal18, times right: Decimal18) throws(ModuleError) {
        let product = UInt512(product: left.magnitude, right.magnitude)
        guard product.high == .zero else { throw Self.tooLarge("\(left) * \(right)") }
        self.init(magnitude: product.low)
    }

    /// Whether this is zero.
    public var isZero: Bool { magnitude == .zero }

    /// The sum.
    ///
    /// - Throws: `arithmeticOverflow`.
    public func adding(_ other: Decimal36) throws(ModuleError) -> Decimal36 {
        guard let sum = magnitude.adding(other.magnitude) else { throw Self.tooLarge("\(self) + \(other)") }
        return Decimal36(magnitude: sum)
    }

    /// The difference.
    ///
    /// - Throws: `arithmeticUnderflow` when `other` is larger.
    public func subtracting(_ other: Decimal36) throws(ModuleError) -> Decimal36 {
        guard let difference = magnitude.subtracting(other.magnitude) else {
            throw ModuleError(.arithmeticUnderflow, "\(other) can't be taken from \(self); take at most \(self)")
        }
        return Decimal36(magnitude: difference)
    }

    /// The exact product with a whole number.
    ///
    /// - Throws: `arithmeticOverflow`.
    public func multiplied(by amount: Amount) throws(ModuleError) -> Decimal36 {
        let product = UInt512(product: magnitude, UInt256(high: 0, low: amount.units))
        guard product.high == .zero else { throw Self.tooLarge("\(self) * \(amount)") }
        return Decimal36(magnitude: product.low)
    }

    /// The largest equal share of each of so many, and what is left over: less than 10^-36 for each.
    ///
    /// - Throws: `divisionByZero`.
    public func shared(among count: Amount) throws(ModuleError) -> (share: Decimal36, remainder: Decimal36) {
        let dividend = UInt512(high: .zero, low: magnitude)
        guard let quotient = dividend.dividing(by: UInt256(high: 0, low: count.units), rounding: .floor) else {
            throw Amount.zeroDivisor("\(self) / 0")
        }
        let share = Decimal36(magnitude: quotient)
        return (share, try subtracting(try share.multiplied(by: count)))
    }

    /// The largest quotient with 18 digits whose product with the divisor is not above this, and what is left over: less than
    /// 10^-18 of the divisor.
    ///
    /// - Throws: `divisionByZero`.
    public func quotientAndRemainder(dividingBy divisor: Decimal18) throws(ModuleError)
        -> (quotient: Decimal18, remainder: Decimal36)
    {
        guard !divisor.isZero else { throw Amount.zeroDivisor("\(self) / 0") }
        let dividend = UInt512(high: .zero, low: magnitude)
        guard let quotient = dividend.dividing(by: divisor.magnitude, rounding: .floor) else {
            throw Self.tooLarge("\(self) / \(divisor)")
        }
        let rounded = Decimal18(magnitude: quotient)
        return (rounded, try subtracting(try Decimal36(rounded, times: divisor)))
    }

    /// The whole part.
    ///
    /// - Throws: `arithmeticOverflow` above the largest amount.
    public func whole() throws(ModuleError) -> Amount { try whole(rounding: .floor) }

    /// The value as a whole amount.
    ///
    /// - Throws: `arithmeticOverflow` above the largest amount.
    public func whole(rounding: Rounding) throws(ModuleError) -> Amount {
        let dividend = UInt512(high: .zero, low: magnitude)
        guard let whole = dividend.dividing(by: UInt256(high: 0, low: Self.scale), rounding: rounding), whole.high == 0
        else { throw Self.tooLarge("\(self)") }
        return Amount(whole.low)
    }

    private static func tooLarge(_ operation: String) -> ModuleError {
        ModuleError(.arithmeticOverflow, "\(operation) has no exact value of 36 digits: use smaller values")
    }
}

extension Decimal36: Comparable {
    /// Compares the values.
    public static func < (lhs: Decimal36, rhs: Decimal36) -> Bool { lhs.magnitude < rhs.magnitude }
}
