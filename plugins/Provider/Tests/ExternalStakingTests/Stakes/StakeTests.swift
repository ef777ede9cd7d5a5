import ExternalStakingEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import ExternalStaking

/// Times of tests, in seconds.
func at(_ seconds: UInt64) -> Timestamp { Timestamp(nanoseconds: seconds * 1_000_000_000) }

@Suite("A stake of one user on one validator")
struct StakeTests {
    /// A stake with so much committed, sent at second 1.
    private func staked(_ amount: Amount) throws -> Stake {
        var stake = Stake()
        try stake.prepareStake(1, amount, at: at(1), cutoff: at(0))
        _ = try stake.commitStake(1, releaseAt: at(100))
        return stake
    }

    @Test("What is in flight moves one end of the range, and what the other chain answers moves the other")
    func ranges() throws {
        var stake = try staked(10)
        try stake.prepareStake(2, 5, at: at(2), cutoff: at(0))
        try stake.prepareUnstake(3, 4, at: at(3))
        #expect((stake.low, stake.high) == (6, 15))
        #expect(try stake.commitStake(2, releaseAt: at(100)).amount == 5)
        #expect(try stake.commitUnstake(3, releaseAt: at(103)) == .init(amount: 4, unbonding: 4, burn: 0))
        #expect((stake.low, stake.high, stake.unbonding, stake.liened) == (11, 11, 4, 15))
        #expect(stake.history == [DatedStake(amount: 10, sentAt: at(1)), DatedStake(amount: 5, sentAt: at(2))])
    }

    @Test("Unstakes are bounded by what is certain")
    func bounds() throws {
        var stake = try staked(10)
        try stake.prepareUnstake(2, 7, at: at(2))
        #expect(throws: ModuleError.self) { try stake.prepareUnstake(3, 4, at: at(2)) }
        #expect(throws: ModuleError.self) { try stake.commitStake(2, releaseAt: at(1)) }
        try stake.prepareStake(4, 100, at: at(2), cutoff: at(0))
        #expect(throws: ModuleError.self) { try stake.prepareUnstake(5, 4, at: at(2)) }
        #expect(throws: ModuleError.self) { try stake.prepareStake(6, .max, at: at(2), cutoff: at(0)) }
    }

    @Test("Sixteen operations may be in flight, and sixty-four stakes are kept apart within an unbonding period")
    func limits() throws {
        var stake = Stake()
        for number in 1...16 { try stake.prepareStake(UInt64(number), 1, at: at(UInt64(number)), cutoff: at(0)) }
        var error = #expect(throws: ModuleError.self) { try stake.prepareStake(17, 1, at: at(17), cutoff: at(0)) }
        #expect(error?.code == .tooMuchInFlight)
        for number in 1...16 { _ = try stake.commitStake(UInt64(number), releaseAt: at(500)) }
        for number in 17...64 {
            try stake.prepareStake(UInt64(number), 1, at: at(UInt64(number)), cutoff: at(0))
            _ = try stake.commitStake(UInt64(number), releaseAt: at(500))
        }
        error = #expect(throws: ModuleError.self) { try stake.prepareStake(65, 1, at: at(65), cutoff: at(0)) }
        #expect(error?.code == .tooManyStakes)
        // Once the first is older than an unbonding period, there is room again.
        try stake.prepareStake(65, 1, at: at(65), cutoff: at(1))
        #expect(stake.history.count == 63)
    }

    @Test("A thirty-third unbonding is merged into the newest, and takes its time of release")
    func merging() {
        var stake = Stake()
        for number in 1...33 { stake.unbond(1, until: at(UInt64(number))) }
        #expect(stake.unbondings.count == 32)
        #expect(stake.unbondings.last == Unbonding(amount: 2, releaseAt: at(33)))
        #expect(stake.unbondings[30] == Unbonding(amount: 1, releaseAt: at(31)))
        #expect(stake.withdraw(at: at(31), closedAt: nil, period: .seconds(1)).amount == 31)
        #expect(stake.withdraw(at: at(32), closedAt: nil, period: .seconds(1)).amount == 0)
        #expect(stake.withdraw(at: at(33), closedAt: nil, period: .seconds(1)).amount == 2)
    }

