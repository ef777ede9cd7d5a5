import ExternalStakingEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import ExternalStaking

@Suite("Points per stake")
struct RewardLedgerTests {
    private static let denom: Denom = {
        guard let denom = try? Denom("ujuno") else { preconditionFailure("a valid denomination") }
        return denom
    }()

    /// One validator and its stakers, with what each had earned if there were no rounding: as a share of what came.
    private struct Model {
        var validator = ValidatorRewards()
        var stakes: [(committed: Amount, rewards: StakeRewards)]
        var paid = Amount.zero

        mutating func share(_ amount: Amount) throws -> Bool {
            let total = stakes.reduce(Amount.zero) { $0.saturatingAdding($1.committed) }
            guard !total.isZero else { return false }
            try validator.entries[denom].share(amount, among: total)
            return true
        }

        mutating func change(_ index: Int, to committed: Amount) throws {
            let old = stakes[index].committed
            try stakes[index].rewards.settle(old, becoming: committed, with: validator)
            stakes[index].committed = committed
        }

        mutating func claim(_ index: Int) throws -> Amount {
            try change(index, to: stakes[index].committed)
            let amount = try stakes[index].rewards.claimable(denom)
            try stakes[index].rewards.pay(amount, denom)
            try validator.entries[denom].totals.paid = validator.entries[denom].totals.paid.adding(amount)
            return amount
        }

        func claims() throws -> Decimal36 {
            try stakes.reduce(Decimal36.zero) { sum, stake in
                var rewards = stake.rewards
                try rewards.settle(stake.committed, becoming: stake.committed, with: validator)
                return try sum.adding(rewards.entries[denom].accrued)
            }
        }
    }

    @Test("A log that has more payments in flight than there can be is damaged")
    func tooManyInFlight() throws {
        let stored = ExternalStakingStoredStakeReward.with {
            $0.denom = "ujuno"
            ($0.points, $0.accrued, $0.inFlight, $0.inFlightCount) = ("0", "1", "1", .max)
        }
        var rewards = try StakeRewards([stored])
        let error = #expect(throws: ModuleError.self) { try rewards.reserve(1, Self.denom) }
        #expect(error?.code == .inconsistentExternalStakingEvent)
    }

