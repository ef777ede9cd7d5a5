import CometBFTTesting
import Testing
import ZIP215

@Suite("A scalar")
struct ScalarTests {
    @Test("has the order of RFC 8032: 2^252 + 27742317777372353535851937790883648493")
    func order() {
        let digits = "27742317777372353535851937790883648493"
        let tail = digits.compactMap(\.hexDigitValue).reduce(ReferenceInteger(0)) {
            $0 * ReferenceInteger(10) + ReferenceInteger(UInt64($1))
        }
        #expect(ReferenceInteger(Scalar.order) == ReferenceInteger(1).shifted(by: 252) + tail)
        #expect(ReferenceInteger(Scalar.order) == .order)
    }

    @Test("is the remainder of 64 bytes by the order, as plain numbers have it", arguments: [11, 12] as [UInt64])
    func reduction(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for round in 0..<60 {
            let bytes = random.bytes(count: random.below(65))
            let expected = ReferenceInteger(littleEndian: bytes) % .order
            #expect(ReferenceInteger(Scalar(reducing: bytes).words) == expected, "seed \(seed), round \(round)")
        }
    }

    @Test("is right at the edges: 0, L - 1, L, L + 1, multiples of L, and the highest 64 bytes")
    func edges() {
        let order = ReferenceInteger.order
        let one = ReferenceInteger(1)
        let numbers = [ReferenceInteger(0), one, order - one, order, order + one, order * ReferenceInteger(15)]
        for number in numbers {
            let words = Scalar(reducing: number.littleEndianBytes).words
            #expect(ReferenceInteger(words) == number % order)
        }
        let highest = [UInt8](repeating: 255, count: 64)
        #expect(ReferenceInteger(Scalar(reducing: highest).words) == ReferenceInteger(littleEndian: highest) % order)
        #expect(Scalar(reducing: []).words == Words256(0, 0, 0, 0))
    }

    @Test("takes a canonical number only below the order")
    func canonical() throws {
        let order = ReferenceInteger.order
        let one = ReferenceInteger(1)
        let below = try #require(Words256(littleEndian: (order - one).littleEndianBytes))
        let above = try #require(Words256(littleEndian: (order + one).littleEndianBytes))
        #expect(Scalar(canonical: below)?.words == below)
        #expect(Scalar(canonical: Scalar.order) == nil)
        #expect(Scalar(canonical: above) == nil)
        #expect(Scalar(canonical: Words256(.max, .max, .max, .max)) == nil)
        #expect(Scalar(canonical: Words256(0, 0, 0, 1 << 61)) == nil)
    }

    @Test("is the sum of its digits to the base 16")
    func digits() {
        var random = SeededGenerator(seed: 13)
        for round in 0..<50 {
            let scalar = Scalar(reducing: random.bytes(count: 64))
            let digits = scalar.hexadecimalDigits
            let sum = digits.reversed().reduce(ReferenceInteger(0)) {
                $0 * ReferenceInteger(16) + ReferenceInteger(UInt64($1))
            }
            #expect(sum == ReferenceInteger(scalar.words), "seed 13, round \(round)")
            #expect(digits.count == 64 && digits.allSatisfy { (0..<16).contains($0) }, "seed 13, round \(round)")
        }
    }
}