    @Test(
        "A cut takes what is certain, then unbondings, then unstakes in flight, then stakes in flight, the oldest first"
    )
    func cutOrder() throws {
        var stake = try staked(30)
        try stake.prepareUnstake(2, 5, at: at(2))
        _ = try stake.commitUnstake(2, releaseAt: at(102))
        try stake.prepareUnstake(3, 10, at: at(3))
        try stake.prepareStake(4, 6, at: at(4), cutoff: at(0))
        try stake.prepareStake(5, 6, at: at(5), cutoff: at(0))
        // 15 certain, 5 unbonding, 10 being unstaked, 12 being staked.
        #expect(stake.cut(12) == .init(amount: 12, burn: 12))
        #expect((stake.low, stake.unbonding) == (3, 5))
        #expect(stake.cut(10) == .init(amount: 10, burn: 3))
        #expect((stake.low, stake.unbonding, stake.committed) == (0, 0, 8))
        #expect(stake.cut(15) == .init(amount: 15, burn: 0))
        #expect((stake.committed, stake.high) == (0, 5))
        #expect(stake.operations.map(\.remaining) == [0, 0, 5])
        #expect(stake.cut(9) == .init(amount: 5, burn: 0))
        #expect(stake.violation == nil)
    }

    @Test("What is cut of a stake in flight is burned when it succeeds, and void when it fails")
    func cutStakes() throws {
        var stake = try staked(4)
        try stake.prepareStake(2, 10, at: at(2), cutoff: at(0))
        try stake.prepareStake(3, 10, at: at(3), cutoff: at(0))
        #expect(stake.cut(21).burn == 4)
        #expect(try stake.commitStake(2, releaseAt: at(100)) == .init(amount: 0, unbonding: 0, burn: 10))
        #expect(try stake.rollBackStake(3) == .init(amount: 3, unbonding: 0, burn: 0))
        #expect(stake.liened == 0)
    }

    @Test("What is cut of an unstake in flight is burned when it fails; only the rest unbonds when it succeeds")
    func cutUnstakes() throws {
        var stake = try staked(20)
        try stake.prepareUnstake(2, 10, at: at(2))
        try stake.prepareUnstake(3, 10, at: at(3))
        #expect(stake.cut(14) == .init(amount: 14, burn: 0))
        #expect(try stake.rollBackUnstake(2, releaseAt: at(100)) == .init(amount: 0, unbonding: 0, burn: 10))
        #expect(try stake.commitUnstake(3, releaseAt: at(100)) == .init(amount: 6, unbonding: 6, burn: 0))
        #expect((stake.committed, stake.unbonding) == (0, 6))
    }

    @Test("What is handed back comes out of what is certain, and then out of what is in flight as it lands")
    func handingBack() throws {
        var stake = try staked(10)
        try stake.prepareUnstake(2, 4, at: at(2))
        try stake.prepareStake(3, 5, at: at(3), cutoff: at(0))
        // The other chain had taken both before.
        #expect(stake.handBack(11, releaseAt: at(104)) == .init(unbonding: 6, pending: 5, excess: 0))
        #expect(try stake.commitUnstake(2, releaseAt: at(105)).unbonding == 4)
        #expect(try stake.commitStake(3, releaseAt: at(106)) == .init(amount: 5, unbonding: 5, burn: 0))
        #expect((stake.committed, stake.unbonding, stake.handedBack) == (0, 15, 0))
        // Or neither: it refuses both afterwards.
        stake = try staked(10)
        try stake.prepareUnstake(2, 4, at: at(2))
        try stake.prepareStake(3, 5, at: at(3), cutoff: at(0))
        #expect(stake.handBack(10, releaseAt: at(104)) == .init(unbonding: 6, pending: 4, excess: 0))
        #expect(try stake.rollBackStake(3).amount == 5)
        #expect(try stake.rollBackUnstake(2, releaseAt: at(105)) == .init(amount: 4, unbonding: 4, burn: 0))
        #expect((stake.committed, stake.unbonding, stake.handedBack) == (0, 10, 0))
        #expect(stake.handBack(1, releaseAt: at(106)).excess == 1)
    }

