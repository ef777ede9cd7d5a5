import ExternalStakingEvents
import ModuleKit
import ModuleTesting
import Testing
import Vault
import VaultEvents

@testable import ExternalStaking

/// A random pairing whose validators are proven guilty at any moment, of infractions at any time since the beginning.
private struct RandomInfractions {
    var pairing: RandomPairing
    let start: Timestamp
    var height: UInt64 = 0
    /// By the number of an infraction, the most that all together may owe for it.
    var bounds: [UInt64: Amount] = [:]

    init() throws {
        pairing = try RandomPairing()
        start = pairing.chain.harness.block.time
    }

    mutating func step(_ random: inout SplitMix64) throws {
        guard Int.random(in: 0..<40, using: &random) == 0 else { return try pairing.step(&random) }
        let (chain, number) = (pairing.chain, UInt8.random(in: 1...3, using: &random))
        let now = chain.harness.block.time
        let age = UInt64.random(in: 0...(now.nanoseconds - start.nanoseconds), using: &random)
        height += 1
        let time = Timestamp(nanoseconds: now.nanoseconds - age)
        let outcome = try chain.prove(chain.proof(key: StakingChain.key(number), at: time, height: height))
        guard outcome.succeeded else {
            #expect([.infractionTooOld, .tooManyInfractions].contains(outcome.error?.code))
            return
        }
        // All that was there then, and that may still land.
        let infraction = try #require(try chain.offender("v\(number)").infractions.last).infraction
        let module = try chain.harness.module
        let dating = try module.dating(chain.harness.state)
        var sum = Amount.zero
        for user in [chain.alice, chain.bob] {
            let stake = try module.stake(of: user, at: "v\(number)", in: chain.harness.state)
            sum = try sum.adding(stake.liable(at: time, dating, isLanding: true))
        }
        bounds[infraction.number] = try sum.multiplied(by: Decimal18(infraction.fraction), rounding: .floor)
    }

    /// No infraction has cost more than its fraction of what was staked, and the vault has the coins it should have.
    func check(_ place: String) throws {
        try pairing.check(place)
        let harness = pairing.chain.harness
        for number in 1...3 {
            guard let offender = try? pairing.chain.offender("v\(number)") else { continue }
            for infraction in offender.infractions.map(\.infraction) {
                let bound = try #require(bounds[infraction.number])
                #expect(try Amount(infraction.taken) <= bound, "\(place)")
            }
        }
        for user in [pairing.chain.alice, pairing.chain.bob] {
            let owner = pairing.chain.text(user)
            let account = try harness.query(.with { $0.account.address = owner }, of: Vault.self).account
            #expect(account.unburned == "0", "\(place)")
        }
    }
}

@Suite("Random infractions")
struct RandomInfractionTests {
    @Test(
        "Nobody pays more than the fraction of his stake, every answer counts, and in the end pledges are what is committed"
    )
    func bounded() throws {
        var random = try SplitMix64.seeded()
        for run in 0..<3 {
            var infractions = try RandomInfractions()
            for step in 0..<250 {
                try infractions.step(&random)
                try infractions.check("run \(run) step \(step)")
            }
            var pairing = infractions.pairing
            while try !pairing.chain.pending().isEmpty || pairing.chain.isSettling {
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
                    #expect(stake.amount.low == "\(pledged)" && stake.amount.high == "\(pledged)", "run \(run)")
                }
                #expect(try pairing.chain.liabilities(of: user).allSatisfy { $0.due == "0" })
            }
            try pairing.nextBlock(StakingChain.period)
            try pairing.nextBlock(.seconds(1))
            for user in [pairing.chain.alice, pairing.chain.bob] { try pairing.chain.withdraw(user) }
        }
    }

    @Test("The same chain comes out in two processes")
    func deterministic() throws {
        try DeterminismCheck().run { random in
            var infractions = try RandomInfractions()
            for _ in 0..<60 { try infractions.step(&random) }
            try infractions.pairing.nextBlock(.seconds(1))
            return try infractions.pairing.chain.harness.digest()
        }
    }
}
