import CometBFTTesting
import Testing
import ZIP215

@Suite("A point of edwards25519")
struct EdwardsPointTests {
    /// Random points: multiples of the base point, plus a point of small order now and then.
    private func points(count: Int, seed: UInt64) throws -> [EdwardsPoint] {
        var random = SeededGenerator(seed: seed)
        var points: [EdwardsPoint] = []
        while points.count < count {
            // A random y is a point's in about half of the cases; a random point has a part of small order in 7 of 8.
            let words = try #require(Words256(littleEndian: random.bytes(count: 32)))
            if let point = EdwardsPoint(decoding: words) { points.append(point) }
        }
        return points
    }

    @Test("has the curve's d and base point of RFC 8032")
    func constants() throws {
        let d = try #require(bytes(hexadecimal: "52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3"))
        #expect(EdwardsPoint.d.canonicalEncoding.littleEndianBytes == d.reversed())
        #expect(EdwardsPoint.d * FieldElement(121_666) == -FieldElement(121_665))
        let base = EdwardsPoint.base
        #expect(base.encoding == [0x58] + [UInt8](repeating: 0x66, count: 31))
        #expect(base.y * FieldElement(5) == FieldElement(4) * base.z)
        #expect(!base.x.isOdd && !base.x.isZero)
        #expect(base.isOnCurve)
        #expect(EdwardsPoint.identity.isOnCurve && EdwardsPoint.identity.isIdentity)
    }

    @Test("has a base point of order L")
    func orderOfBase() throws {
        let order = ReferenceInteger.order
        #expect(EdwardsPoint.base.multiplied(by: order.littleEndianBytes).isIdentity)
        #expect(!EdwardsPoint.base.isIdentity)
        let highest = try #require(
            Words256(littleEndian: (order - ReferenceInteger(1)).littleEndianBytes).flatMap(Scalar.init(canonical:))
        )
        let zero = Scalar(reducing: [])
        let product = EdwardsPoint.combination(highest, .ofBasePoint, zero, .ofBasePoint)
        #expect(product.encoding == (-EdwardsPoint.base).encoding)
        #expect((product + .base).isIdentity)
        #expect(EdwardsPoint.combination(zero, .ofBasePoint, zero, .ofBasePoint).isIdentity)
    }

    @Test("adds as a commutative group does", arguments: [21, 22] as [UInt64])
    func groupLaws(seed: UInt64) throws {
        let points = try points(count: 24, seed: seed) + [.identity, .base]
        for (place, a) in points.enumerated() {
            let b = points[(place + 1) % points.count]
            let c = points[(place + 2) % points.count]
            let note: Comment = "seed \(seed), place \(place)"
            #expect(((a + b) + c).encoding == (a + (b + c)).encoding, note)
            #expect((a + b).encoding == (b + a).encoding, note)
            #expect((a + .identity).encoding == a.encoding, note)
            #expect((a + -a).isIdentity, note)
            #expect(a.doubled().encoding == (a + a).encoding, note)
            #expect((a + b).isOnCurve && a.doubled().isOnCurve && (-a).isOnCurve, note)
            #expect(a.isIdentity == (a.encoding == EdwardsPoint.identity.encoding), note)
        }
    }

    @Test("combines two multiples as double and add does")
    func combination() throws {
        var random = SeededGenerator(seed: 23)
        for (round, point) in try points(count: 12, seed: 23).enumerated() {
            let first = Scalar(reducing: random.bytes(count: round.isMultiple(of: 3) ? 1 : 64))
            let second = Scalar(reducing: random.bytes(count: round.isMultiple(of: 4) ? 2 : 64))
            let expected =
                EdwardsPoint.base.multiplied(by: first.words.littleEndianBytes)
                + point.multiplied(by: second.words.littleEndianBytes)
            let sum = EdwardsPoint.combination(first, .ofBasePoint, second, MultiplesTable(of: point))
            #expect(sum.encoding == expected.encoding, "seed 23, round \(round)")
        }
    }

    @Test("survives encoding and decoding, and is decoded from nothing that is no point")
    func decoding() throws {
        var random = SeededGenerator(seed: 24)
        var decoded = 0
        for round in 0..<200 {
            let note: Comment = "seed 24, round \(round)"
            let bytes = random.bytes(count: 32)
            let words = try #require(Words256(littleEndian: bytes))
            if let point = EdwardsPoint(decoding: words) {
                decoded += 1
                #expect(point.isOnCurve, note)
                #expect(point.encoding == bytes, note)
            } else {
                // 2 is not a square, so exactly one of x^2 and 2 * x^2 is.
                let square = FieldElement(encoding: words).squared()
                let denominator = EdwardsPoint.d * square + .one
                let doubled = FieldElement(2) * (square - .one)
                let (root, isSquare) = FieldElement.squareRoot(ofRatio: doubled, denominator)
                #expect(isSquare && root.squared() * denominator == doubled, note)
            }
        }
        #expect((50...150).contains(decoded), "seed 24: \(decoded)")
    }

    @Test("is decoded from a y of p or more as from the reduced y, for both signs")
    func nonCanonicalDecoding() throws {
        var decoded = 0
        for excess in 0..<UInt64(19) {
            for sign in [UInt8(0), 0x80] {
                var reduced = ReferenceInteger(excess).littleEndianBytes
                var unreduced = (ReferenceInteger.p + ReferenceInteger(excess)).littleEndianBytes
                reduced[31] |= sign
                unreduced[31] |= sign
                let expected = EdwardsPoint(decoding: try #require(Words256(littleEndian: reduced)))
                let point = EdwardsPoint(decoding: try #require(Words256(littleEndian: unreduced)))
                #expect(point?.encoding == expected?.encoding, "p + \(excess), sign \(sign)")
                decoded += point == nil ? 0 : 1
            }
        }
        #expect(decoded > 4)
    }

    @Test("is decoded with x = 0 whatever the sign bit says")
    func zeroAbscissa() throws {
        for y in [ReferenceInteger(1), .p - ReferenceInteger(1)] {
            let plain = try #require(Words256(littleEndian: y.littleEndianBytes))
            let signed = try #require(Words256(littleEndian: y.littleEndianBytes.flipping(bit: 255)))
            let first = try #require(EdwardsPoint(decoding: plain))
            let second = try #require(EdwardsPoint(decoding: signed))
            #expect(first.x.isZero && second.x.isZero)
            #expect(first.encoding == second.encoding)
        }
    }

    @Test("of small order has 14 encodings for 8 points")
    func smallOrder() throws {
        let encodings = try ZIP215Vectors().smallOrderEncodings
        #expect(encodings.count == 14)
        var canonical: [[UInt8]] = []
        for encoding in encodings {
            let point = try #require(Words256(littleEndian: encoding).flatMap(EdwardsPoint.init(decoding:)))
            #expect(point.doubled().doubled().doubled().isIdentity)
            if !canonical.contains(point.encoding) { canonical.append(point.encoding) }
        }
        #expect(canonical.count == 8)
    }
}
