import ModuleKit
import Testing

@Suite("Amount")
struct AmountTests {
    @Test("Sums, differences, products and quotients agree with a plain reference", arguments: propertySeeds)
    func arithmetic(seed: UInt64) {
        var generator = ValueGenerator(seed: seed)
        for _ in 0..<200 {
            let (x, y) = (generator.wide(), generator.wide())
            let (a, b) = (ReferenceInteger(x), ReferenceInteger(y))
            #expect((try? Amount(x).adding(Amount(y)))?.units == (a + b).value)
            #expect((try? Amount(x).subtracting(Amount(y)))?.units == (a - b)?.value)
            #expect((try? Amount(x).multiplied(by: Amount(y)))?.units == (a * b).value)
            for rounding in [Rounding.floor, .ceiling] where y > 0 {
                let quotient = try? Amount(x).dividing(by: Amount(y), rounding: rounding)
                #expect(quotient?.units == a.divided(by: b, up: rounding == .ceiling).value)
            }
        }
    }

    @Test("x * y / z agrees with a plain reference for any sizes", arguments: propertySeeds)
    func multiplyOver(seed: UInt64) {
        var generator = ValueGenerator(seed: seed)
        for _ in 0..<200 {
            let (x, y, z) = (generator.wide(), generator.wide(), max(1, generator.wide()))
            for rounding in [Rounding.floor, .ceiling] {
                let result = try? Amount(x).multiplied(by: Amount(y), over: Amount(z), rounding: rounding)
                let product = ReferenceInteger(x) * ReferenceInteger(y)
                #expect(
                    result?.units == product.divided(by: ReferenceInteger(z), up: rounding == .ceiling).value,
                    "\(x) * \(y) / \(z) \(rounding)"
                )
            }
        }
    }

    @Test("The edges of the range are exact and errors say which edge")
    func edges() throws {
        #expect(try Amount.max.multiplied(by: .max, over: .max, rounding: .ceiling) == .max)
        #expect(try Amount.max.dividing(by: Amount.one, rounding: .ceiling) == .max)
        #expect(try Amount.one.dividing(by: Amount.max, rounding: .ceiling) == .one)
        #expect(try Amount.one.dividing(by: Amount.max, rounding: .floor) == .zero)
        #expect(code { try Amount.max.adding(.one) } == .arithmeticOverflow)
        #expect(code { try Amount.zero.subtracting(.one) } == .arithmeticUnderflow)
        #expect(code { try Amount.max.multiplied(by: 2) } == .arithmeticOverflow)
        #expect(code { try Amount.one.dividing(by: Amount.zero, rounding: .floor) } == .divisionByZero)
        #expect(
            code { try Amount.max.multiplied(by: .max, over: .zero, rounding: .floor) }
                == .divisionByZero
        )
    }

    @Test("A quotient between the largest amount and the next number is kept by the floor and refused by the ceiling")
    func ceilingOverflow() throws {
        // (2^65 - 1) * (2^65 + 1) / 4 = 2^128 - 1/4.
        let lower = Amount((1 << 65) - 1)
        let upper = Amount((1 << 65) + 1)
        #expect(try lower.multiplied(by: upper, over: 4, rounding: .floor) == .max)
        #expect(code { try lower.multiplied(by: upper, over: 4, rounding: .ceiling) } == .arithmeticOverflow)
    }

    @Test("Saturating forms stop at the edges")
    func saturation() {
        #expect(Amount.max.saturatingAdding(1) == .max)
        #expect(Amount(1).saturatingSubtracting(2) == .zero)
        #expect(Amount.max.saturatingMultiplied(by: 2) == .max)
        #expect(Amount(7).saturatingAdding(1) == 8)
        #expect(Amount(7).saturatingSubtracting(1) == 6)
        #expect(Amount(7).saturatingMultiplied(by: 2) == 14)
    }

    @Test("Texts round-trip", arguments: propertySeeds)
    func textRoundTrip(seed: UInt64) throws {
        var generator = ValueGenerator(seed: seed)
        for _ in 0..<500 {
            let amount = Amount(generator.wide())
            #expect(amount.description == String(amount.units))
            #expect(try Amount(amount.description) == amount)
            #expect(Amount(high: amount.high, low: amount.low) == amount)
        }
    }

    @Test("The largest amount is read, and one more is refused as too large")
    func largestText() throws {
        #expect(try Amount("340282366920938463463374607431768211455") == .max)
        for text in ["340282366920938463463374607431768211456", String(repeating: "9", count: 200)] {
            #expect(code { try Amount(text) } == .arithmeticOverflow)
        }
    }

    @Test(
        "Each fault of a text has its own message",
        arguments: [
            ("", "is empty"), ("-1", "has a sign"), ("+1", "has a sign"), ("1.0", "has a fraction"),
            ("1,000", "has a fraction"),
            (" 1", "has a blank"), ("1\n", "has a blank"), ("01", "has a leading zero"), ("00", "has a leading zero"),
            ("1e6", "not a digit"), ("0x10", "not a digit"), ("１", "not a digit"), ("1_000", "not a digit"),
        ]
    )
    func refusedTexts(text: String, fault: String) {
        let error = failure { try Amount(text) }
        #expect(error?.code == .invalidAmount)
        #expect(error?.message.contains(fault) == true)
    }

    @Test("Messages quote input in printable ASCII and bounded length")
    func quoting() {
        let text = "\u{1B}[31m\"é" + String(repeating: "x", count: 10_000)
        let message = failure { try Amount(text) }?.message ?? ""
        #expect(message.hasPrefix("amount \"\\u{1B}[31m\\\"\\u{E9}xxx"))
        #expect(message.count < 250)
    }
}
