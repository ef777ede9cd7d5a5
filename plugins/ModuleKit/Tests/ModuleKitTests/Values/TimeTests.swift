import Testing

@testable import ModuleKit

@Suite("TimeSpan")
struct TimeSpanTests {
    @Test(
        "Every form that Cosmos chains write is read",
        arguments: [
            ("1814400s", 1_814_400_000_000_000 as UInt64), ("1209600.5s", 1_209_600_500_000_000), ("0s", 0), ("0", 0),
            ("0.000000001s", 1), ("172800000000000", 172_800_000_000_000),
            ("1209600000000000ns", 1_209_600_000_000_000),
            ("504h0m0s", 1_814_400_000_000_000), ("1h30m", 5_400_000_000_000), ("1m0.5s", 60_500_000_000),
            ("1.5h", 5_400_000_000_000), ("15ms", 15_000_000), ("3us", 3000), ("3µs", 3000), ("1.25us", 1250),
            ("0.0000000000025h", 9), ("18446744073709551615", .max), ("18446744073.709551615s", .max),
        ]
    )
    func read(text: String, nanoseconds: UInt64) throws {
        #expect(try TimeSpan(text).nanoseconds == nanoseconds)
    }

    @Test(
        "Other texts are refused",
        arguments: [
            "", "s", "-1s", "+1s", "1 s", "1.s", ".5s", "1m1h", "1s1s", "1.5h1m", "1d", "1S", "01s", "1.0000000005s",
            "0.0000000000000000000s", "1s ", "0.0000000000021h",
        ]
    )
    func refused(text: String) {
        #expect(code { try TimeSpan(text) } == .invalidTimeSpan)
    }

    @Test(
        "Spans beyond 64 bits of nanoseconds are refused as too long",
        arguments: [
            "18446744073709551616", "18446744073.709551616s", "5124096h", "5124095h9999m", "99999999999999999999999s",
        ]
    )
    func tooLong(text: String) {
        #expect(code { try TimeSpan(text) } == .arithmeticOverflow)
    }

    @Test("Texts round-trip", arguments: propertySeeds)
    func roundTrip(seed: UInt64) throws {
        var generator = ValueGenerator(seed: seed)
        for _ in 0..<500 {
            let span = TimeSpan(nanoseconds: generator.next() >> UInt64(generator.next(below: 64)))
            #expect(try TimeSpan(span.description) == span)
            #expect(try TimeSpan(String(span.nanoseconds)) == span)
        }
        #expect(TimeSpan(nanoseconds: 1_209_600_500_000_000).description == "1209600.5s")
        #expect(TimeSpan.zero.description == "0s")
    }

    @Test("The largest counts of every unit are exact")
    func units() {
        #expect(TimeSpan.seconds(.max).wholeSeconds == 4_294_967_295)
        #expect(TimeSpan.minutes(.max).wholeSeconds == 65_535 * 60)
        #expect(TimeSpan.hours(.max).wholeSeconds == 65_535 * 3600)
        #expect(TimeSpan.days(.max).wholeSeconds == 65_535 * 86_400)
        #expect(code { try TimeSpan.max.adding(TimeSpan(nanoseconds: 1)) } == .arithmeticOverflow)
    }
}

@Suite("Timestamp")
struct TimestampTests {
    @Test(
        "Times of RFC 3339 are read, and written in UTC",
        arguments: [
            ("1970-01-01T00:00:00Z", 0 as UInt64, "1970-01-01T00:00:00Z"),
            ("2019-05-01T12:51:49.606083896Z", 1_556_715_109_606_083_896, "2019-05-01T12:51:49.606083896Z"),
            ("2021-03-25T01:00:00.000000Z", 1_616_634_000_000_000_000, "2021-03-25T01:00:00Z"),
            ("2019-05-13T12:29:33.5+02:00", 1_557_743_373_500_000_000, "2019-05-13T10:29:33.5Z"),
            ("1969-12-31T19:00:00-05:00", 0, "1970-01-01T00:00:00Z"),
            ("2000-02-29T23:59:59-00:00", 951_868_799_000_000_000, "2000-02-29T23:59:59Z"),
            ("2554-07-21T23:34:33.709551615Z", .max, "2554-07-21T23:34:33.709551615Z"),
        ]
    )
    func read(text: String, nanoseconds: UInt64, canonical: String) throws {
        let time = try Timestamp(text)
        #expect(time.nanoseconds == nanoseconds)
        #expect(time.description == canonical)
    }

