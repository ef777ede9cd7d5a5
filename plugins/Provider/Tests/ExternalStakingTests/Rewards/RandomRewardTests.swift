import ControlChannel
import ExternalStakingEvents
import IBC
import InterchainEvents
import ModuleKit
import ModuleTesting
import Testing

@testable import ExternalStaking

/// A provider whose stakers come and go, are cut and handed back, and claim, while rewards of both kinds arrive over routes
/// that change, and payments are made, refused and lost.
private struct RandomRewards {
    let chain: StakingChain
    let voucher: String
    /// What is under way, stakes and payments alike.
    var packets: [Ibc_Core_Channel_V1_Packet] = []
    /// What came in and was acknowledged, and what went out, of what is held and of vouchers.
    var received: [UInt64] = [0, 0]
    var transferred: UInt64 = 0
    var paidRemotely: UInt64 = 0

    init() throws {
        chain = try StakingChain.earning("held", collateral: 600, replays: false)
        voucher = try chain.voucher()
    }

    mutating func step(_ random: inout SplitMix64, isClosed: Bool = false) throws {
        let users = [chain.alice, chain.bob, chain.carol]
        let user = users[Int.random(in: 0..<3, using: &random)]
        let validator = "v\(Int.random(in: 1...2, using: &random))"
        let amount = UInt64.random(in: 1...90, using: &random)
        switch Int.random(in: 0..<16, using: &random) {
        case 0...2: note(try chain.tryStake(amount, on: validator, of: user))
        case 3: note(try chain.tryUnstake(amount, from: validator, of: user))
        case 4: try cut(amount, user)
        case 5:
            if !isClosed { _ = try chain.handBack(amount, of: user, on: validator) }
        case 6...7:
            guard !isClosed else { return }
            let uncovered = try UInt64(chain.reserves(voucher)?.unattributed ?? "0") ?? 0
            if try chain.announce([(validator, amount), ("v3", 1)]).isSuccess {
                received[uncovered >= amount + 1 ? 1 : 0] += amount + 1
            }
        case 8:
            #expect(try chain.transfer(amount + 1, memo: chain.memo([(validator, amount), ("v2", 1)])).isSuccess)
            received[1] += amount + 1
            transferred += amount + 1
        case 9:
            #expect(try chain.transfer(amount).isSuccess)
            transferred += amount
        case 10...12:
            let remote = Bool.random(using: &random) ? "juno1user" : ""
            note(try chain.tryClaim(validator, of: user, remote: remote))
        case 13...14: try settle(&random)
        default:
            if Bool.random(using: &random) { try chain.withdraw(user) }
            packets += try chain.nextBlock(after: .seconds(UInt32.random(in: 1...2000, using: &random)))
            if !isClosed { try chain.reroute(["held", "ics20-control", "ics20-memo"][Int(amount % 3)]) }
        }
    }

    mutating func note(_ outcome: Outcome<ExternalStaking>) {
        packets += outcome.events.of(InterchainEvent.self).compactMap(\.sent)
    }

    private func cut(_ amount: UInt64, _ user: Address) throws {
        let lien = try UInt64(chain.lien(of: user).split(separator: ".").last ?? "") ?? 0
        if min(lien, amount) > 0 { try chain.cut(min(lien, amount), of: user) }
    }

    mutating func settle(_ random: inout SplitMix64) throws {
        guard let index = packets.indices.randomElement(using: &random) else { return }
        let packet = packets.remove(at: index)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: try chain.acknowledge(packet, error: "refused")
        case 1: try chain.timeOut(packet)
        default:
            try chain.acknowledge(packet)
            if case .transferRewards(let order) = try ProviderPacket(json: Array(packet.data), version: .newest) {
                paidRemotely += order.rewards.amount.low
            }
        }
    }

    /// What was received is where it should be, by the answers, by the bank and by this model. The invariants of the module
    /// are checked besides, to the last fraction, after each step.
    func check(_ place: String) throws {
        let held = try chain.totals() ?? .init()
        let vouchers = try chain.totals(voucher) ?? .init()
        #expect(UInt64(held.received) ?? 0 == received[0], "\(place)")
        #expect(UInt64(held.paid) ?? 0 == paidRemotely, "\(place)")
        let converted = UInt64(held.converted) ?? 0
        #expect(UInt64(vouchers.received) ?? 0 == received[1] + converted, "\(place)")
        for totals in [held, vouchers] where !totals.received.isEmpty {
            var sum = try Decimal18(totals.claimable).adding(Decimal18(totals.remainder))
            for text in [totals.paid, totals.converted, totals.community, totals.inFlight] {
                sum = try sum.adding(Decimal18(Amount(text)))
            }
            #expect(try sum == Decimal18(Amount(totals.received)), "\(place)")
        }
        let balance = try UInt64(chain.balance(chain.staking, voucher)) ?? 0
        #expect(balance + (UInt64(vouchers.paid) ?? 0) == transferred, "\(place)")
        let unattributed = try UInt64(chain.reserves(voucher)?.unattributed ?? "0") ?? 0
        #expect(unattributed + received[1] + converted == transferred, "\(place)")
    }
}

@Suite("Random rewards")
struct RandomRewardTests {
    @Test(
        "Paid, in flight, claimable, carried and the community's are what was received, of each kind, after every step"
    )
    func conserved() throws {
        var random = try SplitMix64.seeded()
        for run in 0..<3 {
            var rewards = try RandomRewards()
            for step in 0..<150 {
                // In two of the runs a validator is proven guilty: its stakers pay, and earn no more.
                if step == 90, run > 0 { try rewards.chain.infract() }
                try rewards.step(&random)
                try rewards.check("run \(run) step \(step)")
            }
            try rewards.chain.close().thenSucceeded()
            for step in 0..<60 {
                try rewards.step(&random, isClosed: true)
                try rewards.check("run \(run) step \(step) after the closing")
            }
            try finish(&rewards, &random)
            try rewards.check("run \(run) at the end")
        }
    }

    /// Everything lands, the converter sends what is still held, and everybody claims.
    private func finish(_ rewards: inout RandomRewards, _ random: inout SplitMix64) throws {
        while !rewards.packets.isEmpty { try rewards.settle(&random) }
        let chain = rewards.chain
        let held = try chain.totals() ?? .init()
        let due = (UInt64(held.received) ?? 0) - (UInt64(held.paid) ?? 0) - (UInt64(held.converted) ?? 0)
        if due > 0 {
            #expect(try chain.transfer(due).isSuccess)
            rewards.transferred += due
        }
        for user in [chain.alice, chain.bob, chain.carol] {
            for validator in ["v1", "v2"] {
                while try chain.tryClaim(validator, of: user).succeeded {}
                #expect(try chain.pendingRewards(validator, of: user) == "none")
            }
        }
        try chain.nextBlock(after: StakingChain.period)
        try chain.nextBlock()
        for user in [chain.alice, chain.bob, chain.carol] {
            try chain.withdraw(user)
            #expect(try chain.lien(of: user) == "none")
        }
        for validator in ["v1", "v2"] { #expect(try chain.validator(validator).stakers == 0) }
        // Nobody is left who could claim, and each fraction is carried.
        for denom in ["ujuno", rewards.voucher] {
            if let totals = try chain.totals(denom) { #expect(totals.claimable == "0" && totals.inFlight == "0") }
        }
    }

    @Test("The same chain comes out in two processes")
    func deterministic() throws {
        try DeterminismCheck().run { random in
            var rewards = try RandomRewards()
            for _ in 0..<60 { try rewards.step(&random) }
            try rewards.chain.nextBlock()
            return try rewards.chain.harness.digest()
        }
    }
}
