import ControlChannel
import ExternalStakingEvents
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import ExternalStaking

/// A provider, and a model of its consumer: who has pledged how much, and packets that are received in any order,
/// refused, late, or lost for a while.
struct RandomPairing {
    struct Journey {
        let packet: Ibc_Core_Channel_V1_Packet
        /// Whether the consumer has taken it; nil until it has received it.
        var isTaken: Bool?
    }

    let chain: StakingChain
    var journeys: [Journey] = []
    /// By user and validator.
    var pledged: [String: UInt64] = [:]
    var isClosed = false

    init() throws { chain = try StakingChain.ready(collateral: 500) }

    mutating func step(_ random: inout SplitMix64) throws {
        let user = Bool.random(using: &random) ? chain.alice : chain.bob
        let validator = "v\(Int.random(in: 1...3, using: &random))"
        let amount = UInt64.random(in: 1...60, using: &random)
        switch Int.random(in: 0..<14, using: &random) {
        case 0...2: note(try chain.tryStake(amount, on: validator, of: user))
        case 3...4: note(try chain.tryUnstake(amount, from: validator, of: user))
        case 5: try cut(min(amount, lien(of: user)), user, Bool.random(using: &random) ? validator : "")
        case 6...8: try receive(&random)
        case 9...11: try settle(&random)
        case 12: try chain.withdraw(user)
        default: try nextBlock(.seconds(UInt32.random(in: 1...2000, using: &random)))
        }
    }

    mutating func note(_ outcome: Outcome<ExternalStaking>) {
        journeys += outcome.events.of(InterchainEvent.self).compactMap(\.sent).map { Journey(packet: $0) }
    }

    mutating func nextBlock(_ interval: TimeSpan) throws {
        journeys += try chain.nextBlock(after: interval).map { Journey(packet: $0) }
    }

    private func lien(of user: Address) throws -> UInt64 {
        try UInt64(chain.lien(of: user).split(separator: ".").last ?? "") ?? 0
    }

    private func cut(_ amount: UInt64, _ user: Address, _ validator: String) throws {
        guard amount > 0 else { return }
        try chain.cut(amount, of: user, at: validator)
    }

    mutating func receive(_ random: inout SplitMix64) throws {
        guard let index = journeys.indices.filter({ journeys[$0].isTaken == nil }).randomElement(using: &random) else {
            return
        }
        let packet = try ProviderPacket(json: Array(journeys[index].packet.data), version: .newest)
        switch packet {
        case .stake(let stake):
            let isTaken = Int.random(in: 0..<4, using: &random) > 0 && !isClosed
            journeys[index].isTaken = isTaken
            if isTaken { pledged["\(stake.delegator) \(stake.validator)", default: 0] += stake.stake.amount.low }
        case .unstake(let unstake):
            let key = "\(unstake.delegator) \(unstake.validator)"
            journeys[index].isTaken = unstake.unstake.amount.low <= pledged[key] ?? 0
            if journeys[index].isTaken == true { pledged[key, default: 0] -= unstake.unstake.amount.low }
        case .burn(let burn):
            let key = "\(try #require(burn.attribution).delegator) \(burn.validators[0])"
            journeys[index].isTaken = true
            pledged[key, default: 0] -= min(pledged[key] ?? 0, burn.burn.amount.low)
        case .transferRewards: Issue.record("nobody has rewards")
        }
    }

    mutating func settle(_ random: inout SplitMix64) throws {
        guard let index = journeys.indices.randomElement(using: &random) else { return }
        let journey = journeys.remove(at: index)
        switch journey.isTaken {
        case true: try chain.acknowledge(journey.packet)
        case false: try chain.acknowledge(journey.packet, error: "refused")
        case nil: try chain.timeOut(journey.packet)
        }
    }

    /// The vault's lien is what the records say.
    func check(_ place: String) throws {
        for user in [chain.alice, chain.bob] {
            let owner = chain.text(user)
            let lien = try chain.harness.query(.with { $0.lien.owner = owner }).lien
            let low = try Amount(lien.committed).adding(Amount(lien.unbonding))
            let high = try low.adding(Amount(lien.inFlight))
            #expect(try chain.lien(of: user) == (high.isZero ? "none" : "\(low)...\(high)"), "\(place)")
        }
    }
}

@Suite("A random pairing")
struct RandomChainTests {
    @Test("Records and liens agree after every step; in the end what is committed is what is pledged")
    func agreement() throws {
        var random = try SplitMix64.seeded()
        var pairing = try RandomPairing()
        for step in 0..<500 {
            try pairing.step(&random)
            try pairing.check("step \(step)")
        }
        while try !pairing.chain.pending().isEmpty {
            try pairing.nextBlock(.seconds(1))
            while !pairing.journeys.isEmpty {
                try pairing.receive(&random)
                try pairing.settle(&random)
            }
        }
        for user in [pairing.chain.alice, pairing.chain.bob] {
            for validator in ["v1", "v2", "v3"] {
                let stake = try pairing.chain.stakeAnswer(validator, of: user)
                let pledged = pairing.pledged["\(pairing.chain.text(user)) \(validator)"] ?? 0
                #expect(stake.amount.low == "\(pledged)" && stake.amount.high == "\(pledged)")
            }
        }
    }

    @Test("After a closing at any moment, everything is free at the latest one period after the last answer")
    func closing() throws {
        var random = try SplitMix64.seeded()
        for run in 0..<4 {
            var pairing = try RandomPairing()
            for _ in 0..<60 { try pairing.step(&random) }
            if Bool.random(using: &random) {
                try pairing.chain.close().thenSucceeded()
            } else {
                try pairing.chain.closeCounterparty()
            }
            pairing.isClosed = true
            for step in 0..<40 {
                try pairing.step(&random)
                try pairing.check("run \(run) step \(step) after the closing")
            }
            while !pairing.journeys.isEmpty { try pairing.settle(&random) }
            try pairing.nextBlock(StakingChain.period)
            try pairing.nextBlock(.seconds(1))
            for user in [pairing.chain.alice, pairing.chain.bob] {
                try pairing.chain.withdraw(user)
                #expect(try pairing.chain.lien(of: user) == "none", "run \(run)")
            }
            #expect(try pairing.chain.pending().isEmpty)
        }
    }

    @Test("The same chain comes out in two processes")
    func deterministic() throws {
        try DeterminismCheck().run { random in
            var pairing = try RandomPairing()
            for _ in 0..<60 { try pairing.step(&random) }
            try pairing.nextBlock(.seconds(1))
            return try pairing.chain.harness.digest()
        }
    }
}
