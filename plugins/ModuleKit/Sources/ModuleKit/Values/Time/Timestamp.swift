/// A point in time: nanoseconds since 1970-01-01T00:00:00Z, without leap seconds; the last is in the year 2554.
@frozen
public struct Timestamp: Hashable, Sendable {
    /// The nanoseconds since 1970-01-01T00:00:00Z.
    public let nanoseconds: UInt64

    /// Creates the point that many nanoseconds after 1970-01-01T00:00:00Z.
    @inlinable
    public init(nanoseconds: UInt64) {
        self.nanoseconds = nanoseconds
    }

    /// Creates a point from whole seconds and the nanoseconds after them, as Protocol Buffers carry it.
    ///
    /// - Throws: `invalidTimestamp` before 1970, after 2554, or with nanoseconds outside 0 to 999 999 999.
    public init(seconds: Int64, nanosecondsWithin: Int32) throws(ModuleError) {
        guard
            let whole = UInt64(exactly: seconds),
            let part = UInt64(exactly: nanosecondsWithin), part < 1_000_000_000,
            let nanoseconds = Self.nanoseconds(seconds: whole, part)
        else {
            throw ModuleError(
                .invalidTimestamp,
                "\(seconds) s and \(nanosecondsWithin) ns are outside 1970 to 2554; give nanoseconds from 0 to 999999999"
            )
        }
        self.nanoseconds = nanoseconds
    }

    /// 1970-01-01T00:00:00Z.
    @inlinable
    public static var epoch: Timestamp { Timestamp(nanoseconds: 0) }

    /// The last point.
    @inlinable
    public static var max: Timestamp { Timestamp(nanoseconds: .max) }

    /// The whole seconds since 1970.
    @inlinable
    public var wholeSeconds: UInt64 { nanoseconds / 1_000_000_000 }

    /// The nanoseconds after the whole seconds.
    @inlinable
    public var nanosecondsWithin: UInt32 { UInt32(truncatingIfNeeded: nanoseconds % 1_000_000_000) }

    /// The point a time span later.
    ///
    /// - Throws: `arithmeticOverflow` after the last point.
    @inlinable
    public func adding(_ span: TimeSpan) throws(ModuleError) -> Timestamp {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(span.nanoseconds)
        guard !overflow else { throw Self.tooLate(self, span) }
        return Timestamp(nanoseconds: sum)
    }

    /// The point a time span earlier.
    ///
    /// - Throws: `arithmeticUnderflow` before 1970.
    @inlinable
    public func subtracting(_ span: TimeSpan) throws(ModuleError) -> Timestamp {
        let (difference, overflow) = nanoseconds.subtractingReportingOverflow(span.nanoseconds)
        guard !overflow else { throw Self.tooEarly(self, span) }
        return Timestamp(nanoseconds: difference)
    }

    /// The point a time span later, or the last one.
    @inlinable
    public func saturatingAdding(_ span: TimeSpan) -> Timestamp {
        let (sum, overflow) = nanoseconds.addingReportingOverflow(span.nanoseconds)
        return overflow ? .max : Timestamp(nanoseconds: sum)
    }

    /// The point a time span earlier, or 1970.
    @inlinable
    public func saturatingSubtracting(_ span: TimeSpan) -> Timestamp {
        nanoseconds > span.nanoseconds ? Timestamp(nanoseconds: nanoseconds &- span.nanoseconds) : .epoch
    }

    /// The time since an earlier point, or nil if that one is later.
    @inlinable
    public func elapsed(since earlier: Timestamp) -> TimeSpan? {
        nanoseconds >= earlier.nanoseconds ? TimeSpan(nanoseconds: nanoseconds &- earlier.nanoseconds) : nil
    }

    static func nanoseconds(seconds: UInt64, _ part: UInt64) -> UInt64? {
        let (product, overflowA) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, overflowB) = product.addingReportingOverflow(part)
        return overflowA || overflowB ? nil : sum
    }

    @usableFromInline @inline(never)
    static func tooLate(_ time: Timestamp, _ span: TimeSpan) -> ModuleError {
        ModuleError(
            .arithmeticOverflow,
            "\(time) + \(span) is after the last time, \(Timestamp.max); use a shorter span"
        )
    }

    @usableFromInline @inline(never)
    static func tooEarly(_ time: Timestamp, _ span: TimeSpan) -> ModuleError {
        ModuleError(.arithmeticUnderflow, "\(time) - \(span) is before 1970; use a shorter span")
    }
}

extension Timestamp: Comparable {
    /// Compares the points; earlier is less.
    @inlinable
    public static func < (lhs: Timestamp, rhs: Timestamp) -> Bool { lhs.nanoseconds < rhs.nanoseconds }
}
