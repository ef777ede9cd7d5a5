import ModuleKit
import ModuleTesting
import Testing

@testable import ExternalStaking

/// A stake with a diary: what was sent, let go and cut, and when. What is owed is counted from the diary alone.
private struct Diary {
    var stake = Stake()
    /// Sent and landed, by the second of sending.
    var landed: [(sentAt: UInt64, amount: UInt128)] = []
    /// Let go by the other chain, by the second of the acknowledgement.
    var left: [(at: UInt64, amount: UInt128)] = []
    /// Cut from what was certain.
    var cut: UInt128 = 0
    var flying: [(number: UInt64, isStake: Bool, sentAt: UInt64)] = []
    var clock: UInt64 = 100
    var number: UInt64 = 0

    mutating func step(_ random: inout SplitMix64) throws {
        clock += UInt64.random(in: 0...9, using: &random)
        let amount = Amount(UInt128.random(in: 1...50, using: &random))
        number += 1
        switch Int.random(in: 0..<8, using: &random) {
        case 0...2:
            let time = StakeInfractionTests.at(clock)
            guard (try? stake.prepareStake(number, amount, at: time, cutoff: .epoch)) != nil else { return }
            flying.append((number, true, clock))
        case 3 where left.count < 20:
            guard (try? stake.prepareUnstake(number, amount, at: StakeInfractionTests.at(clock))) != nil else { return }
            flying.append((number, false, clock))
        case 4:
            let taken = min(amount, stake.low)
            _ = stake.cut(taken)
            cut += taken.units
        default: try land(&random)
        }
    }

    /// Something lands, or fails.
    mutating func land(_ random: inout SplitMix64) throws {
        guard let index = flying.indices.randomElement(using: &random) else { return }
        let journey = flying.remove(at: index)
        let hasSucceeded = Int.random(in: 0..<4, using: &random) > 0
        let releaseAt = StakeInfractionTests.at(clock + 1000)
        switch (journey.isStake, hasSucceeded) {
        case (true, true):
            let settlement = try stake.commitStake(journey.number, releaseAt: releaseAt)
            landed.append((journey.sentAt, settlement.amount.units))
        case (true, false): _ = try stake.rollBackStake(journey.number)
        case (false, true):
            let settlement = try stake.commitUnstake(journey.number, releaseAt: releaseAt)
            left.append((clock, settlement.amount.units))
        case (false, false): _ = try stake.rollBackUnstake(journey.number, releaseAt: releaseAt)
        }
    }

    /// What was staked at a second, less all cuts; the drift is ten seconds.
    func staked(at second: UInt64) -> UInt128 {
        let sent = landed.reduce(0) { $1.sentAt <= second + 10 ? $0 + $1.amount : $0 }
        let gone = left.reduce(0) { $1.at + 10 < second ? $0 + $1.amount : $0 } + cut
        return sent - min(sent, gone)
    }
}

@Suite("Who pays, at random")
struct StakeInfractionPropertyTests {
    @Test("In the end a user has paid the fraction of his largest stake at any infraction, whatever came in between")
    func largest() throws {
        var random = try SplitMix64.seeded()
        for run in 0..<600 {
            var diary = Diary()
            for _ in 0..<40 { try diary.step(&random) }
            #expect(diary.stake.violation == nil)
            let fraction = Decimal18.percent(UInt64.random(in: 0...100, using: &random))
            let infractions = try (UInt64(1)...4).map { number in
                let second = UInt64.random(in: 100...diary.clock, using: &random)
                return try StakeInfractionTests.infraction(number, at: second, fraction)
            }
            diary.clock += 1
            diary.stake.tombstone(releaseAt: StakeInfractionTests.at(diary.clock + 1000))
            // Settling, and landing, in any order.
            var paid: UInt128 = 0
            var known = 0
            while known < 4 || !diary.flying.isEmpty {
                if Bool.random(using: &random), known < 4 { known += 1 } else { try diary.land(&random) }
                guard Bool.random(using: &random) || (known == 4 && diary.flying.isEmpty) else { continue }
                let due = try diary.stake.due(for: Array(infractions.prefix(known)), StakeInfractionTests.dating)
                #expect(due.amount <= diary.stake.liened)
                let before = diary.stake.inFlight(.stake)
                diary.stake.pay(due.amount)
                #expect(diary.stake.inFlight(.stake) == before, "run \(run)")
                paid += due.amount.units
                #expect(diary.stake.violation == nil, "run \(run)")
            }
            let due = try diary.stake.due(for: infractions, StakeInfractionTests.dating)
            #expect(due.amount.isZero, "run \(run)")
            let largest = infractions.map { diary.staked(at: $0.time.nanoseconds / 1_000_000_000) }.max() ?? 0
            let owed = try Amount(largest).multiplied(by: fraction, rounding: .floor)
            #expect(paid == owed.units, "run \(run)")
            #expect(diary.stake.paid == owed, "run \(run)")
        }
    }
}
