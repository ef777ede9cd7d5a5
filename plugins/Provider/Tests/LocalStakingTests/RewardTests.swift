import Bank
import LocalStaking
import LocalStakingEvents
import ModuleKit
import ModuleTesting
import Rewards
import RewardsEvents
import Testing
import Vault

@Suite("Rewards of local stake")
struct RewardTests {
    /// Alice and Bob have 600 000 and 300 000 here with the first validator, and Carol has 600 000 there without any vault.
    private func chain() throws -> LocalChain {
        let chain = try LocalChain.entitled()
        for (person, amount) in [(chain.alice, 600_000), (chain.bob, 300_000)] as [(Address, UInt64)] {
            try chain.bond(1_000_000, from: person).thenSucceeded()
            try chain.stake(amount, at: 0, from: person).thenSucceeded()
        }
        try chain.delegate(600_000, to: 0, by: chain.people[2])
        for _ in 0..<5 { try chain.finish() }
        return chain
    }

    private func carolEarned(_ chain: LocalChain) throws -> Decimal18 {
        try chain.earned(account: chain.text(chain.people[2]), at: 0)
    }

    @Test("are what the same stake earns without a vault, and are paid to the user, who leaves the others' alone")
    func paysOn() throws {
        let chain = try chain()
        let earned = try chain.earned(by: chain.alice, at: 0)
        #expect(earned > Decimal18(100))
        #expect(try earned == carolEarned(chain))
        let bobs = try chain.earned(by: chain.bob, at: 0)
        let before = try Amount(chain.balance(of: chain.alice))
        let outcome = try chain.withdraw(from: 0, by: chain.alice).thenSucceeded()
        let whole = try earned.whole(rounding: .floor)
        #expect(try Amount(chain.balance(of: chain.alice)) == before.adding(whole))
        #expect(outcome.emitted.count == 2)
        #expect(outcome.emitted.first?.rewardsOrdered.validator == chain.operatorText(0))
        #expect(outcome.emitted.last?.rewardsPaid.coins.map(\.amount) == [whole.description])
        #expect(try chain.balance(of: chain.harness.identity.address) == "0")
        // Fractions stay owed.
        #expect(try chain.earned(by: chain.alice, at: 0) == earned.subtracting(Decimal18(whole)))
        #expect(try chain.earned(by: chain.bob, at: 0) == bobs)
        #expect(try carolEarned(chain) == earned)
        try chain.finish()
    }

    @Test("earned before a cut by another holder's slash stay; from then on less is earned")
    func keepsAtCut() throws {
        let chain = try chain()
        try chain.stakeAfar(1_000_000, from: chain.alice).thenSucceeded()
        let (before, carols) = (try chain.earned(by: chain.alice, at: 0), try carolEarned(chain))
        // Her collateral is 500 000 then, and her lien is cut to it.
        try chain.lose(500_000, of: chain.alice).thenSucceeded()
        #expect(try chain.worth(of: chain.alice, at: 0) == "500000")
        #expect(try chain.earned(by: chain.alice, at: 0) == before)
        let bobs = try chain.earned(by: chain.bob, at: 0)
        for _ in 0..<5 { try chain.finish() }
        let since = try chain.earned(by: chain.alice, at: 0).subtracting(before)
        #expect(!since.isZero)
        // She has 5 parts there, Bob has 3, and Carol has 6.
        for (parts, others) in [
            (3, try chain.earned(by: chain.bob, at: 0).subtracting(bobs)),
            (6, try carolEarned(chain).subtracting(carols)),
        ] as [(Amount, Decimal18)] {
            let (one, other) = (try since.multiplied(by: parts), try others.multiplied(by: 5 as Amount))
            #expect(try (one > other ? one.subtracting(other) : other.subtracting(one)) < Decimal18("0.000000001"))
        }
        try chain.withdraw(from: 0, by: chain.alice).thenSucceeded()
        try chain.finish()
    }

    @Test("can be withdrawn while stake moves and after it has left, with each validator apart")
    func afterLeaving() throws {
        let chain = try chain()
        try chain.restake(200_000, from: 0, to: 1, by: chain.alice).thenSucceeded()
        for _ in 0..<3 { try chain.finish() }
        #expect(try chain.earned(by: chain.alice, at: 1) > Decimal18(10))
        try chain.unstake(400_000, from: 0, by: chain.alice).thenSucceeded()
        try chain.unstake(200_000, from: 1, by: chain.alice).thenSucceeded()
        try chain.finish(after: 100)
        try chain.finish()
        try chain.release(by: chain.alice).thenSucceeded()
        #expect(try chain.account(of: chain.alice).stakes.isEmpty)
        for validator in 0..<2 {
            let whole = try chain.earned(by: chain.alice, at: validator).whole(rounding: .floor)
            let before = try Amount(chain.balance(of: chain.alice))
            try chain.withdraw(from: validator, by: chain.alice).thenSucceeded()
            #expect(try Amount(chain.balance(of: chain.alice)) == before.adding(whole))
        }
        try chain.finish()
    }

    @Test("of less than one unit, of strangers, and on a chain without rewards are not paid, and nothing is recorded")
    func refusals() throws {
        let chain = try chain()
        try chain.withdraw(from: 0, by: chain.alice).thenSucceeded()
        try chain.withdraw(from: 0, by: chain.alice).thenFailed(.nothingToWithdraw)
        try chain.withdraw(from: 1, by: chain.alice).thenFailed(.nothingToWithdraw)
        try chain.withdraw(from: 9, by: chain.alice).thenFailed(.nothingToWithdraw)
        // What she has earned herself is no matter of the instance.
        try chain.withdraw(from: 0, by: chain.people[2]).thenFailed(.nothingToWithdraw)
        let message = LocalStakingMessage.with { $0.withdrawRewards.validator = chain.text(chain.alice) }
        try chain.harness.when(message, from: chain.alice).thenFailed(.wrongAddressPrefix)
        try chain.finish()
        let bare = try LocalChain()
        try bare.withdraw(from: 0, by: bare.alice).thenFailed(.noRewards)
    }

    @Test("that an account withdraws for its own stake do not concern the instance")
    func ignoresOthers() throws {
        let chain = try chain()
        let message = RewardsMessage.with { $0.withdraw.validator = chain.operatorText(0) }
        let outcome = try chain.harness.when(message, to: Rewards.self, from: chain.people[2]).thenSucceeded()
        #expect(outcome.emitted.isEmpty)
        try chain.finish()
    }
}
