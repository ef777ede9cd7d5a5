extension Decimal18 {
    /// The quotient of two amounts.
    ///
    /// - Throws: `divisionByZero`.
    public init(_ numerator: Amount, over denominator: Amount, rounding: Rounding) throws(ModuleError) {
        let dividend = UInt512(high: .zero, low: .product(numerator.units, Self.scale))
        let divisor = UInt256(high: 0, low: denominator.units)
        guard let magnitude = dividend.dividing(by: divisor, rounding: rounding) else {
            // The dividend has 188 bits, so only a divisor of zero has no quotient.
            throw Amount.zeroDivisor("\(numerator) / 0")
        }
        self.init(magnitude: magnitude)
    }

    /// The sum.
    ///
    /// - Throws: `arithmeticOverflow` above the largest decimal.
    public func adding(_ other: Decimal18) throws(ModuleError) -> Decimal18 {
        guard let sum = magnitude.adding(other.magnitude) else { throw Self.tooLarge("\(self) + \(other)") }
        return Decimal18(magnitude: sum)
    }

    /// The difference.
    ///
    /// - Throws: `arithmeticUnderflow` when `other` is larger.
    public func subtracting(_ other: Decimal18) throws(ModuleError) -> Decimal18 {
        guard let difference = magnitude.subtracting(other.magnitude) else {
            throw ModuleError(.arithmeticUnderflow, "\(other) can't be taken from \(self); take at most \(self)")
        }
        return Decimal18(magnitude: difference)
    }

    /// The product.
    ///
    /// - Throws: `arithmeticOverflow` above the largest decimal.
    public func multiplied(by other: Decimal18, rounding: Rounding) throws(ModuleError) -> Decimal18 {
        let product = UInt512(product: magnitude, other.magnitude)
        guard let result = product.dividing(by: UInt256(high: 0, low: Self.scale), rounding: rounding) else {
            throw Self.tooLarge("\(self) * \(other)")
        }
        return Decimal18(magnitude: result)
    }

    /// The exact product with a whole number.
    ///
    /// - Throws: `arithmeticOverflow` above the largest decimal.
    public func multiplied(by amount: Amount) throws(ModuleError) -> Decimal18 {
        let product = UInt512(product: magnitude, UInt256(high: 0, low: amount.units))
        guard product.high == .zero else { throw Self.tooLarge("\(self) * \(amount)") }
        return Decimal18(magnitude: product.low)
    }

    /// The quotient.
    ///
    /// - Throws: `divisionByZero`, or `arithmeticOverflow` above the largest decimal.
    public func dividing(by divisor: Decimal18, rounding: Rounding) throws(ModuleError) -> Decimal18 {
        guard !divisor.isZero else { throw Amount.zeroDivisor("\(self) / 0") }
        let dividend = UInt512(product: magnitude, UInt256(high: 0, low: Self.scale))
        guard let result = dividend.dividing(by: divisor.magnitude, rounding: rounding) else {
            throw Self.tooLarge("\(self) / \(divisor)")
        }
        return Decimal18(magnitude: result)
    }

    /// The value as a whole amount.
    ///
    /// - Throws: `arithmeticOverflow` above the largest amount.
    public func whole(rounding: Rounding) throws(ModuleError) -> Amount {
        let dividend = UInt512(high: .zero, low: magnitude)
        guard
            let whole = dividend.dividing(by: UInt256(high: 0, low: Self.scale), rounding: rounding),
            whole.high == 0
        else { throw Amount.tooLarge("\(self)") }
        return Amount(whole.low)
    }

    static func tooLarge(_ operation: String) -> ModuleError {
        ModuleError(
            .arithmeticOverflow,
            "\(operation) is above the largest decimal, \(Decimal18.max); use smaller values"
        )
    }
}

extension Amount {
    /// `self * factor`, rounded to a whole amount.
    ///
    /// - Throws: `arithmeticOverflow` above the largest amount.
    public func multiplied(by factor: Decimal18, rounding: Rounding) throws(ModuleError) -> Amount {
        let product = UInt512(product: UInt256(high: 0, low: units), factor.magnitude)
        guard
            let result = product.dividing(by: UInt256(high: 0, low: Decimal18.scale), rounding: rounding),
            result.high == 0
        else { throw Self.tooLarge("\(self) * \(factor)") }
        return Amount(result.low)
    }

    /// `self / divisor`, rounded to a whole amount.
    ///
    /// - Throws: `divisionByZero`, or `arithmeticOverflow` above the largest amount.
    public func dividing(by divisor: Decimal18, rounding: Rounding) throws(ModuleError) -> Amount {
        guard !divisor.isZero else { throw Self.zeroDivisor("\(self) / 0") }
        let dividend = UInt512(high: .zero, low: .product(units, Decimal18.scale))
        guard
            let result = dividend.dividing(by: divisor.magnitude, rounding: rounding),
            result.high == 0
        else { throw Self.tooLarge("\(self) / \(divisor)") }
        return Amount(result.low)
    }
}
