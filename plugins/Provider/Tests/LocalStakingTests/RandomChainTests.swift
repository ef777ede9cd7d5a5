import GovernanceEvents
import LocalStaking
import LocalStakingEvents
import ModuleKit
import ModuleTesting
import RewardsEvents
import Testing
import Vault
import VaultEvents

@Suite("Any sequence of operations on local stake")
struct RandomChainTests {
    @Test("keeps vault and local staking agreed, and every coin where it belongs", arguments: [1, 2, 3, 5] as [UInt64])
    func keepsAgreement(seed: UInt64) throws {
        let chain = try LocalChain(params: [("max_entries", "3")])
        let done = try run(chain, SplitMix64(seed: seed), steps: 40)
        #expect(done >= 30, "seed \(seed): \(done) operations")
        // In the end everybody gets out all that is left.
        chain.harness.grant(.undelegateLocalStakeAtOnce)
        for _ in 0..<4 { try chain.finish(after: 100) }
        for person in chain.people {
            for (validator, stake) in try chain.stakes(of: person).sorted(by: { $0.key < $1.key }) {
                guard let staked = UInt64(stake[0]), staked > 0 else { continue }
                try chain.unstake(staked, from: validator, by: person).thenSucceeded()
            }
        }
        try chain.finish(after: 100)
        try chain.finish()
        for person in chain.people {
            try chain.release(by: person).thenSucceeded()
            #expect(try chain.account(of: person).stakes.isEmpty, "seed \(seed)")
            #expect(try chain.vaultAccount(of: person).unburned == "0", "seed \(seed)")
        }
        try chain.finish()
    }

    @Test(
        "keeps every user's vote at what he has staked, and every reward where it belongs",
        arguments: [1, 2, 3] as [UInt64]
    )
    func keepsEntitlements(seed: UInt64) throws {
        let chain = try LocalChain.entitled(params: [("max_entries", "3")])
        let number = try chain.propose()
        for person in chain.people {
            try chain.bond(10_000, from: person).thenSucceeded()
            try chain.stake(1_000, at: 0, from: person).thenSucceeded()
            try chain.vote(.plain(.yes), on: number, by: person).thenSucceeded()
        }
        var random = SplitMix64(seed: seed)
        var withdrawn = 0
        for step in 0..<8 {
            let done = try run(chain, SplitMix64(seed: random.next()), steps: 1, isStart: step == 0)
            for person in chain.people {
                let validator = Int(random.next() % 3)
                let outcome = try chain.withdraw(from: validator, by: person)
                if let error = outcome.error {
                    #expect(error.code == .nothingToWithdraw, "seed \(seed), step \(step): \(error)")
                } else {
                    withdrawn += 1
                }
            }
            var staked = Amount.zero
            for person in chain.people {
                for amount in try chain.delegated(by: person) { staked = try staked.adding(amount) }
            }
            #expect(
                try chain.tally(number) == [staked.description, "0", "0", "0"],
                "seed \(seed), step \(step), \(done)"
            )
        }
        #expect(withdrawn > 3, "seed \(seed)")
    }

    @Test("comes to the same events and the same state in two processes")
    func sameInEveryProcess() throws {
        try DeterminismCheck().run { random in
            let chain = try LocalChain(params: [("max_entries", "3")])
            _ = try run(chain, random, steps: 10)
            return try chain.harness.digest()
        }
    }

    /// Draws operations of three people, some of which must fail; how many did not.
    private func run(_ chain: LocalChain, _ generator: SplitMix64, steps: Int, isStart: Bool = true) throws -> Int {
        var random = generator
        func draw(_ bound: UInt64) -> UInt64 { random.next() % bound }
        let codespaces = ["local-staking", "vault", "staking"]
        for person in chain.people where isStart {
            try chain.bond(10_000, from: person).thenSucceeded()
            try chain.stakeAfar(1 + draw(10_000), from: person).thenSucceeded()
        }
        var done = 0
        for step in 0..<steps {
            for _ in 0..<draw(5) {
                let person = chain.people[Int(draw(3))]
                let amount = 1 + draw(draw(2) == 0 ? 20 : 3_000)
                let (one, other) = (Int(draw(3)), Int(draw(3)))
                let outcome =
                    switch draw(12) {
                    case 0..<4: try chain.stake(amount, at: one, from: person)
                    case 4..<6: try chain.unstake(amount, from: one, by: person)
                    case 6..<8: try chain.restake(amount, from: one, to: other, by: person)
                    case 8: try chain.release(by: person)
                    case 9: try chain.unbond(amount, from: person)
                    case 10: try chain.bond(amount, from: person)
                    default: try chain.lose(1 + amount / 10, of: person)
                    }
                if let error = outcome.error {
                    #expect(codespaces.contains(error.codespace), "step \(step): \(error)")
                } else {
                    done += 1
                }
            }
            if draw(3) == 0 {
                chain.harness.withhold(.undelegateLocalStakeAtOnce)
            } else {
                chain.harness.grant(.undelegateLocalStakeAtOnce)
            }
            try chain.finish(after: UInt32(1 + draw(40)))
        }
        return done
    }
}
