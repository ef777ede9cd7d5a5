import CometBFTTesting
import Testing
import ZIP215

@Suite("A field element")
struct FieldElementTests {
    /// The number that limbs stand for, not reduced.
    private struct Sample {
        let element: FieldElement
        let number: ReferenceInteger
        let limbs: [UInt64]

        init(limbs: [UInt64]) {
            self.limbs = limbs
            element = FieldElement(limbs: limbs[0], limbs[1], limbs[2], limbs[3], limbs[4])
            number = limbs.reversed().reduce(ReferenceInteger(0)) { $0.shifted(by: 51) + ReferenceInteger($1) }
        }

        /// Limbs of any value that the invariant allows, the extremes most of all.
        init(random: inout SeededGenerator) {
            let extremes: [UInt64] = [
                0, 1, 18, 19, (1 << 51) - 20, (1 << 51) - 19, (1 << 51) - 1, 1 << 51, (1 << 52) - 1,
            ]
            self.init(
                limbs: (0..<5).map { _ in
                    random.below(2) == 0 ? extremes[random.below(extremes.count)] : random.next() >> 12
                }
            )
        }
    }

    private func number(_ element: FieldElement) -> ReferenceInteger {
        ReferenceInteger(element.canonicalEncoding)
    }

    @Test("adds, subtracts, multiplies and squares as plain numbers do modulo p", arguments: [1, 2, 3] as [UInt64])
    func arithmetic(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let p = ReferenceInteger.p
        var samples = (0..<60).map { _ in Sample(random: &random) }
        samples.append(Sample(limbs: Array(repeating: (1 << 52) - 1, count: 5)))
        samples.append(Sample(limbs: Array(repeating: 0, count: 5)))
        for (left, right) in zip(samples, samples.reversed()) {
            let note: Comment = "seed \(seed), limbs \(left.limbs) and \(right.limbs)"
            #expect(number(left.element) == left.number % p, note)
            #expect(number(left.element + right.element) == (left.number + right.number) % p, note)
            let minuend = left.number + p * ReferenceInteger(4)
            #expect(number(left.element - right.element) == (minuend - right.number) % p, note)
            #expect(number(left.element * right.element) == left.number * right.number % p, note)
            #expect(number(left.element.squared()) == left.number * left.number % p, note)
        }
        let highest = Sample(limbs: Array(repeating: (1 << 52) - 1, count: 5))
        #expect(number(highest.element * highest.element) == highest.number * highest.number % p)
        #expect(number(highest.element.squared()) == highest.number * highest.number % p)
        #expect(number(-highest.element) == (p * ReferenceInteger(4) - highest.number) % p)
    }

    @Test("keeps its limbs below 2^52 through any sequence of operations", arguments: [4, 5] as [UInt64])
    func walk(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var elements = (0..<6).map { _ in Sample(random: &random).element }
        for step in 0..<3000 {
            let (left, right) = (elements[random.below(6)], elements[random.below(6)])
            let result =
                switch random.below(5) {
                case 0: left + right
                case 1: left - right
                case 2: left * right
                case 3: left.squared()
                default: -left
                }
            let limbs = [result.limb0, result.limb1, result.limb2, result.limb3, result.limb4]
            #expect(limbs.allSatisfy { $0 < 1 << 52 }, "seed \(seed), step \(step): \(limbs)")
            elements[random.below(6)] = result
        }
    }

    @Test("is associative, commutative and distributive", arguments: [6, 7] as [UInt64])
    func laws(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for round in 0..<200 {
            let a = Sample(random: &random).element
            let b = Sample(random: &random).element
            let c = Sample(random: &random).element
            let note: Comment = "seed \(seed), round \(round)"
            #expect((a + b) + c == a + (b + c), note)
            #expect((a * b) * c == a * (b * c), note)
            #expect(a + b == b + a, note)
            #expect(a * b == b * a, note)
            #expect(a * (b + c) == a * b + a * c, note)
            #expect(a - b == -(b - a), note)
        }
    }

    @Test("times its inverse is 1, and 0 has the inverse 0")
    func inverse() {
        var random = SeededGenerator(seed: 8)
        for round in 0..<100 {
            let sample = Sample(random: &random)
            guard !sample.element.isZero else { continue }
            let product = number(sample.element.inverse) * sample.number % .p
            #expect(product == ReferenceInteger(1), "seed 8, round \(round), limbs \(sample.limbs)")
        }
        #expect(FieldElement.zero.inverse.isZero)
    }

    @Test("has a square root of every square, and of no other number")
    func squareRoot() {
        var random = SeededGenerator(seed: 9)
        for round in 0..<100 {
            let note: Comment = "seed 9, round \(round)"
            let a = FieldElement(UInt32(1)) + Sample(random: &random).element.squared()
            let b = FieldElement(encoding: words(random.bytes(count: 32)))
            guard !a.isZero, !b.isZero else { continue }
            let square = FieldElement.squareRoot(ofRatio: a * a * b, b)
            #expect(square.isSquare, note)
            #expect(square.root == a || square.root == -a, note)
            // 2 is not a square modulo p, so neither is 2 * a^2.
            #expect(!FieldElement.squareRoot(ofRatio: FieldElement(2) * a * a * b, b).isSquare, note)
        }
        let ofZero = FieldElement.squareRoot(ofRatio: .zero, .one)
        #expect(ofZero.isSquare && ofZero.root.isZero)
    }

    @Test("has a square root of -1, the one of RFC 8032 up to its sign")
    func squareRootOfMinusOne() throws {
        let root = FieldElement.squareRootOfMinusOne
        #expect(number(root) * number(root) % .p == ReferenceInteger.p - ReferenceInteger(1))
        let published = try #require(
            bytes(hexadecimal: "2b8324804fc1df0b2b4d00993dfbd7a72f431806ad2fe478c4ee1b274a0ea0b0")
        )
        #expect(root.canonicalEncoding.littleEndianBytes == published.reversed())
    }

    @Test("survives encoding and decoding")
    func roundTrip() {
        var random = SeededGenerator(seed: 10)
        for round in 0..<200 {
            let element = Sample(random: &random).element
            let encoding = element.canonicalEncoding
            #expect(FieldElement(encoding: encoding) == element, "seed 10, round \(round)")
            #expect(ReferenceInteger(encoding) < .p, "seed 10, round \(round)")
            #expect(element.isOdd == (encoding.littleEndianBytes[0] & 1 == 1), "seed 10, round \(round)")
        }
    }

    @Test("reduces each of the 19 encodings of p or more, with the top bit set or not")
    func nonCanonicalEncodings() {
        for excess in 0..<UInt32(19) {
            var encoding = (ReferenceInteger.p + ReferenceInteger(UInt64(excess))).littleEndianBytes
            #expect(FieldElement(encoding: words(encoding)) == FieldElement(excess))
            encoding[31] |= 0x80
            #expect(FieldElement(encoding: words(encoding)) == FieldElement(excess))
        }
        let highestCanonical = ReferenceInteger.p - ReferenceInteger(1)
        #expect(number(FieldElement(encoding: words(highestCanonical.littleEndianBytes))) == highestCanonical)
    }

    private func words(_ bytes: [UInt8]) -> Words256 {
        Words256(littleEndian: bytes) ?? Words256(0, 0, 0, 0)
    }
}
