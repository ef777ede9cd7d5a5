/// A decimal from zero up, with exactly 18 fraction digits, as the Cosmos SDK and CosmWasm use for rates and shares.
///
/// The magnitude (the value times 10^18) has 256 bits. 128 bits would stop at 3.4 * 10^20 whole units, which a chain
/// whose token has 18 decimals exceeds with 341 tokens. With 256 bits every `Amount` is a decimal, and the largest whole
/// part has 60 digits. Products and dividends have 512 bits, so only results have to fit; those that don't are errors.
@frozen
public struct Decimal18: Hashable, Sendable {
    /// The value times 10^18.
    @usableFromInline let magnitude: UInt256

    @inlinable
    init(magnitude: UInt256) {
        self.magnitude = magnitude
    }

    /// Creates the decimal with the same value; every amount has one.
    public init(_ amount: Amount) {
        self.init(magnitude: .product(amount.units, Self.scale))
    }

    /// A whole number of hundredths: `percent(5)` is 0.05.
    public static func percent(_ hundredths: UInt64) -> Decimal18 {
        Decimal18(magnitude: .product(UInt128(hundredths), scale / 100))
    }

    /// 10^18.
    static var scale: UInt128 { 1_000_000_000_000_000_000 }

    /// 0.
    public static let zero = Decimal18(.zero)

    /// 1.
    public static let one = Decimal18(.one)

    /// The largest decimal, (2^256 - 1) / 10^18.
    public static let max = Decimal18(magnitude: UInt256(high: .max, low: .max))

    /// The smallest decimal above zero, 10^-18.
    public static let smallestAboveZero = Decimal18(magnitude: UInt256(high: 0, low: 1))

    /// Whether this is zero.
    @inlinable
    public var isZero: Bool { magnitude.high == 0 && magnitude.low == 0 }
}

extension Decimal18: Comparable {
    /// Compares the values.
    @inlinable
    public static func < (lhs: Decimal18, rhs: Decimal18) -> Bool { lhs.magnitude < rhs.magnitude }
}
