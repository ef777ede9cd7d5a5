import CometBFT
import Testing

@Suite("Age of evidence")
struct EvidenceAgeLimitTests {
    let limit = EvidenceAgeLimit(blocks: 100, duration: .seconds(60))

    private func hasExpired(blocks: Int64, nanoseconds: Int64) -> Bool {
        limit.hasExpired(
            height: 1000,
            time: BlockTime(nanosecondsSince1970: 0),
            currentHeight: 1000 + blocks,
            currentTime: BlockTime(nanosecondsSince1970: nanoseconds)
        )
    }

    @Test("Evidence expires only when it is too old in blocks and in time")
    func needsBoth() {
        let minute: Int64 = 60_000_000_000
        #expect(!hasExpired(blocks: 100, nanoseconds: minute))
        #expect(!hasExpired(blocks: 101, nanoseconds: minute))
        #expect(!hasExpired(blocks: 100, nanoseconds: minute + 1))
        #expect(hasExpired(blocks: 101, nanoseconds: minute + 1))
        #expect(!hasExpired(blocks: 1_000_000, nanoseconds: 0))
        #expect(!hasExpired(blocks: 0, nanoseconds: 1000 * minute))
    }

    @Test("Evidence from the future has not expired")
    func takesTheFuture() {
        #expect(!hasExpired(blocks: -5, nanoseconds: -5))
    }

    @Test("No height overflows")
    func isSafeAtTheLimits() throws {
        let early = BlockTime.zero
        let late = try BlockTime(seconds: BlockTime.secondsRange.upperBound, nanoseconds: 999_999_999)
        #expect(limit.hasExpired(height: .min, time: early, currentHeight: .max, currentTime: late))
        #expect(!limit.hasExpired(height: .max, time: early, currentHeight: .min, currentTime: late))
        #expect(!limit.hasExpired(height: .min, time: late, currentHeight: .max, currentTime: early))
    }
}
