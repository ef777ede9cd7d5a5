import CometBFT
import Foundation
import Testing

@Suite("Trust levels")
struct TrustLevelTests {
    @Test("A level lies between a third and one", arguments: [(1, 3), (1, 2), (2, 3), (1, 1), (7, 21), (.max, .max)])
    func takesValidLevels(numerator: UInt64, denominator: UInt64) throws {
        let level = try TrustLevel(numerator, over: denominator)
        #expect(level.numerator == numerator && level.denominator == denominator)
    }

    @Test(
        "Anything else is refused",
        arguments: [(0, 1), (0, 0), (1, 0), (1, 4), (2, 1), (.max, 1), (.max / 3 - 1, .max), (333, 1000)]
    )
    func refusesOthers(numerator: UInt64, denominator: UInt64) {
        #expect(
            code { () throws(VerificationError) in _ = try TrustLevel(numerator, over: denominator) }
                == .invalidTrustLevel
        )
    }

    @Test("Exactly the level is not enough, one more is")
    func isExceededStrictly() {
        #expect(!TrustLevel.oneThird.isExceeded(by: 3, of: 9))
        #expect(TrustLevel.oneThird.isExceeded(by: 4, of: 9))
        #expect(!TrustLevel.twoThirds.isExceeded(by: 6, of: 9))
        #expect(TrustLevel.twoThirds.isExceeded(by: 7, of: 9))
        // 10 is not divisible by 3: two thirds of it are 6 and a bit.
        #expect(!TrustLevel.twoThirds.isExceeded(by: 6, of: 10))
        #expect(TrustLevel.twoThirds.isExceeded(by: 7, of: 10))
    }

    @Test("No power and no fraction overflows")
    func isSafeAtTheLimits() throws {
        let level = try TrustLevel(.max, over: .max)
        #expect(!level.isExceeded(by: .max, of: .max))
        #expect(level.isExceeded(by: .max, of: .max - 1))
        #expect(!level.isExceeded(by: .min, of: .max))
        #expect(!level.isExceeded(by: 1, of: .min))
        #expect(!TrustLevel.oneThird.isExceeded(by: 0, of: 0))
    }

    @Test("A level survives coding, and a stored one is checked")
    func codes() throws {
        let level = try TrustLevel(3, over: 7)
        #expect(try JSONDecoder().decode(TrustLevel.self, from: JSONEncoder().encode(level)) == level)
        #expect(throws: VerificationError.self) {
            try JSONDecoder().decode(TrustLevel.self, from: Data(#"{"numerator":1,"denominator":4}"#.utf8))
        }
    }
}