    @Test("What came in is what was paid, is owed, and is carried, to the last fraction")
    func conserved() throws {
        var random = try SplitMix64.seeded()
        for run in 0..<60 {
            let bits = Int.random(in: 1...118, using: &random)
            func amount() -> Amount { Amount(UInt128.random(in: 0...(1 << bits), using: &random)) }
            var model = Model(stakes: (0..<5).map { _ in (amount(), StakeRewards()) })
            for step in 0..<60 {
                let index = Int.random(in: 0..<5, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: _ = try model.share(amount())
                case 1: try model.change(index, to: Bool.random(using: &random) ? amount() : .zero)
                default: _ = try model.claim(index)
                }
                #expect(
                    try model.validator.entries[Self.denom].totals.claimable() == model.claims(),
                    "run \(run) step \(step)"
                )
            }
        }
    }

    @Test("With one stake throughout, nobody gets a unit more or less than his exact part, however often he claims")
    func exact() throws {
        var random = try SplitMix64.seeded()
        for _ in 0..<50 {
            let stakes = (0..<4).map { _ in UInt128.random(in: 1...1_000_000, using: &random) }
            var model = Model(stakes: stakes.map { (Amount($0), StakeRewards()) })
            var (received, got) = (UInt128(0), [UInt128](repeating: 0, count: 4))
            for _ in 0..<40 {
                let amount = UInt128.random(in: 1...5000, using: &random)
                #expect(try model.share(Amount(amount)))
                received += amount
                let index = Int.random(in: 0..<4, using: &random)
                got[index] += try model.claim(index).units
            }
            for index in 0..<4 {
                got[index] += try model.claim(index).units
                let exact = received * stakes[index] / stakes.reduce(0, +)
                #expect(got[index] == exact || got[index] + 1 == exact)
            }
        }
    }

    @Test("Who splits his stake in two gets no more, beside a unit of rounding")
    func splitting() throws {
        var random = try SplitMix64.seeded()
        for _ in 0..<50 {
            let (mine, others) = (
                UInt128.random(in: 2...5000, using: &random), UInt128.random(in: 0...5000, using: &random)
            )
            let part = UInt128.random(in: 1..<mine, using: &random)
            var whole = Model(stakes: [(Amount(mine), StakeRewards()), (Amount(others), StakeRewards())])
            var split = Model(
                stakes: [part, mine - part, others].map { (Amount($0), StakeRewards()) }
            )
            for _ in 0..<20 {
                let amount = Amount(UInt128.random(in: 1...9000, using: &random))
                #expect(try whole.share(amount) && split.share(amount))
            }
            let (one, two) = (try whole.claim(0), try split.claim(0).adding(split.claim(1)))
            #expect(two <= one)
            #expect(try two.adding(.one) >= one)
        }
    }

    @Test("Who stakes after rewards came gets nothing of them, however he comes and goes")
    func latecomer() throws {
        var random = try SplitMix64.seeded()
        for _ in 0..<50 {
            let first = Amount(UInt128.random(in: 1...9, using: &random))
            var model = Model(stakes: [(first, StakeRewards()), (.zero, StakeRewards())])
            for _ in 0..<20 {
                #expect(try model.share(Amount(UInt128.random(in: 1...9000, using: &random))))
                try model.change(1, to: Amount(UInt128.random(in: 1...1_000_000, using: &random)))
                try model.change(1, to: .zero)
            }
            #expect(try model.claim(1) == .zero)
            // Nothing is missing at who was there before.
            let received = model.validator.entries[Self.denom].totals.received
            #expect(try model.claim(0).adding(.one) >= received)
        }
    }

    @Test("Among many units of stake, as of a token with 18 digits, less than a unit is carried for who stakes later")
    func latecomerAmongMany() throws {
        var random = try SplitMix64.seeded()
        for digits in [18, 24, 30] {
            let scale = (0..<digits).reduce(UInt128(1)) { scale, _ in scale * 10 }
            let first = Amount(UInt128.random(in: 1...9999, using: &random) * scale)
            var model = Model(stakes: [(first, StakeRewards()), (.zero, StakeRewards())])
            for _ in 0..<20 {
                #expect(try model.share(Amount(UInt128.random(in: 1...5, using: &random))))
                #expect(model.validator.entries[Self.denom].totals.carry < Decimal36(Amount.one))
                try model.change(1, to: Amount(.max / 2))
                try model.change(1, to: .zero)
            }
            try model.change(1, to: first)
            #expect(try model.share(1))
            #expect(try model.claim(1) == .zero)
            let received = model.validator.entries[Self.denom].totals.received
            #expect(try model.claim(0).adding(2) >= received)
        }
    }

    @Test("The largest of all rewards on the smallest of all stakes fit, and so does every settlement")
    func extremes() throws {
        for stake in [Amount.one, 3, Amount.max] {
            var model = Model(stakes: [(stake, StakeRewards())])
            #expect(try model.share(Amount.max.subtracting(1)))
            #expect(try model.share(.one))
            #expect(try model.claim(0) == .max)
            #expect(throws: ModuleError.self) { try model.share(.one) }
        }
    }

    @Test("Values by denomination are sorted, each once, and the empty ones are gone")
    func byDenomination() throws {
        var map = DenominationMap<StakeRewards.Entry>()
        for text in ["ubee", "uant", "ucow", "ubee"] { map[try Denom(text)].accrued = Decimal36(Amount.one) }
        #expect(map.elements.map(\.denom.text) == ["uant", "ubee", "ucow"])
        map[try Denom("ubee")] = .init()
        #expect(map.elements.map(\.denom.text) == ["uant", "ucow"])
        #expect(try map[Denom("ubee")] == .init())
        var stored = try StakeRewards(StakeRewards(entries: map).stored).stored
        #expect(try StakeRewards(stored) == StakeRewards(entries: map))
        stored.reverse()
        #expect(throws: ModuleError.self) { try StakeRewards(stored) }
    }
}
