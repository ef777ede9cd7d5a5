import Testing

@testable import ModuleKit

@Suite("Decimal18")
struct Decimal18Tests {
    @Test(
        "Texts of real chains are read and written back",
        arguments: [
            "0.100000000000000000", "1.000000000000000000", "0.000000000000000001", "0.000000000000000000",
            // Shares of cosmoshub-2, and supply-sized shares of a token with 18 decimals.
            "17447172179812.068655345578792708", "1000000000000000.000000000000000000",
            "100000000000000000000000000.123456789012345678",
        ]
    )
    func canonicalTexts(text: String) throws {
        #expect(try Decimal18(text).description == text)
    }

    @Test(
        "The short form is read and written",
        arguments: [("0.1", "0.100000000000000000"), ("1", "1.000000000000000000"), ("120", "120.000000000000000000")]
    )
    func shortTexts(short: String, canonical: String) throws {
        #expect(try Decimal18(short).description == canonical)
        #expect(try Decimal18(canonical).shortDescription == short)
    }

    @Test(
        "Each fault of a text has its own message",
        arguments: [
            ("", "no digit before the point"), (".5", "no digit before the point"), ("5.", "no digit after the point"),
            ("-0.1", "has a sign"), ("+1", "has a sign"), ("1e3", "has an exponent"), ("1.2.3", "has two points"),
            ("0.1 ", "has a blank"), ("01.5", "has a leading zero"), ("1,5", "not a digit"),
            ("0.1234567890123456789", "more than 18"), ("0.1000000000000000000", "more than 18"),
        ]
    )
    func refusedTexts(text: String, fault: String) {
        let error = failure { try Decimal18(text) }
        #expect(error?.code == .invalidDecimal)
        #expect(error?.message.contains(fault) == true)
    }

    @Test("The largest decimal round-trips, and the next one is refused")
    func largestText() throws {
        // 2^256 - 1, with the point 18 digits from the end.
        let text = "115792089237316195423570985008687907853269984665640564039457.584007913129639935"
        #expect(try Decimal18(text) == .max)
        #expect(Decimal18.max.description == text)
        #expect(code { try Decimal18(String(text.dropLast()) + "6") } == .arithmeticOverflow)
        #expect(code { try Decimal18(String(repeating: "9", count: 500)) } == .arithmeticOverflow)
    }

    @Test("Every amount is a decimal and comes back whole", arguments: propertySeeds)
    func wholeAmounts(seed: UInt64) throws {
        var generator = ValueGenerator(seed: seed)
        for amount in [.zero, .one, .max] + (0..<200).map({ _ in Amount(generator.wide()) }) {
            #expect(try Decimal18(amount).whole(rounding: .floor) == amount)
            #expect(try Decimal18(amount).whole(rounding: .ceiling) == amount)
            #expect(Decimal18(amount).shortDescription == amount.description)
        }
    }

    @Test("Rounding goes where it is told")
    func rounding() throws {
        let third = try Decimal18(1, over: 3, rounding: .floor)
        #expect(third.description == "0.333333333333333333")
        #expect(try Decimal18(1, over: 3, rounding: .ceiling).description == "0.333333333333333334")
        #expect(try Decimal18("2.000000000000000001").whole(rounding: .floor) == 2)
        #expect(try Decimal18("2.000000000000000001").whole(rounding: .ceiling) == 3)
        #expect(try Amount(10).multiplied(by: third, rounding: .floor) == 3)
        #expect(try Amount(10).multiplied(by: third, rounding: .ceiling) == 4)
        #expect(try Amount(10).dividing(by: third, rounding: .floor) == 30)
        #expect(try Amount(10).dividing(by: third, rounding: .ceiling) == 31)
        #expect(try third.multiplied(by: Amount(3)).description == "0.999999999999999999")
        #expect(try third.multiplied(by: third, rounding: .floor).description == "0.111111111111111110")
        #expect(try third.multiplied(by: third, rounding: .ceiling).description == "0.111111111111111111")
        #expect(Decimal18.percent(5).shortDescription == "0.05")
    }

