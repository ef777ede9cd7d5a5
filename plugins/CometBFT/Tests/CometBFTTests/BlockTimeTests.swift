import CometBFT
import CometBFTTesting
import Testing

@Suite("Block times")
struct BlockTimeTests {
    @Test(
        "A known time is read and printed as the engine prints it",
        arguments: [
            ("0001-01-01T00:00:00Z", -62_135_596_800, 0),
            ("1969-12-31T23:59:59.999999999Z", -1, 999_999_999),
            ("1970-01-01T00:00:00Z", 0, 0),
            ("2000-02-29T12:00:00.5Z", 951_825_600, 500_000_000),
            ("2017-12-25T03:00:01.234Z", 1_514_170_801, 234_000_000),
            ("2019-10-13T16:14:44Z", 1_570_983_284, 0),
            ("9999-12-31T23:59:59.000000001Z", 253_402_300_799, 1),
        ] as [(String, Int64, Int32)]
    )
    func known(text: String, seconds: Int64, nanoseconds: Int32) throws {
        let time = try BlockTime(rfc3339: text)
        #expect(time == (try BlockTime(seconds: seconds, nanoseconds: nanoseconds)))
        #expect(time.description == text)
    }

    @Test(
        "A time that the engine does not print is refused",
        arguments: [
            "", "2017", "2017-12-25", "2017-12-25T03:00:01", "2017-12-25t03:00:01z", "2017-12-25T03:00:01+00:00",
            "2017-12-25T03:00:01.Z", "2017-12-25T03:00:01.0000000000Z", "2017-12-25T03:00:60Z",
            "2017-12-25T24:00:00Z", "2017-13-25T03:00:01Z", "2017-00-25T03:00:01Z", "2017-02-29T03:00:01Z",
            "1900-02-29T03:00:01Z", "0000-01-01T00:00:00Z", "10000-01-01T00:00:00Z", "-001-01-01T00:00:00Z",
            "2017-12-25T03:00:01Z ", "２017-12-25T03:00:01Z", "2017-12-+5T03:00:01Z",
        ]
    )
    func refused(text: String) {
        #expect(throws: CometBFTError.self) { try BlockTime(rfc3339: text) }
    }

    @Test("Every time survives printing and reading, and its order is that of its text")
    func roundTrip() throws {
        let seed: UInt64 = 0x7157_0001
        var generator = SeededGenerator(seed: seed)
        var times: [BlockTime] = []
        for _ in 0..<500 {
            let time = try BlockTime(
                seconds: Int64.random(in: BlockTime.secondsRange, using: &generator),
                nanoseconds: Int32.random(in: 0..<1_000_000_000, using: &generator)
            )
            #expect(try BlockTime(rfc3339: time.description) == time, "seed \(seed)")
            times.append(time)
        }
        let bySeconds = times.sorted().map { $0.description.prefix(19) }
        #expect(bySeconds == bySeconds.sorted(), "seed \(seed)")
    }

    @Test("Nanoseconds since 1970 are exact at both ends of 64 bits, and nil beyond")
    func nanoseconds() throws {
        for value in [Int64.min, .min + 1, -1_000_000_001, -1, 0, 1, 999_999_999, .max - 1, .max] {
            let time = BlockTime(nanosecondsSince1970: value)
            #expect(time.nanosecondsSince1970 == value)
            #expect(try BlockTime(rfc3339: time.description) == time)
        }
        #expect(BlockTime.zero.nanosecondsSince1970 == nil)
        let last = BlockTime(nanosecondsSince1970: .max)
        #expect(try BlockTime(seconds: last.seconds, nanoseconds: last.nanoseconds + 1).nanosecondsSince1970 == nil)
        let first = BlockTime(nanosecondsSince1970: .min)
        #expect(try BlockTime(seconds: first.seconds, nanoseconds: first.nanoseconds - 1).nanosecondsSince1970 == nil)
    }

    @Test("Seconds outside of the years 1 to 9999 and nanoseconds of a second or more are refused")
    func bounds() {
        for (seconds, nanoseconds) in [
            (BlockTime.secondsRange.lowerBound - 1, 0), (BlockTime.secondsRange.upperBound + 1, 0), (0, -1),
            (0, 1_000_000_000), (.min, .min), (.max, .max),
        ] as [(Int64, Int32)] {
            let error = #expect(throws: CometBFTError.self) {
                try BlockTime(seconds: seconds, nanoseconds: nanoseconds)
            }
            #expect(error?.code == .outOfRange)
        }
    }
}
