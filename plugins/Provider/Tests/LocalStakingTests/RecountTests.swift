import LocalStaking
import LocalStakingEvents
import ModuleKit
import ModuleTesting
import StakingEvents
import Testing
import Vault
import VaultEvents

@Suite("Counting what a slash has destroyed of many users' stake")
struct RecountTests {
    @Test("goes over several blocks, holds up neither chain nor slash, and lets nobody escape in between")
    func spreads() throws {
        let count = LocalStaking.visitsPerBlock + 20
        // In the order in which they are visited.
        let people = (0..<count).map { Address.named("person \($0)") }.sorted()
        let chain = try LocalChain.exact(people: people)
        for person in people {
            try chain.bond(1_000, from: person).thenSucceeded()
            try chain.stake(1_000, at: 0, from: person).thenSucceeded()
        }
        let (first, last, other) = (people[0], people[count - 1], people[count - 2])
        try chain.finish()
        let slash = try chain.slash(0, "0.1").thenSucceeded()
        // The slash itself does not grow with the users.
        #expect(slash.events.count < 10)
        let ended = try chain.finish()
        #expect(ended.failures.isEmpty)
        #expect(try chain.collateral(of: first) == "900")
        #expect(try chain.collateral(of: last) == "1000")
        #expect(try chain.isRecounting)
        #expect(throws: ModuleError.self) { try chain.harness.exportGenesis() }
        // A second slash waits behind the first.
        try chain.slash(0, "0.1").thenSucceeded()
        try chain.unstake(1_000, from: 0, by: last).thenFailed(.stakeTooSmall)
        try chain.unstake(810, from: 0, by: last).thenSucceeded()
        #expect(try chain.collateral(of: last) == "810")
        try chain.bond(10, from: other).thenSucceeded()
        try chain.unbond(10, from: other).thenFailed(.lossNotCounted)
        try chain.finish()
        try chain.finish()
        #expect(try !chain.isRecounting)
        for person in people { #expect(try chain.collateral(of: person) == (person == other ? "820" : "810")) }
        _ = try chain.harness.exportGenesis()
    }

    @Test("costs a slash nothing where nobody has stake with the validator")
    func concernsNobody() throws {
        let chain = try LocalChain.exact()
        try chain.bond(1_000, from: chain.alice).thenSucceeded()
        try chain.stake(1_000, at: 1, from: chain.alice).thenSucceeded()
        try chain.slash(0, "0.1").thenSucceeded()
        #expect(try !chain.isRecounting)
        try chain.finish()
        #expect(try chain.collateral(of: chain.alice) == "1000")
    }

    @Test(
        "keeps vault, local staking and native staking agreed under any sequence of operations and slashes",
        arguments: [1, 2, 3, 4, 5] as [UInt64]
    )
    func keepsAgreement(seed: UInt64) throws {
        let chain = try LocalChain.exact(params: [("max_entries", "3")])
        var random = SplitMix64(seed: seed)
        func draw(_ bound: UInt64) -> UInt64 { random.next() % bound }
        let codespaces = ["local-staking", "vault", "staking"]
        for person in chain.people {
            try chain.bond(10_000, from: person).thenSucceeded()
            try chain.stakeAfar(1 + draw(10_000), from: person).thenSucceeded()
        }
        var (done, slashes) = (0, 0)
        for step in 0..<30 {
            for _ in 0..<draw(6) {
                let person = chain.people[Int(draw(3))]
                let amount = 1 + draw(draw(2) == 0 ? 20 : 3_000)
                let (one, other) = (Int(draw(3)), Int(draw(3)))
                let outcome =
                    switch draw(14) {
                    case 0..<4: try chain.stake(amount, at: one, from: person)
                    case 4..<6: try chain.unstake(amount, from: one, by: person)
                    case 6: try chain.restake(amount, from: one, to: other, by: person)
                    case 7: try chain.release(by: person)
                    case 8: try chain.unbond(amount, from: person)
                    case 9: try chain.bond(amount, from: person)
                    case 10: try chain.lose(1 + amount / 10, of: person)
                    default:
                        try chain.slash(
                            one,
                            ["0.01", "0.05", "0.333333", draw(6) == 0 ? "1" : "0.5"][Int(draw(4))],
                            since: chain.height - min(draw(4), chain.height - 1)
                        )
                    }
                if let error = outcome.error {
                    #expect(codespaces.contains(error.codespace), "seed \(seed), step \(step): \(error)")
                } else {
                    done += 1
                    slashes +=
                        outcome.events.of(StakingEvent.self).filter {
                            if case .validatorSlashed = $0.event { true } else { false }
                        }.count
                }
            }
            if draw(3) == 0 {
                chain.harness.withhold(.undelegateLocalStakeAtOnce)
            } else {
                chain.harness.grant(.undelegateLocalStakeAtOnce)
            }
            let ended = try chain.finish(after: UInt32(1 + draw(40)))
            #expect(ended.failures.isEmpty, "seed \(seed), step \(step)")
            #expect(try !chain.isRecounting, "seed \(seed), step \(step)")
            // The vault has what it says, and the rest is with native staking: but for what rounding takes.
            for person in chain.people {
                #expect(try chain.deficit(of: person) <= Amount(UInt128(done)), "seed \(seed), step \(step)")
            }
        }
        #expect(done >= 30 && slashes >= 3, "seed \(seed): \(done) operations, \(slashes) slashes")
    }
}
