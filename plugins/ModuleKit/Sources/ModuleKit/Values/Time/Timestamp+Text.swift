extension Timestamp {
    /// What Go programs write for a time that was never set. It lies before 1970 and is refused like any such time.
    public static let unsetText = "0001-01-01T00:00:00Z"

    /// Reads a time of RFC 3339, such as `2019-05-01T12:51:49.606083896Z`.
    ///
    /// `T` and `Z` are in upper case, a fraction has 1 to 9 digits, the offset is `Z` or `+hh:mm` or `-hh:mm`; the 60th
    /// second of a leap second is refused, because nothing could stand for it.
    ///
    /// - Throws: `invalidTimestamp`.
    public init(_ text: String) throws(ModuleError) {
        let reader = TimestampReader(text)
        self.init(nanoseconds: try reader.nanoseconds())
    }
}

extension Timestamp: CustomStringConvertible {
    /// The time of RFC 3339 in UTC, with as many fraction digits as it takes.
    public var description: String {
        let seconds = wholeSeconds
        let date = CivilDate(daysSince1970: Int64(seconds / 86_400))
        let second = seconds % 86_400
        func two(_ number: UInt64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let clock = "\(two(second / 3600)):\(two(second / 60 % 60)):\(two(second % 60))"
        let day = "\(date.year)-\(two(UInt64(date.month)))-\(two(UInt64(date.day)))"
        return "\(day)T\(clock)\(fractionText(nanoseconds: UInt64(nanosecondsWithin)))Z"
    }
}

/// A day of the Gregorian calendar.
struct CivilDate: Equatable {
    let year: Int64
    let month: Int64
    let day: Int64

    init(year: Int64, month: Int64, day: Int64) {
        self.year = year
        self.month = month
        self.day = day
    }

    // Both conversions count in years that begin in March, so that the leap day is the last day of its year, and in eras
    // of 400 years, which have 146 097 days. Day 0 of era 0 is 0000-03-01, 719 468 days before 1970.

    /// The day that many days after 1970-01-01; not before year 0.
    init(daysSince1970 days: Int64) {
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        self.day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        self.month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        self.year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// The days after 1970-01-01; negative before it.
    var daysSince1970: Int64 {
        let shiftedYear = month <= 2 ? year + 399 : year + 400
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear % 400
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return (era - 1) * 146_097 + dayOfEra - 719_468
    }

    /// The number of days of its month, or nil if there is no such month.
    var daysInMonth: Int64? {
        switch month {
        case 1, 3, 5, 7, 8, 10, 12: 31
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: nil
        }
    }
}

/// Reads one time of RFC 3339.
private struct TimestampReader {
    private let text: String
    private let characters: [UInt8]

    init(_ text: String) {
        self.text = text
        // The longest text has 35 characters; one more is enough to refuse what is longer.
        self.characters = [UInt8](text.utf8.prefix(36))
    }

    func nanoseconds() throws(ModuleError) -> UInt64 {
        for (offset, mark) in [(4, "-"), (7, "-"), (10, "T"), (13, ":"), (16, ":")] {
            try expect(mark, at: offset)
        }
        let date = CivilDate(year: try number(0, 4), month: try number(5, 2), day: try number(8, 2))
        guard let days = date.daysInMonth, (1...days).contains(date.day) else { throw failure("names no day") }
        let (hour, minute, second) = (try number(11, 2), try number(14, 2), try number(17, 2))
        guard hour < 24, minute < 60, second < 60 else { throw failure("names no time of day") }

        let fraction = try fraction()
        let offset = try offset(at: fraction.end)
        let seconds = date.daysSince1970 * 86_400 + hour * 3600 + minute * 60 + second - offset
        guard
            let sinceEpoch = UInt64(exactly: seconds),
            let nanoseconds = Timestamp.nanoseconds(seconds: sinceEpoch, fraction.nanoseconds)
        else { throw failure("is outside 1970 to 2554") }
        return nanoseconds
    }

    private func character(at offset: Int) -> UInt8? {
        offset < characters.count ? characters[offset] : nil
    }

    private func expect(_ mark: String, at offset: Int) throws(ModuleError) {
        guard character(at: offset) == mark.utf8.first else {
            throw failure("has no \(mark) at position \(offset + 1)")
        }
    }

    private func number(_ start: Int, _ count: Int) throws(ModuleError) -> Int64 {
        var value: Int64 = 0
        for offset in start..<(start + count) {
            guard let digit = character(at: offset), isDigit(digit) else {
                throw failure("has no digit at position \(offset + 1)")
            }
            value = value * 10 + Int64(digit - UInt8(ascii: "0"))
        }
        return value
    }

    private func fraction() throws(ModuleError) -> (nanoseconds: UInt64, end: Int) {
        guard character(at: 19) == UInt8(ascii: ".") else { return (0, 19) }
        var end = 20
        var nanoseconds: UInt64 = 0
        var weight: UInt64 = 100_000_000
        while let digit = character(at: end), isDigit(digit) {
            guard weight > 0 else { throw failure("has more than 9 fraction digits") }
            nanoseconds += UInt64(digit - UInt8(ascii: "0")) * weight
            weight /= 10
            end += 1
        }
        guard end > 20 else { throw failure("has no digit after the point") }
        return (nanoseconds, end)
    }

    /// The offset to UTC in seconds, which ends the text.
    private func offset(at start: Int) throws(ModuleError) -> Int64 {
        let sign: Int64
        switch character(at: start) {
        case UInt8(ascii: "Z"):
            guard characters.count == start + 1 else { throw failure("goes on after the Z") }
            return 0
        case UInt8(ascii: "+"): sign = 1
        case UInt8(ascii: "-"): sign = -1
        default: throw failure("has no offset at position \(start + 1); write Z for UTC")
        }
        try expect(":", at: start + 3)
        let (hours, minutes) = (try number(start + 1, 2), try number(start + 4, 2))
        guard hours < 24, minutes < 60 else { throw failure("has no valid offset") }
        guard characters.count == start + 6 else { throw failure("goes on after the offset") }
        return sign * (hours * 3600 + minutes * 60)
    }

    private func failure(_ fault: String) -> ModuleError {
        ModuleError(.invalidTimestamp, "time \(quoted(text)) \(fault); write it like 2026-01-31T23:59:59.5Z")
    }
}