    @Test("Arithmetic agrees with a plain reference", arguments: propertySeeds)
    func arithmetic(seed: UInt64) {
        var generator = ValueGenerator(seed: seed)
        let scale = ReferenceInteger(1_000_000_000_000_000_000)
        for _ in 0..<60 {
            let (x, y) = (decimal(&generator), decimal(&generator))
            let (a, b) = (reference(x), reference(y))
            let amount = Amount(generator.wide())
            let n = ReferenceInteger(amount.units)
            expect(try? x.adding(y), is: a + b)
            expect(try? x.subtracting(y), is: a - b)
            expect(try? x.multiplied(by: amount), is: a * n)
            for rounding in [Rounding.floor, .ceiling] {
                let up = rounding == .ceiling
                expect(try? x.multiplied(by: y, rounding: rounding), is: (a * b).divided(by: scale, up: up))
                #expect(
                    (try? amount.multiplied(by: x, rounding: rounding))?.units
                        == (n * a).divided(by: scale, up: up).value
                )
                guard !y.isZero else { continue }
                expect(try? x.dividing(by: y, rounding: rounding), is: (a * scale).divided(by: b, up: up))
                #expect(
                    (try? amount.dividing(by: y, rounding: rounding))?.units == (n * scale).divided(by: b, up: up).value
                )
            }
        }
    }

    @Test("Ratios agree with a plain reference", arguments: propertySeeds)
    func ratios(seed: UInt64) {
        var generator = ValueGenerator(seed: seed)
        for _ in 0..<100 {
            let (x, y) = (generator.wide(), max(1, generator.wide()))
            for rounding in [Rounding.floor, .ceiling] {
                let exact = (ReferenceInteger(x) * ReferenceInteger(1_000_000_000_000_000_000))
                    .divided(by: ReferenceInteger(y), up: rounding == .ceiling)
                expect(try? Decimal18(Amount(x), over: Amount(y), rounding: rounding), is: exact)
            }
        }
    }

    @Test("Division by nearly equal numbers takes the corrected estimates", arguments: propertySeeds)
    func hardDivisions(seed: UInt64) throws {
        var generator = ValueGenerator(seed: seed)
        for _ in 0..<200 {
            let edges: [UInt128] = [0, 1, .max, .max - 1, 1 << 127, (1 << 127) - 1, generator.wide()]
            func edge() -> UInt128 { edges[generator.next(below: edges.count)] }
            let divisor = UInt256(high: edge(), low: edge())
            guard divisor != .zero else { continue }
            let dividend = UInt512(
                high: UInt256(high: edge(), low: edge()),
                low: UInt256(high: edge(), low: edge())
            )
            let wide =
                reference(Decimal18(magnitude: dividend.high)) * ReferenceInteger(high: 1, low: 0)
                * ReferenceInteger(high: 1, low: 0)
            let exact = wide + reference(Decimal18(magnitude: dividend.low))
            let quotient = dividend.dividing(by: divisor, rounding: .floor)
            let expected =
                (dividend.high < divisor)
                ? exact.divided(by: reference(Decimal18(magnitude: divisor)), up: false).halves : nil
            #expect(quotient?.high == expected?.high && quotient?.low == expected?.low, "\(dividend) / \(divisor)")
        }
    }

    @Test("Full products of edge values carry through every column")
    func edgeProducts() {
        let edges: [UInt128] = [0, 1, .max]
        let numbers = edges.flatMap { high in edges.map { UInt256(high: high, low: $0) } }
        for x in numbers {
            for y in numbers {
                let product = UInt512(product: x, y)
                // (h * B + l) * (h' * B + l'), column by column, with B = 2^128.
                let base = ReferenceInteger(high: 1, low: 0)
                let upper = ReferenceInteger(x.high) * ReferenceInteger(y.high)
                let middle =
                    ReferenceInteger(x.high) * ReferenceInteger(y.low)
                    + ReferenceInteger(x.low) * ReferenceInteger(y.high)
                let exact = (upper * base + middle) * base + ReferenceInteger(x.low) * ReferenceInteger(y.low)
                let written =
                    reference(Decimal18(magnitude: product.high)) * base * base
                    + reference(Decimal18(magnitude: product.low))
                guard written == exact else {
                    Issue.record("\(x) * \(y)")
                    return
                }
            }
        }
    }

    @Test("What can't be represented is an error with its own code")
    func errors() {
        #expect(code { try Decimal18(1, over: 0, rounding: .floor) } == .divisionByZero)
        #expect(code { try Decimal18.one.dividing(by: .zero, rounding: .floor) } == .divisionByZero)
        #expect(code { try Amount.one.dividing(by: Decimal18.zero, rounding: .floor) } == .divisionByZero)
        #expect(code { try Decimal18.max.adding(.smallestAboveZero) } == .arithmeticOverflow)
        #expect(code { try Decimal18.max.multiplied(by: .max, rounding: .floor) } == .arithmeticOverflow)
        #expect(code { try Decimal18.max.dividing(by: .smallestAboveZero, rounding: .floor) } == .arithmeticOverflow)
        #expect(code { try Decimal18.max.whole(rounding: .floor) } == .arithmeticOverflow)
        #expect(code { try Decimal18.zero.subtracting(.smallestAboveZero) } == .arithmeticUnderflow)
    }

    @Test("Decimals sort by value", arguments: propertySeeds)
    func ordering(seed: UInt64) {
        var generator = ValueGenerator(seed: seed)
        for _ in 0..<100 {
            let (x, y) = (decimal(&generator), decimal(&generator))
            #expect((x < y) == (reference(x) - reference(y) == nil))
        }
    }

    private func decimal(_ generator: inout ValueGenerator) -> Decimal18 {
        Decimal18(
            magnitude: UInt256(high: generator.next(below: 2) == 0 ? 0 : generator.wide(), low: generator.wide())
        )
    }

    private func reference(_ decimal: Decimal18) -> ReferenceInteger {
        ReferenceInteger(high: decimal.magnitude.high, low: decimal.magnitude.low)
    }

    private func expect(
        _ decimal: Decimal18?,
        is expected: ReferenceInteger?,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let halves = expected?.halves
        #expect(
            decimal?.magnitude == halves.map { UInt256(high: $0.high, low: $0.low) },
            sourceLocation: sourceLocation
        )
    }
}
