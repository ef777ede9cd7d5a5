/// A length of time from zero up, in nanoseconds; the longest is about 584 years.
@frozen
public struct TimeSpan: Hashable, Sendable {
    /// The number of nanoseconds.
    public let nanoseconds: UInt64

    /// Creates a span of that many nanoseconds.
    @inlinable
    public init(nanoseconds: UInt64) {
        self.nanoseconds = nanoseconds
    }

    /// No time.
    @inlinable
    public static var zero: TimeSpan { TimeSpan(nanoseconds: 0) }

    /// The longest span.
    @inlinable
    public static var max: TimeSpan { TimeSpan(nanoseconds: .max) }

    // The counts are as narrow as it takes for every product to fit.

    /// A span of whole seconds.
    @inlinable
    public static func seconds(_ count: UInt32) -> TimeSpan {
        TimeSpan(nanoseconds: UInt64(count) &* 1_000_000_000)
    }

    /// A span of whole minutes.
    @inlinable
    public static func minutes(_ count: UInt16) -> TimeSpan { seconds(UInt32(count) &* 60) }

    /// A span of whole hours.
    @inlinable
    public static func hours(_ count: UInt16) -> TimeSpan { seconds(UInt32(count) &* 3600) }

    /// A span of whole days of 24 hours.
    @inlinable
    public static func days(_ count: UInt16) -> TimeSpan {
        TimeSpan(nanoseconds: UInt64(count) &* 86_400_000_000_000)
    }

    /// The whole seconds.
    @inlinable
    public var wholeSeconds: UInt64 { nanoseconds / 1_000_000_000 }

    /// The sum.
    ///
    /// - Throws: `arithmeticOverflow` above the longest span.
    @inlinable
    public func adding(_ other: TimeSpan) throws(ModuleError) -> TimeSpan {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(other.nanoseconds)
        guard !overflow else { throw Self.tooLong("\(self) + \(other)") }
        return TimeSpan(nanoseconds: sum)
    }

    @usableFromInline @inline(never)
    static func tooLong(_ text: String) -> ModuleError {
        ModuleError(.arithmeticOverflow, "\(text) is above the longest time span, \(TimeSpan.max); use a shorter one")
    }
}

extension TimeSpan: Comparable {
    /// Compares the lengths.
    @inlinable
    public static func < (lhs: TimeSpan, rhs: TimeSpan) -> Bool { lhs.nanoseconds < rhs.nanoseconds }
}
