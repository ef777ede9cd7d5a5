/// A moment of a chain: seconds since 1970 and nanoseconds, in UTC, of the years 1 to 9999.
///
/// These are the bounds of a protobuf timestamp. The engine's median time and its vote times all lie within them.
public struct BlockTime: Hashable, Sendable, Comparable {
    /// Year 1, January 1st: what the engine writes where there is no time.
    public static let zero = BlockTime(uncheckedSeconds: secondsRange.lowerBound, nanoseconds: 0)
    /// From the start of year 1 to the last second of year 9999.
    public static let secondsRange: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    /// Whole seconds since 1970; negative before.
    public let seconds: Int64
    /// Nanoseconds after that second: 0 to 999 999 999.
    public let nanoseconds: Int32

    /// Makes a time.
    ///
    /// - Throws: `outOfRange` outside of the years 1 to 9999, or when the nanoseconds make a second or more.
    public init(seconds: Int64, nanoseconds: Int32 = 0) throws(CometBFTError) {
        guard Self.secondsRange.contains(seconds) else {
            throw CometBFTError(.outOfRange, "a time must lie in the years 1 to 9999; this one has \(seconds) s")
        }
        guard (0..<1_000_000_000).contains(nanoseconds) else {
            throw CometBFTError(.outOfRange, "a time has 0 to 999999999 nanoseconds, not \(nanoseconds)")
        }
        self.init(uncheckedSeconds: seconds, nanoseconds: nanoseconds)
    }

    /// Makes a time from nanoseconds since 1970. Any value is one of the years 1 to 9999.
    public init(nanosecondsSince1970 nanoseconds: Int64) {
        let (seconds, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        let borrow: Int64 = rest < 0 ? 1 : 0
        self.init(uncheckedSeconds: seconds - borrow, nanoseconds: Int32(rest + borrow * 1_000_000_000))
    }

    private init(uncheckedSeconds seconds: Int64, nanoseconds: Int32) {
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// Nanoseconds since 1970, or nil where 64 bits do not hold them (before 1677 and after 2262).
    public var nanosecondsSince1970: Int64? {
        // A negative second is counted up first: the product alone may overflow where the sum does not.
        let (whole, part) =
            seconds < 0
            ? (seconds + 1, Int64(nanoseconds) - 1_000_000_000)
            : (seconds, Int64(nanoseconds))
        let (product, overflow) = whole.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, secondOverflow) = product.addingReportingOverflow(part)
        return overflow || secondOverflow ? nil : sum
    }

    /// The earlier one first.
    public static func < (left: BlockTime, right: BlockTime) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }
}
