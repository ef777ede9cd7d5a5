import CometBFTTesting
import Testing
import ZIP215

@Suite("A number of 256 bits")
struct Words256Tests {
    @Test("comes from 32 bytes only, which come back unchanged")
    func bytes() {
        var random = SeededGenerator(seed: 14)
        for count in 0..<70 {
            let bytes = random.bytes(count: count)
            #expect(
                Words256(littleEndian: bytes)?.littleEndianBytes == (count == 32 ? bytes : nil),
                "seed 14, \(count)"
            )
        }
    }

    @Test("is compared, subtracted and doubled as plain numbers are, modulo 2^256")
    func arithmetic() {
        // Few different words, so that carries and borrows run through several of them.
        var random = SeededGenerator(seed: 15)
        let words: [UInt64] = [0, 1, 1 << 63, .max - 1, .max]
        let modulus = ReferenceInteger(1).shifted(by: 256)
        func drawn() -> Words256 {
            let (first, second) = (words[random.below(5)], words[random.below(5)])
            return Words256(first, second, words[random.below(5)], words[random.below(5)])
        }
        for round in 0..<300 {
            let (left, right, bit) = (drawn(), drawn(), random.next() & 1)
            let (leftNumber, rightNumber) = (ReferenceInteger(left), ReferenceInteger(right))
            let note: Comment = "seed 15, round \(round): \(left), \(right), \(bit)"
            #expect((left < right) == (leftNumber < rightNumber), note)
            #expect(ReferenceInteger(left &- right) == (leftNumber + modulus - rightNumber) % modulus, note)
            let doubled = leftNumber + leftNumber + ReferenceInteger(bit)
            #expect(ReferenceInteger(left.doubled(plus: bit)) == doubled % modulus, note)
            #expect(left.hasTopBit == (leftNumber.bitWidth == 256), note)
        }
    }
}
