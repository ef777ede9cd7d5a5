extension Amount {
    /// The sum.
    ///
    /// - Throws: `arithmeticOverflow` above 2^128 - 1.
    @inlinable
    public func adding(_ other: Amount) throws(ModuleError) -> Amount {
        let (sum, overflow) = units.addingReportingOverflow(other.units)
        guard !overflow else { throw Self.tooLarge("\(self) + \(other)") }
        return Amount(sum)
    }

    /// The difference.
    ///
    /// - Throws: `arithmeticUnderflow` when `other` is larger.
    @inlinable
    public func subtracting(_ other: Amount) throws(ModuleError) -> Amount {
        let (difference, overflow) = units.subtractingReportingOverflow(other.units)
        guard !overflow else { throw Self.belowZero(self, other) }
        return Amount(difference)
    }

    /// The product.
    ///
    /// - Throws: `arithmeticOverflow` above 2^128 - 1.
    @inlinable
    public func multiplied(by other: Amount) throws(ModuleError) -> Amount {
        let (product, overflow) = units.multipliedReportingOverflow(by: other.units)
        guard !overflow else { throw Self.tooLarge("\(self) * \(other)") }
        return Amount(product)
    }

    /// The quotient.
    ///
    /// - Throws: `divisionByZero`.
    @inlinable
    public func dividing(by divisor: Amount, rounding: Rounding) throws(ModuleError) -> Amount {
        guard !divisor.isZero else { throw Self.zeroDivisor("\(self) / 0") }
        let (quotient, remainder) = units.quotientAndRemainder(dividingBy: divisor.units)
        // A remainder means a divisor above one, so the quotient is below the maximum.
        return Amount(rounding == .ceiling && remainder != 0 ? quotient &+ 1 : quotient)
    }

    /// `self * numerator / denominator`, with a 256-bit product, so that only the result has to fit.
    ///
    /// - Throws: `divisionByZero`, or `arithmeticOverflow` when the result is above 2^128 - 1.
    public func multiplied(
        by numerator: Amount,
        over denominator: Amount,
        rounding: Rounding
    ) throws(ModuleError) -> Amount {
        guard !denominator.isZero else { throw Self.zeroDivisor("\(self) * \(numerator) / 0") }
        let (short, overflow) = units.multipliedReportingOverflow(by: numerator.units)
        if !overflow {
            return try Amount(short).dividing(by: denominator, rounding: rounding)
        }
        let product = units.multipliedFullWidth(by: numerator.units)
        // The quotient of a full-width division fits exactly when the upper half is below the divisor.
        guard product.high < denominator.units else { throw Self.tooLarge("\(self) * \(numerator) / \(denominator)") }
        let (quotient, remainder) = denominator.units.dividingFullWidth(product)
        guard rounding == .ceiling, remainder != 0 else { return Amount(quotient) }
        return try Amount(quotient).adding(.one)
    }

    /// The sum, or the largest amount if the sum is above it.
    @inlinable
    public func saturatingAdding(_ other: Amount) -> Amount {
        let (sum, overflow) = units.addingReportingOverflow(other.units)
        return overflow ? .max : Amount(sum)
    }

    /// The difference, or zero if `other` is larger.
    @inlinable
    public func saturatingSubtracting(_ other: Amount) -> Amount {
        units > other.units ? Amount(units &- other.units) : .zero
    }

    /// The product, or the largest amount if the product is above it.
    @inlinable
    public func saturatingMultiplied(by other: Amount) -> Amount {
        let (product, overflow) = units.multipliedReportingOverflow(by: other.units)
        return overflow ? .max : Amount(product)
    }
}

// Errors are built out of line, so that the checked operations stay small where they are inlined.
extension Amount {
    @usableFromInline @inline(never)
    static func tooLarge(_ operation: @autoclosure () -> String) -> ModuleError {
        ModuleError(
            .arithmeticOverflow,
            "\(operation()) is above the largest amount, \(Amount.max); use smaller amounts"
        )
    }

    @usableFromInline @inline(never)
    static func belowZero(_ amount: Amount, _ other: Amount) -> ModuleError {
        ModuleError(.arithmeticUnderflow, "\(other) can't be taken from \(amount); take at most \(amount)")
    }

    @usableFromInline @inline(never)
    static func zeroDivisor(_ operation: @autoclosure () -> String) -> ModuleError {
        ModuleError(.divisionByZero, "\(operation()) has no value; the divisor must be above zero")
    }
}