    @Test(
        "Other texts are refused",
        arguments: [
            "", "2019", "2019-05-01", "2019-05-01T12:51:49", "2019-05-01 12:51:49Z", "2019-05-01t12:51:49z",
            "2019-05-01T12:51:49.Z", "2019-05-01T12:51:49.1234567890Z", "2019-02-29T00:00:00Z", "2100-02-29T00:00:00Z",
            "2019-13-01T00:00:00Z", "2019-00-01T00:00:00Z", "2019-04-31T00:00:00Z", "2019-04-00T00:00:00Z",
            "2019-05-01T24:00:00Z", "2019-05-01T23:60:00Z", "2016-12-31T23:59:60Z", "2019-05-01T12:51:49+24:00",
            "2019-05-01T12:51:49+01:60", "2019-05-01T12:51:49+0100", "2019-05-01T12:51:49ZZ",
            "2019-05-01T12:51:49+01:000",
            "+019-05-01T12:51:49Z", "0001-01-01T00:00:00Z", "1969-12-31T23:59:59.999999999Z",
            "1970-01-01T00:00:00+00:01", "2554-07-21T23:34:33.709551616Z", "9999-12-31T23:59:59Z",
            "２019-05-01T12:51:49Z",
            String(repeating: "2019-05-01T12:51:49Z", count: 100),
        ]
    )
    func refused(text: String) {
        #expect(code { try Timestamp(text) } == .invalidTimestamp)
    }

    @Test("Every day of eight centuries follows the one before")
    func calendar() {
        var date = CivilDate(year: 1970, month: 1, day: 1)
        for days in 0..<(146_097 * 2) as Range<Int64> {
            guard CivilDate(daysSince1970: days) == date, date.daysSince1970 == days else {
                Issue.record("day \(days) is not \(date)")
                return
            }
            // The next day, by the rules of the calendar alone.
            if date.day < date.daysInMonth ?? 0 {
                date = CivilDate(year: date.year, month: date.month, day: date.day + 1)
            } else if date.month < 12 {
                date = CivilDate(year: date.year, month: date.month + 1, day: 1)
            } else {
                date = CivilDate(year: date.year + 1, month: 1, day: 1)
            }
        }
        #expect(date == CivilDate(year: 2770, month: 1, day: 1))
    }

    @Test("Texts round-trip", arguments: propertySeeds)
    func roundTrip(seed: UInt64) throws {
        var generator = ValueGenerator(seed: seed)
        for _ in 0..<500 {
            let time = Timestamp(nanoseconds: generator.next())
            #expect(try Timestamp(time.description) == time)
            let parts = try Timestamp(
                seconds: Int64(time.wholeSeconds),
                nanosecondsWithin: Int32(time.nanosecondsWithin)
            )
            #expect(parts == time)
        }
    }

    @Test("Truncated and altered texts never trap the reader", arguments: propertySeeds)
    func mutations(seed: UInt64) throws {
        var generator = ValueGenerator(seed: seed)
        let original = [UInt8]("2019-05-01T12:51:49.606083896+01:30".utf8)
        var refused = 0
        for _ in 0..<2000 {
            var characters = Array(original.prefix(generator.next(below: original.count + 1)))
            if !characters.isEmpty {
                characters[generator.next(below: characters.count)] = UInt8(generator.next(below: 128))
            }
            let text = String(decoding: characters, as: UTF8.self)
            if code({ try Timestamp(text) }) != nil { refused += 1 }
            _ = code { try TimeSpan(text) }
        }
        #expect(refused > 1000)
    }

    @Test("Arithmetic with spans is checked at both ends")
    func arithmetic() throws {
        let time = try Timestamp("2026-01-31T00:00:00Z")
        #expect(try time.adding(.days(1)).description == "2026-02-01T00:00:00Z")
        #expect(try time.subtracting(.hours(1)).description == "2026-01-30T23:00:00Z")
        #expect(try time.adding(.days(21)).elapsed(since: time) == .days(21))
        #expect(time.elapsed(since: .max) == nil)
        #expect(code { try Timestamp.max.adding(.seconds(1)) } == .arithmeticOverflow)
        #expect(code { try Timestamp.epoch.subtracting(.seconds(1)) } == .arithmeticUnderflow)
        #expect(Timestamp.max.saturatingAdding(.seconds(1)) == .max)
        #expect(Timestamp.epoch.saturatingSubtracting(.seconds(1)) == .epoch)
        #expect(time.saturatingSubtracting(.seconds(1)) < time && time < time.saturatingAdding(.seconds(1)))
        #expect(code { try Timestamp(seconds: -1, nanosecondsWithin: 0) } == .invalidTimestamp)
        #expect(code { try Timestamp(seconds: 0, nanosecondsWithin: 1_000_000_000) } == .invalidTimestamp)
        #expect(code { try Timestamp(seconds: .max, nanosecondsWithin: 0) } == .invalidTimestamp)
    }
}
