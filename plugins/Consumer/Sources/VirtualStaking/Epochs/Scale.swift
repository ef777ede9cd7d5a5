import ModuleKit

/// Fits amounts under a cap: where their sum is above it, each becomes `floor(amount * cap / sum)`.
///
/// So the sum of what comes out is at most the cap; what rounding leaves of the cap stays unused.
struct Scale {
    /// The sum of the amounts.
    let sum: Amount
    private let cap: Amount

    /// - Throws: `arithmeticOverflow` when the sum can't be counted.
    init(_ amounts: [Amount], to cap: Amount) throws(ModuleError) {
        var sum = Amount.zero
        for amount in amounts { sum = try sum.adding(amount) }
        self.sum = sum
        self.cap = cap
    }

    /// One of the amounts, as it fits.
    func fitted(_ amount: Amount) throws(ModuleError) -> Amount {
        sum <= cap ? amount : try amount.multiplied(by: cap, over: sum, rounding: .floor)
    }

    /// What is too much of each of the parts, where it is.
    func excess(of parts: [StakePart]) throws(ModuleError) -> [StakePart] {
        var excess: [StakePart] = []
        for part in parts {
            let rest = part.amount.saturatingSubtracting(try fitted(part.amount))
            if !rest.isZero { excess.append(StakePart(rest, at: part.validator)) }
        }
        return excess
    }
}
