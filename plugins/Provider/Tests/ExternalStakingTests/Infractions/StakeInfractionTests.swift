import ModuleKit
import ModuleTesting
import Testing

@testable import ExternalStaking

@Suite("Who pays")
struct StakeInfractionTests {
    static let dating = Stake.Dating(drift: .seconds(10), period: .seconds(1000))

    static func at(_ seconds: UInt64) -> Timestamp { Timestamp(nanoseconds: seconds * 1_000_000_000) }

    static func infraction(_ number: UInt64, at seconds: UInt64, _ fraction: Decimal18 = .percent(20)) throws
        -> Infraction
    {
        Infraction(
            number: number,
            height: number,
            time: at(seconds),
            fraction: fraction,
            key: try ConsensusKey(Array(repeating: 1, count: 32)),
            evidenceHash: [],
            submitter: "",
            evidence: 1,
            recordedAt: at(seconds)
        )
    }

    /// Stakes that have succeeded, by the second of their sending.
    private func stake(_ parts: [(UInt64, UInt64)]) throws -> Stake {
        var stake = Stake()
        for (number, part) in parts.enumerated() {
            try stake.prepareStake(UInt64(number), Amount(UInt128(part.1)), at: Self.at(part.0), cutoff: .epoch)
            _ = try stake.commitStake(UInt64(number), releaseAt: .max)
        }
        return stake
    }

    private func due(_ stake: Stake, at seconds: UInt64) throws -> UInt128 {
        try stake.due(for: [Self.infraction(1, at: seconds)], Self.dating).amount.units
    }

    @Test("Stake pays that was sent by the infraction, with the clocks apart as far as they may be, and none later")
    func sent() throws {
        let stake = try stake([(100, 50), (200, 100)])
        for (time, owed) in [(89, 0), (90, 10), (189, 10), (190, 30), (500, 30)] as [(UInt64, UInt128)] {
            #expect(try due(stake, at: time) == owed, "at \(time)")
        }
    }

    @Test("What was unstaked before pays nothing, as of its acknowledgement, and what unbonds since pays")
    func unstaked() throws {
        var stake = try stake([(100, 100)])
        try stake.prepareUnstake(9, 40, at: Self.at(300))
        // In flight it is all there.
        #expect(try due(stake, at: 900) == 20)
        _ = try stake.commitUnstake(9, releaseAt: Self.at(400 + 1000))
        for (time, owed) in [(100, 20), (410, 20), (411, 12)] as [(UInt64, UInt128)] {
            #expect(try due(stake, at: time) == owed, "at \(time)")
        }
    }

    @Test("What was cut since does not pay")
    func cut() throws {
        var stake = try stake([(100, 100), (200, 50)])
        _ = stake.cut(60)
        #expect(try due(stake, at: 150) == 8)
        #expect(try due(stake, at: 250) == 18)
        _ = stake.cut(90)
        #expect(try due(stake, at: 250) == 0)
    }

    @Test("A stake in flight owes nothing until it lands, and nothing when it does not")
    func inFlight() throws {
        var stake = try stake([(100, 50)])
        try stake.prepareStake(7, 100, at: Self.at(200), cutoff: .epoch)
        try stake.prepareStake(8, 1000, at: Self.at(900), cutoff: .epoch)
        #expect(try due(stake, at: 300) == 10)
        let all = try stake.due(for: [Self.infraction(1, at: 300)], Self.dating, isLanding: true)
        #expect(all.amount == 30)
        var failed = stake
        _ = try failed.rollBackStake(7)
        #expect(try due(failed, at: 300) == 10)
        _ = try stake.commitStake(7, releaseAt: .max)
        _ = try stake.commitStake(8, releaseAt: .max)
        #expect(try due(stake, at: 300) == 30)
    }

    @Test("Of several infractions the largest is paid, whatever the order, and a repeated one costs nothing")
    func several() throws {
        let infractions = try [(1, 150), (2, 250), (3, 250), (4, 20)].map { try Self.infraction($0.0, at: $0.1) }
        for order in [infractions, infractions.reversed()] {
            var stake = try stake([(100, 100), (200, 50)])
            stake.tombstone(releaseAt: Self.at(1300))
            var paid: [UInt128] = []
            for infraction in order {
                let due = try stake.due(for: [infraction], Self.dating)
                stake.pay(due.amount)
                paid.append(due.amount.units)
            }
            #expect(paid.reduce(0, +) == 30)
            #expect(stake.paid == 30 && stake.unbonding == 120)
            #expect(try stake.due(for: infractions, Self.dating).amount.isZero)
        }
    }

    @Test("The tombstone unbonds and unpledges all that is certain, and what is in flight as it lands")
    func tombstone() throws {
        var stake = try stake([(100, 100)])
        try stake.prepareUnstake(7, 30, at: Self.at(200))
        try stake.prepareUnstake(8, 20, at: Self.at(200))
        try stake.prepareStake(9, 10, at: Self.at(200), cutoff: .epoch)
        stake.tombstone(releaseAt: Self.at(1300))
        let once = stake
        stake.tombstone(releaseAt: Self.at(1400))
        #expect(stake == once && stake.violation == nil)
        #expect(stake.unbonding == 100 && stake.unpledging == 50 && stake.committed.isZero)
        // What the other chain let go of is burned already; what it kept is not.
        #expect(try stake.commitUnstake(7, releaseAt: Self.at(1500)).burn.isZero)
        #expect(try stake.rollBackUnstake(8, releaseAt: Self.at(1500)).burn == 20)
        #expect(try stake.commitStake(9, releaseAt: Self.at(1500)).burn == 10)
        #expect(stake.unbonding == 110 && stake.unbondings.map(\.releaseAt) == [Self.at(1300), Self.at(1500)])
        #expect(try Stake(stake.stored) == stake)
    }

    @Test("A tombstone and a closing, in either order, burn nothing any more")
    func closed() throws {
        var (first, second) = (try stake([(100, 100)]), try stake([(100, 100)]))
        first.tombstone(releaseAt: Self.at(1200))
        first.close(releaseAt: Self.at(1300))
        second.close(releaseAt: Self.at(1200))
        second.tombstone(releaseAt: Self.at(1300))
        for stake in [first, second] {
            #expect(stake.unpledging.isZero && stake.violation == nil)
            #expect(stake.unbondings.map(\.releaseAt) == [Self.at(1200)])
        }
    }
}
