public import ModuleKit

/// The bounds of an amount of which part is still decided elsewhere.
public struct AmountRange: Sendable, Hashable {
    /// The amount if everything in flight is void.
    public let low: Amount
    /// The amount if everything in flight comes true.
    public let high: Amount

    /// Names the bounds.
    public init(low: Amount, high: Amount) {
        self.low = low
        self.high = high
    }
}

extension AmountRange: CustomStringConvertible {
    /// The bounds, such as `{100, 150}`, or one number where they are the same.
    public var description: String { low == high ? "\(low)" : "{\(low), \(high)}" }
}

extension Amount {
    /// A part of the amount, rounded down. A fraction above one stands for one.
    func part(_ fraction: Decimal18) -> Amount {
        // Only fractions above one lead above the largest amount.
        fraction < .one ? (try? multiplied(by: fraction, rounding: .floor)) ?? self : self
    }
}
