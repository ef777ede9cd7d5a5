import ModuleKit
import ModuleTesting
import Testing

@testable import ExternalStaking

/// A stake and the pledge on the other chain that it should come to, with packets that are received, answered,
/// refused, lost and overtaken at random.
private struct Correspondence {
    enum Packet {
        case stake(Amount)
        case unstake(Amount)
        case burn(Amount)
    }

    /// What the other chain does on its own.
    enum Consumer: CaseIterable {
        /// Nothing.
        case passive
        /// Hands parts of pledges back, and takes stakes all the same. Nothing is slashed.
        case fickle
        /// Hands whole pledges back once its grant is gone, and takes no stake any more.
        case revoked
    }

    struct Journey {
        let number: UInt64
        let packet: Packet
        /// Whether the other chain has taken it; nil until it has received it.
        var isTaken: Bool?
    }

    let consumer: Consumer
    var isRevoked = false
    var stake = Stake()
    var pledged: UInt128 = 0
    var journeys: [Journey] = []
    var handBacks: [Amount] = []
    var number: UInt64 = 0
    var clock: UInt64 = 1
    /// All that ever left the lien, or was never taken: staked = lien + released + cut + void.
    var (sent, released, cut, void): (UInt128, UInt128, UInt128, UInt128) = (0, 0, 0, 0)

    init(_ consumer: Consumer) { self.consumer = consumer }

    mutating func step(_ random: inout SplitMix64, isEnding: Bool = false) throws {
        clock += 1
        switch Int.random(in: isEnding ? 4...9 : 0...12, using: &random) {
        case 0, 12: try begin(.stake(Amount(UInt128.random(in: 1...20, using: &random))))
        case 1, 11: try begin(.unstake(Amount(UInt128.random(in: 1...20, using: &random))))
        case 2 where consumer != .fickle: try slash(Amount(UInt128.random(in: 1...12, using: &random)))
        case 3: handBack(&random)
        case 4, 5: receive(&random)
        case 6, 7: try settle(&random)
        case 8: deliverHandBack(&random)
        default:
            let withdrawal = stake.withdraw(at: at(clock), closedAt: nil, period: .seconds(30))
            released += withdrawal.amount.units
        }
    }

    mutating func begin(_ packet: Packet) throws {
        number += 1
        do throws(ModuleError) {
            switch packet {
            case .stake(let amount):
                try stake.prepareStake(number, amount, at: at(clock), cutoff: at(clock < 30 ? 0 : clock - 30))
                sent += amount.units
            case .unstake(let amount): try stake.prepareUnstake(number, amount, at: at(clock))
            case .burn: break
            }
        } catch {
            return
        }
        journeys.append(Journey(number: number, packet: packet))
    }

    mutating func burn(_ amount: Amount) throws {
        guard !amount.isZero else { return }
        stake.burning = stake.burning.saturatingAdding(amount)
        try begin(.burn(amount))
    }

    mutating func slash(_ amount: Amount) throws {
        let taken = stake.cut(amount)
        cut += taken.amount.units
        try burn(taken.burn)
    }

    /// The other chain gives up all of the pledge, or a part.
    mutating func handBack(_ random: inout SplitMix64) {
        guard pledged > 0, consumer != .passive else { return }
        let isPartial = consumer == .fickle && Bool.random(using: &random)
        let amount = isPartial ? UInt128.random(in: 1...pledged, using: &random) : pledged
        isRevoked = consumer == .revoked
        pledged -= amount
        handBacks.append(Amount(amount))
    }

    mutating func deliverHandBack(_ random: inout SplitMix64) {
        guard let index = handBacks.indices.randomElement(using: &random) else { return }
        // It may exceed what there is, where a burn has crossed it.
        _ = stake.handBack(handBacks.remove(at: index), releaseAt: at(clock + 30))
    }

    mutating func receive(_ random: inout SplitMix64) {
        guard let index = journeys.indices.filter({ journeys[$0].isTaken == nil }).randomElement(using: &random) else {
            return
        }
        let isRefused = isRevoked || Int.random(in: 0..<4, using: &random) == 0
        switch journeys[index].packet {
        case .stake(let amount):
            journeys[index].isTaken = !isRefused
            if !isRefused { pledged += amount.units }
        case .unstake(let amount):
            journeys[index].isTaken = amount.units <= pledged
            if amount.units <= pledged { pledged -= amount.units }
        case .burn(let amount):
            journeys[index].isTaken = true
            pledged -= min(pledged, amount.units)
        }
    }

    mutating func settle(_ random: inout SplitMix64) throws {
        guard let index = journeys.indices.randomElement(using: &random) else { return }
        let journey = journeys.remove(at: index)
        // What was not received has timed out.
        let isTaken = journey.isTaken ?? false
        switch journey.packet {
        case .stake where isTaken: try burn(stake.commitStake(journey.number, releaseAt: at(clock + 30)).burn)
        case .stake: void += try stake.rollBackStake(journey.number).amount.units
        case .unstake where isTaken: try burn(stake.commitUnstake(journey.number, releaseAt: at(clock + 30)).burn)
        case .unstake: try burn(stake.rollBackUnstake(journey.number, releaseAt: at(clock + 30)).burn)
        case .burn(let amount) where isTaken: stake.burning = stake.burning.saturatingSubtracting(amount)
        case .burn(let amount): try begin(.burn(amount))
        }
    }
}

@Suite("A stake and its pledge")
struct StakePropertyTests {
    @Test(
        "When nothing is in flight, what is committed is what is pledged; nothing is lost or made on the way",
        arguments: Correspondence.Consumer.allCases
    )
    fileprivate func agreement(consumer: Correspondence.Consumer) throws {
        var random = try SplitMix64.seeded()
        for run in 0..<400 {
            var correspondence = Correspondence(consumer)
            for step in 0..<120 {
                try correspondence.step(&random)
                let stake = correspondence.stake
                #expect(stake.violation == nil, "run \(run) step \(step)")
                let accounted = stake.liened.units + correspondence.released + correspondence.cut + correspondence.void
                #expect(accounted == correspondence.sent, "run \(run) step \(step)")
                #expect(try Stake(stake.stored) == stake)
            }
            while !correspondence.journeys.isEmpty || !correspondence.handBacks.isEmpty {
                try correspondence.step(&random, isEnding: true)
            }
            #expect(correspondence.stake.committed.units == correspondence.pledged, "run \(run)")
            #expect(correspondence.stake.burning.isZero && correspondence.stake.handedBack.isZero, "run \(run)")
        }
    }
}
