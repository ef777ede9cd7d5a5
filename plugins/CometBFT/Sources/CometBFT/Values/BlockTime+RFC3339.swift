extension BlockTime: CustomStringConvertible {
    /// Reads a time as the engine prints it: RFC 3339 in UTC, `2017-12-25T03:00:01.234Z`, with up to nine decimals.
    ///
    /// Lower-case letters, offsets other than `Z` and leap seconds are refused: the engine prints none of them.
    ///
    /// - Throws: `malformed` or `outOfRange`.
    public init(rfc3339 text: String) throws(CometBFTError) {
        var reader = TimeReader(text)
        let year = try reader.number(digits: 4, in: 1...9999)
        try reader.skip("-")
        let month = try reader.number(digits: 2, in: 1...12)
        try reader.skip("-")
        let day = try reader.number(digits: 2, in: 1...Calendar.days(in: month, of: year))
        try reader.skip("T")
        let hour = try reader.number(digits: 2, in: 0...23)
        try reader.skip(":")
        let minute = try reader.number(digits: 2, in: 0...59)
        try reader.skip(":")
        let second = try reader.number(digits: 2, in: 0...59)
        let nanoseconds = try reader.fraction()
        try reader.skip("Z")
        try reader.end()
        let days = Calendar.daysSince1970(year: year, month: month, day: day)
        try self.init(
            seconds: days * 86_400 + Int64(hour * 3600 + minute * 60 + second),
            nanoseconds: nanoseconds
        )
    }

    /// RFC 3339 in UTC, as the engine prints it: no decimals for a whole second, else no trailing zeros.
    public var description: String {
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let (year, month, day) = Calendar.date(daysSince1970: days)
        let rest = Int(seconds - days * 86_400)
        let date = "\(Self.padded(year, 4))-\(Self.padded(month, 2))-\(Self.padded(day, 2))"
        let clock = [rest / 3600, rest / 60 % 60, rest % 60].map { Self.padded($0, 2) }.joined(separator: ":")
        guard nanoseconds > 0 else { return "\(date)T\(clock)Z" }
        var fraction = Self.padded(Int(nanoseconds), 9)[...]
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(date)T\(clock).\(fraction)Z"
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// The Gregorian calendar, counted backwards and forwards for ever.
private enum Calendar {
    static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }

    /// Counts years from March on, so that the leap day is the last of its year.
    static func daysSince1970(year: Int, month: Int, day: Int) -> Int64 {
        let marchYear = month > 2 ? year : year - 1
        let marchMonth = (month + 9) % 12
        let dayOfYear = (153 * marchMonth + 2) / 5 + day - 1
        return Int64(marchYear * 365 + marchYear / 4 - marchYear / 100 + marchYear / 400 + dayOfYear - daysBefore1970)
    }

    /// The inverse, by eras of 400 years.
    static func date(daysSince1970 days: Int64) -> (year: Int, month: Int, day: Int) {
        // In the supported years the count from March of year 0 on is not negative.
        let count = Int(days) + daysBefore1970
        let era = count / 146_097
        let dayOfEra = count % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = era * 400 + yearOfEra + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    /// From March 1st of year 0 to January 1st of 1970.
    private static let daysBefore1970 = 719_468

    private static func isLeap(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }
}

/// Reads the parts of a time.
private struct TimeReader {
    private let text: String
    private var rest: Substring.UTF8View

    init(_ text: String) {
        self.text = text
        rest = text[...].utf8
    }

    mutating func number(digits: Int, in range: ClosedRange<Int>) throws(CometBFTError) -> Int {
        var number = 0
        for _ in 0..<digits {
            guard let digit = nextDigit() else { throw malformed() }
            number = number * 10 + digit
        }
        guard range.contains(number) else {
            throw CometBFTError(
                .outOfRange,
                "\(number) is not one of \(range.lowerBound) to \(range.upperBound) in a time"
            )
        }
        return number
    }

    /// The decimals of a second, as nanoseconds; 0 where there are none.
    mutating func fraction() throws(CometBFTError) -> Int32 {
        guard rest.first == UInt8(ascii: ".") else { return 0 }
        rest.removeFirst()
        var nanoseconds: Int32 = 0
        var scale: Int32 = 100_000_000
        guard let first = nextDigit() else { throw malformed() }
        nanoseconds = Int32(first) * scale
        while let digit = nextDigit() {
            guard scale > 1 else { throw malformed() }
            scale /= 10
            nanoseconds += Int32(digit) * scale
        }
        return nanoseconds
    }

    mutating func skip(_ character: Unicode.Scalar) throws(CometBFTError) {
        guard rest.first == UInt8(ascii: character) else { throw malformed() }
        rest.removeFirst()
    }

    func end() throws(CometBFTError) {
        guard rest.isEmpty else { throw malformed() }
    }

    private mutating func nextDigit() -> Int? {
        guard let byte = rest.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        rest.removeFirst()
        return Int(byte - UInt8(ascii: "0"))
    }

    private func malformed() -> CometBFTError {
        CometBFTError(.malformed, "'\(text.prefix(40))' is not a time; write it as 2017-12-25T03:00:01.234Z")
    }
}
