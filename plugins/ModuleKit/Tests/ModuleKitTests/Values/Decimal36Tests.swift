import ModuleKit
import ModuleTesting
import Testing

@Suite("Decimals of 36 digits")
struct Decimal36Tests {
    @Test("are the exact products of two decimals of 18")
    func multiplies() throws {
        let smallest = Decimal18.smallestAboveZero
        #expect(try Decimal36(smallest, times: smallest).description == "0.000000000000000000000000000000000001")
        #expect(try Decimal36(Decimal18("1.5"), times: Decimal18("2.5")).description == "3.75")
        #expect(try Decimal36(Decimal18("0.333333333333333333")).description == "0.333333333333333333")
        #expect(Decimal36(Amount.max).description == Amount.max.description)
        #expect(throws: ModuleError.self) { try Decimal36(.max, times: .one) }
    }

    @Test("divide into a quotient of 18 digits and a remainder, which give the dividend again")
    func divides() throws {
        var random = try SplitMix64.seeded()
        for _ in 0..<50 {
            let dividend = try Decimal36(
                Decimal18(Amount(UInt128(random.next()))),
                times: Decimal18(Amount(UInt128(random.next()))).dividing(by: Decimal18("7"), rounding: .floor)
            )
            let divisor = try Decimal18(Amount(UInt128(random.next()) + 1)).dividing(
                by: Decimal18("3"),
                rounding: .ceiling
            )
            let (quotient, remainder) = try dividend.quotientAndRemainder(dividingBy: divisor)
            #expect(try Decimal36(quotient, times: divisor).adding(remainder) == dividend)
            #expect(try remainder < Decimal36(.smallestAboveZero, times: divisor))
        }
        let error = #expect(throws: ModuleError.self) {
            try Decimal36(Amount.one).quotientAndRemainder(dividingBy: .zero)
        }
        #expect(error?.code == .divisionByZero)
    }

    @Test("are shared among many: each gets the same, and less than 10^-36 for each is left over")
    func shares() throws {
        var random = try SplitMix64.seeded()
        for bits in [1, 20, 64, 100, 128] {
            for _ in 0..<20 {
                let dividend = Decimal36(Amount(UInt128.random(in: 0...(.max), using: &random)))
                let count = Amount(UInt128.random(in: 1...(UInt128.max >> (128 - bits)), using: &random))
                let (share, remainder) = try dividend.shared(among: count)
                #expect(try share.multiplied(by: count).adding(remainder) == dividend)
                #expect(try remainder < Decimal36("0.000000000000000000000000000000000001").multiplied(by: count))
            }
        }
        #expect(
            try Decimal36(Amount.one).shared(among: 3).share.description == "0." + String(repeating: "3", count: 36)
        )
        let error = #expect(throws: ModuleError.self) { try Decimal36(Amount.one).shared(among: .zero) }
        #expect(error?.code == .divisionByZero)
        #expect(throws: ModuleError.self) { try Decimal36(Amount.max).multiplied(by: 341) }
        #expect(try Decimal36(Amount.max).multiplied(by: 340).shared(among: 340).share == Decimal36(Amount.max))
    }

    @Test("have a whole part, sums and differences within their bounds")
    func computes() throws {
        let value = try Decimal36("12.999999999999999999999999999999999999")
        #expect(try value.whole() == 12 && value.whole(rounding: .ceiling) == 13)
        #expect(try Decimal36(12 as Amount).whole(rounding: .ceiling) == 12)
        #expect(try value.subtracting(Decimal36(12 as Amount)).description == "0.999999999999999999999999999999999999")
        #expect(try value.adding(Decimal36("0.000000000000000000000000000000000001")) == Decimal36(13 as Amount))
        #expect(throws: ModuleError.self) { try Decimal36.zero.subtracting(value) }
        #expect(Decimal36.zero < value)
        #expect(Decimal36.zero.isZero)
    }

    @Test(
        "are read as digits with at most one point, and written without needless zeros",
        arguments: ["0", "7", "0.5", "123456789.000000000000000000000000000000000001"]
    )
    func roundTrips(text: String) throws {
        #expect(try Decimal36(text).description == text)
    }

    @Test(
        "refuse texts that are none",
        arguments: ["", ".5", "5.", "01", "-1", "1e3", " 1", "1.2.3", "0.0000000000000000000000000000000000001"]
    )
    func refuses(text: String) {
        let error = #expect(throws: ModuleError.self) { try Decimal36(text) }
        #expect(error?.code == .invalidDecimal)
    }
}
