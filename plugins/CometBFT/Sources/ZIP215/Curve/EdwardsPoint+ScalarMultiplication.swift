extension EdwardsPoint {
    /// The sum of two multiples of points, given by their tables: first * P + second * Q.
    ///
    /// One chain of 252 doublings serves both (Straus's method). Takes variable time.
    package static func combination(
        _ first: Scalar,
        _ firstTable: MultiplesTable,
        _ second: Scalar,
        _ secondTable: MultiplesTable
    ) -> EdwardsPoint {
        var sum = identity
        for (firstDigit, secondDigit) in zip(first.hexadecimalDigits, second.hexadecimalDigits).reversed() {
            sum = sum.doubled().doubled().doubled().doubled()
            if firstDigit != 0 { sum = sum + firstTable.multiple(firstDigit) }
            if secondDigit != 0 { sum = sum + secondTable.multiple(secondDigit) }
        }
        return sum
    }
}
