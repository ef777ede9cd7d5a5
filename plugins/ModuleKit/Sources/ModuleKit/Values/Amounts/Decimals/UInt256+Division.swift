/// A product of two 256-bit numbers.
struct UInt512: Equatable {
    let high: UInt256
    let low: UInt256

    init(high: UInt256, low: UInt256) {
        self.high = high
        self.low = low
    }

    /// The full product, from four 128-bit products.
    init(product lhs: UInt256, _ rhs: UInt256) {
        let lower = UInt256.product(lhs.low, rhs.low)
        guard lhs.high != 0 || rhs.high != 0 else {
            self.init(high: .zero, low: lower)
            return
        }
        let upper = UInt256.product(lhs.high, rhs.high)
        let first = UInt256.product(lhs.high, rhs.low)
        let second = UInt256.product(lhs.low, rhs.high)
        // Columns of 128 bits: the second collects three values, so its carry is at most two.
        let (partial, carryA) = lower.high.addingReportingOverflow(first.low)
        let (column1, carryB) = partial.addingReportingOverflow(second.low)
        let (sum, carryC) = upper.low.addingReportingOverflow(first.high)
        let (sum2, carryD) = sum.addingReportingOverflow(second.high)
        let (column2, carryE) = sum2.addingReportingOverflow((carryA ? 1 : 0) + (carryB ? 1 : 0))
        // The product of two 256-bit numbers fits 512 bits, so the last column can't overflow.
        let column3 = upper.high &+ (carryC ? 1 : 0) &+ (carryD ? 1 : 0) &+ (carryE ? 1 : 0)
        self.init(high: UInt256(high: column3, low: column2), low: UInt256(high: column1, low: lower.low))
    }

    /// The rounded quotient, or nil if the divisor is zero or the quotient does not fit 256 bits.
    func dividing(by divisor: UInt256, rounding: Rounding) -> UInt256? {
        // Exactly then the quotient is below 2^256; it also refuses a divisor of zero.
        guard high < divisor else { return nil }
        let (quotient, remainder) = divisor.high == 0 ? dividing(byShort: divisor.low) : dividing(byLong: divisor)
        guard rounding == .ceiling, remainder != .zero else { return quotient }
        return quotient.adding(UInt256(high: 0, low: 1))
    }

    /// Division by one 128-bit limb; `high < divisor` holds.
    private func dividing(byShort divisor: UInt128) -> (quotient: UInt256, remainder: UInt256) {
        if high.low == 0, low.high == 0 {
            let (quotient, remainder) = low.low.quotientAndRemainder(dividingBy: divisor)
            return (UInt256(high: 0, low: quotient), UInt256(high: 0, low: remainder))
        }
        let (upper, middle) = divisor.dividingFullWidth((high.low, low.high))
        let (lower, remainder) = divisor.dividingFullWidth((middle, low.low))
        return (UInt256(high: upper, low: lower), UInt256(high: 0, low: remainder))
    }

    /// Schoolbook division by two 128-bit limbs (Knuth, The Art of Computer Programming 4.3.1, algorithm D);
    /// `high < divisor` holds.
    private func dividing(byLong divisor: UInt256) -> (quotient: UInt256, remainder: UInt256) {
        let shift = divisor.high.leadingZeroBitCount
        let normal = divisor.shiftedLeft(by: shift, filling: 0)
        // No bit is lost: the dividend's upper half is below the divisor, so it has at least as many leading zeros.
        let upper = high.shiftedLeft(by: shift, filling: low.high)
        let lower = low.shiftedLeft(by: shift, filling: 0)
        let (quotientHigh, middle) = Self.divideStep(upper, lower.high, by: normal)
        let (quotientLow, remainder) = Self.divideStep(middle, lower.low, by: normal)
        return (UInt256(high: quotientHigh, low: quotientLow), remainder.shiftedRight(by: shift))
    }

    /// Three limbs by two, with a normalised divisor and `top < divisor`.
    private static func divideStep(
        _ top: UInt256,
        _ next: UInt128,
        by divisor: UInt256
    ) -> (quotient: UInt128, remainder: UInt256) {
        var quotient: UInt128
        var rest: UInt128
        var restOverflows = false
        if top.high < divisor.high {
            (quotient, rest) = divisor.high.dividingFullWidth((top.high, top.low))
        } else {
            quotient = .max
            (rest, restOverflows) = top.low.addingReportingOverflow(divisor.high)
        }
        // The estimate is at most two too large. An overflowing rest is above every product, so the loop ends there.
        while !restOverflows, UInt256(high: rest, low: next) < UInt256.product(quotient, divisor.low) {
            quotient &-= 1
            (rest, restOverflows) = rest.addingReportingOverflow(divisor.high)
        }
        let remainder = UInt256(high: rest, low: next)
            .wrappingSubtracting(UInt256.product(quotient, divisor.low))
        return (quotient, remainder)
    }
}

extension UInt256 {
    /// Shifted by less than 128 bits; the upper bits of `filling` enter from below.
    fileprivate func shiftedLeft(by shift: Int, filling: UInt128) -> UInt256 {
        guard shift > 0 else { return self }
        return UInt256(
            high: high << shift | low >> (128 - shift),
            low: low << shift | filling >> (128 - shift)
        )
    }

    /// Shifted by less than 128 bits.
    fileprivate func shiftedRight(by shift: Int) -> UInt256 {
        guard shift > 0 else { return self }
        return UInt256(high: high >> shift, low: low >> shift | high << (128 - shift))
    }
}
