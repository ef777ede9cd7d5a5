/// A sum of products of 64-bit numbers, kept in 128 bits.
///
/// Invariant: the sum is below 2^115, so that `above51` fits 64 bits. `FieldElement` states why its sums are.
struct WideSum {
    private var high: UInt64
    private var low: UInt64

    /// The sum of three products.
    init(_ first: (UInt64, UInt64), _ second: (UInt64, UInt64), _ third: (UInt64, UInt64)) {
        (high, low) = first.0.multipliedFullWidth(by: first.1)
        add(second)
        add(third)
    }

    /// This sum and two products more.
    func adding(_ first: (UInt64, UInt64), _ second: (UInt64, UInt64)) -> WideSum {
        var sum = self
        sum.add(first)
        sum.add(second)
        return sum
    }

    /// This sum and a number.
    func adding(_ number: UInt64) -> WideSum {
        var sum = self
        sum.add(high: 0, low: number)
        return sum
    }

    /// The lowest 51 bits.
    var below51: UInt64 {
        low & FieldElement.limbMask
    }

    /// The sum without its lowest 51 bits.
    var above51: UInt64 {
        high &<< 13 | low &>> 51
    }

    private mutating func add(_ factors: (UInt64, UInt64)) {
        let product = factors.0.multipliedFullWidth(by: factors.1)
        add(high: product.high, low: product.low)
    }

    /// Wrapping is right: the invariant leaves 13 bits of `high` free.
    private mutating func add(high otherHigh: UInt64, low otherLow: UInt64) {
        let (sum, carried) = low.addingReportingOverflow(otherLow)
        low = sum
        high = high &+ otherHigh &+ (carried ? 1 : 0)
    }
}
