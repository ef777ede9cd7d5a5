import ModuleKit
import ModuleTesting
import Testing

@testable import NativeStaking

@Suite("Shares")
struct ShareTests {
    private func stake(_ tokens: Amount, _ shares: String) throws -> ValidatorStake {
        var stake = ValidatorStake()
        stake.tokens = tokens
        stake.shares = try Decimal18(shares)
        return stake
    }

    @Test("The first coins get a share each; after a slash a coin gets more")
    func issues() throws {
        #expect(try stake(0, "0").shares(for: 7).description == "7.000000000000000000")
        #expect(try stake(3, "10").shares(for: 1).description == "3.333333333333333333")
        #expect(try stake(3, "10").worth(of: try Decimal18("10")) == 3)
        #expect(try stake(3, "10").worth(of: try Decimal18("9.999999999999999999")) == 2)
    }

    @Test("Whoever puts coins in and takes them out again has no more than before, whatever the rate")
    func nobodyGains() throws {
        var random = SplitMix64(seed: 20)
        for _ in 0..<2_000 {
            let tokens = Amount(UInt128(random.next() >> (random.next() % 60)) + 1)
            let shares = Decimal18(Amount(UInt128(random.next() >> (random.next() % 60)) + 1))
            let amount = Amount(UInt128(random.next() >> (random.next() % 60)) + 1)
            var stake = ValidatorStake()
            try stake.add(tokens, shares)
            let before = try stake.worth(of: shares)
            let issued = try stake.shares(for: amount)
            guard !issued.isZero else { continue }
            try stake.add(amount, issued)
            let paid = try stake.payout(for: issued)
            #expect(paid <= amount, "seed 20: \(tokens) tokens, \(shares) shares, \(amount)")
            try stake.remove(paid, issued)
            #expect(try stake.worth(of: shares) >= before, "seed 20: \(tokens) tokens, \(shares) shares, \(amount)")
        }
    }

    @Test("The last shares take all that rounding has left behind")
    func lastTakesAll() throws {
        let stake = try stake(10, "3")
        #expect(try stake.payout(for: try Decimal18("3")) == 10)
        #expect(try stake.payout(for: try Decimal18("1")) == 3)
    }

    @Test("The largest amounts are errors, not traps")
    func overflows() throws {
        #expect(throws: ModuleError.self) { try stake(.max, "10").add(1, to: "1") }
        #expect(throws: ModuleError.self) { try stake(1, "100000000000000000000000").shares(for: .max) }
        #expect(try stake(.max, "1").power(reduction: 1) == .max)
        #expect(try stake(5, "1").power(reduction: 0) == 0)
    }
}

extension ValidatorStake {
    fileprivate func add(_ amount: Amount, to shares: String) throws {
        var copy = self
        try copy.add(amount, try Decimal18(shares))
    }
}