    @Test("After the closing everything unbonds; a stake that succeeds later unbonds at once, one that fails is void")
    func closing() throws {
        var stake = try staked(10)
        try stake.prepareUnstake(2, 4, at: at(2))
        try stake.prepareStake(3, 5, at: at(3), cutoff: at(0))
        try stake.prepareStake(4, 7, at: at(3), cutoff: at(0))
        stake.close(releaseAt: at(110))
        let once = stake
        stake.close(releaseAt: at(999))
        #expect(stake == once)
        #expect((stake.committed, stake.unbonding, stake.high) == (0, 10, 12))
        #expect(throws: ModuleError.self) { try stake.prepareStake(5, 1, at: at(4), cutoff: at(0)) }
        #expect(throws: ModuleError.self) { try stake.prepareUnstake(5, 1, at: at(4)) }
        #expect(try stake.commitStake(3, releaseAt: at(120)).unbonding == 5)
        #expect(try stake.rollBackStake(4).amount == 7)
        #expect(try stake.commitUnstake(2, releaseAt: at(121)).amount == 0)
        #expect(
            stake.unbondings == [Unbonding(amount: 10, releaseAt: at(110)), Unbonding(amount: 5, releaseAt: at(120))]
        )
    }

    @Test("A stake whose fate nobody can learn is free one unbonding period after the closing")
    func abandoned() throws {
        var stake = Stake()
        try stake.prepareStake(1, 7, at: at(3), cutoff: at(0))
        stake.close(releaseAt: at(110))
        #expect(stake.withdraw(at: at(109), closedAt: at(10), period: .seconds(100)) == .init())
        #expect(stake.withdraw(at: at(110), closedAt: at(10), period: .seconds(100)) == .init(amount: 7, abandoned: 7))
        #expect(try stake.commitStake(1, releaseAt: at(300)).amount == 0)
        #expect(stake.isEmpty)
    }
}

@Suite("How a cut is shared")
struct CutSharesTests {
    private func shares(_ amount: Amount, _ parts: [(String, Amount)], first: String? = nil) throws -> [Amount] {
        let parts = parts.map { CutShares.Part(validator: $0.0, amount: $0.1) }
        let shares = try CutShares.of(amount, over: parts, first: first)
        return parts.map { part in shares.first { $0.validator == part.validator }?.amount ?? 0 }
    }

    @Test("The fourth of the worked cases: a lien on two validators gives way by two thousand")
    func workedCase() throws {
        #expect(try shares(2000, [("v3", 100_000), ("v4", 88000)]) == [1064, 936])
        #expect(try shares(14000, [("v1", 140_000), ("v2", 40000)], first: "v1") == [14000, 0])
    }

    @Test("The slashed validator gives all it has first, and the others the rest, larger ones the units that are left")
    func shares() throws {
        #expect(try shares(10, [("a", 3), ("b", 4), ("c", 4)], first: "a") == [3, 4, 3])
        #expect(try shares(5, [("a", 3), ("b", 3), ("c", 0)]) == [3, 2, 0])
        #expect(try shares(50, [("a", 3), ("b", 3)], first: "zz") == [3, 3])
        #expect(try shares(0, [("a", 3)]) == [0])
        #expect(try shares(5, []) == [])
    }

    @Test("Shares add up, and none is above what there is")
    func property() throws {
        var random = try SplitMix64.seeded()
        for _ in 0..<2000 {
            let top = Bool.random(using: &random) ? UInt128(1) << 120 : 9
            let parts = (0..<Int.random(in: 1...64, using: &random)).map { index in
                ("v\(index)", Amount(UInt128.random(in: 0...top, using: &random)))
            }
            let total = parts.reduce(Amount.zero) { $0.saturatingAdding($1.1) }
            let amount = Amount(UInt128.random(in: 0...total.units, using: &random))
            let found = try shares(amount, parts, first: Bool.random(using: &random) ? "v0" : nil)
            #expect(found.reduce(.zero) { $0.saturatingAdding($1) } == amount)
            for (share, part) in zip(found, parts) { #expect(share <= part.1) }
        }
    }
}
