import Bank
import BankEvents
import ConverterEvents
import ModuleKit
import ModuleTesting
import RewardsEvents
import Testing
import VirtualStaking
import VirtualStakingEvents

@Suite("Rewards of virtual stake")
struct CollectionTests {
    @Test("are collected at each epoch, validator by validator, before any stake moves, and go to the converter")
    func epoch() throws {
        let chain = try StakeChain.earning()
        for _ in 0..<4 { try chain.next() }
        try chain.pledge(5000, to: 0)
        let outcome = try chain.nextEpoch()
        let collected = outcome.began.collected
        try #require(collected.map(\.validator) == (0..<3).map { Account.validators[$0].operatorText })
        #expect(collected.allSatisfy { $0.amount > 0 })
        // In proportion to the stake, but for rounding.
        #expect(abs(Int(collected[1].amount) - Int(collected[0].amount) * 2) <= 200)
        #expect(try chain.passedOn == collected.reduce(0) { $0 + $1.amount })
        let kinds = outcome.began.kinds
        let (lastCollected, firstBonded) = (kinds.lastIndex(of: "rewards_collected"), kinds.firstIndex(of: "bonded"))
        #expect(try #require(lastCollected) < #require(firstBonded))
        for number in 0..<3 { #expect(try chain.earned(at: number) == 0) }
    }

    @Test("D14: a withdrawal that fails holds back no other, wherever it stands", arguments: 0..<3)
    func oneFails(bad: Int) throws {
        let name = Account.validators[bad].operatorText
        let obstacle = FailingNeighbour<VirtualStakingEvent> { event in
            if case .rewardsOrdered(let event) = event.event { event.validator == name } else { false }
        }
        let chain = try StakeChain.earning(followers: [obstacle])
        let outcome = try chain.nextEpoch()
        #expect(outcome.began.failedCollections == [name])
        #expect(
            outcome.began.collected.map(\.validator)
                == (0..<3).filter { $0 != bad }.map { Account.validators[$0].operatorText }
        )
        let left = try chain.earned(at: bad)
        #expect(left > 0)
        // It stays owed, and no validator is collected from twice.
        let next = try chain.nextEpoch()
        #expect(next.began.collected.count == 2)
        #expect(try chain.earned(at: bad) > left)
    }

    @Test("D15: coins that lie at the instance's address are no rewards, and stay where they are")
    func strayCoins() throws {
        let chain = try StakeChain.earning()
        let address = try chain.harness.identity.address
        let message = BankMessage.with {
            $0.send.toAddress = address.text
            $0.send.amount = [.stake(77)]
        }
        try chain.harness.when(message, to: Bank.self, from: Account.user).thenSucceeded()
        // `check` holds that nothing lies at the instance's address: not here.
        var collected: UInt64 = 0
        for _ in 0..<5 { collected += try chain.harness.nextBlock().began.collected.reduce(0) { $0 + $1.amount } }
        #expect(collected > 0)
        #expect(try chain.passedOn == collected)
        #expect(try chain.balance(address) == 77)
    }

    @Test("D15: what stake has earned that a validator has lost since is collected for that validator")
    func inactiveValidator() throws {
        let chain = try StakeChain.earning()
        for _ in 0..<2 { try chain.next() }
        try chain.punish(chain.jail(1))
        let owed = try chain.earned(at: 1)
        #expect(try owed > 0 && chain.minted(3)[1] == 0)
        #expect(try chain.collection.formerValidators == [Account.validators[1].operatorText])
        let outcome = try chain.nextEpoch()
        let part = outcome.began.collected.first { $0.validator == Account.validators[1].operatorText }
        #expect(part?.amount == owed)
        #expect(try chain.collection.formerValidators.isEmpty)
        // It has no stake any more, and is not asked again.
        #expect(try chain.nextEpoch().began.collected.count == 2)
    }

    @Test("D16: a validator that was slashed and not jailed goes on being collected from")
    func slashed() throws {
        let chain = try StakeChain.earning()
        try chain.punish(try chain.slash(2, "0.01"))
        for _ in 0..<2 {
            let names = try chain.nextEpoch().began.collected.map(\.validator)
            #expect(names.contains(Account.validators[2].operatorText) && names.count == 3)
        }
    }

    @Test("are collected in the block in which the pairing ends or the grant goes", arguments: [true, false])
    func ending(byRevocation: Bool) throws {
        let chain = try StakeChain.earning()
        for _ in 0..<3 { try chain.next() }
        if byRevocation {
            try chain.revoke()
        } else {
            try chain.record(.with { $0.closed.virtualStaking = 1 }).thenSucceeded()
        }
        #expect(try chain.minted(3) == [0, 0, 0])
        let owed = try (0..<3).map { try chain.earned(at: $0) }
        #expect(owed.allSatisfy { $0 > 0 })
        let outcome = try chain.next()
        #expect(outcome.ended.collected.map(\.amount) == owed)
        #expect(try chain.passedOn == owed.reduce(0, +))
        #expect(try !chain.collection.hasCollection && chain.collection.formerValidators.isEmpty)
        #expect(try chain.nextEpoch().began.collected.isEmpty)
    }

    @Test("stay owed while the converter names another virtual staking, and are collected after that")
    func unpaired() throws {
        let chain = try StakeChain.earning()
        try chain.record(.named("somebody")).thenSucceeded()
        let outcome = try chain.nextEpoch(toleratingFailures: true)
        #expect(outcome.began.collected.isEmpty)
        let owed = try chain.earned(at: 2)
        #expect(owed > 0)
        try chain.record(.named("virtual-staking")).thenSucceeded()
        #expect(try chain.nextEpoch().began.collected.count == 3)
        #expect(try chain.passedOn > owed)
    }

    @Test("of another denomination go to the community pool")
    func otherDenominations() throws {
        let chain = try StakeChain.earning()
        // Rewards are of `reward` now, and what is earned is not.
        try chain.record(
            .with {
                $0.configured.settings.virtualStaking = "virtual-staking"
                $0.configured.settings.discount = "fresh"
                $0.configured.settings.rewards.denom = "reward"
            }
        ).thenSucceeded()
        let outcome = try chain.nextEpoch()
        let given = outcome.began.of(VirtualStakingEvent.self).compactMap { event in
            if case .otherRewardsGiven(let given) = event.event { given.coins.first?.amount } else { nil }
        }
        let funded = outcome.began.of(RewardsEvent.self).compactMap { event in
            if case .communityPoolFunded(let funded) = event.event { funded.amount.first?.amount } else { nil }
        }
        #expect(given.count == 1 && given == funded)
        #expect(try chain.passedOn == 0 && chain.collection.others.isEmpty)
    }

    @Test("that the community pool refuses wait, and are counted; genesis keeps them and what is still to be collected")
    func refusedByPool() throws {
        let obstacle = FailingNeighbour<RewardsEvent> { event in
            if case .communityPoolFunded = event.event { true } else { false }
        }
        let chain = try StakeChain.earning(followers: [obstacle])
        var settings = ConverterEvent.named("virtual-staking")
        settings.configured.settings.rewards.denom = "reward"
        try chain.record(settings).thenSucceeded()
        // `check` holds that nothing lies at the instance's address: not here.
        var failed: [String] = []
        for _ in 0..<5 { failed += try chain.harness.nextBlock().began.failedCollections }
        #expect(failed == [""])
        let others = try chain.collection.others
        let address = try chain.harness.identity.address
        #expect(try others.map(\.amount) == ["\(chain.balance(address))"])
        try chain.harness.when(revoking: .mintVirtualStake).thenSucceeded()
        let section = try #require(try chain.exportAll()["virtual-staking:1"].optional?.required())
        let rewards = JSONField(section)["rewards"]
        #expect(try rewards["former_validators"].array().count == 3)
        #expect(try rewards["collection"]["next"].string().isEmpty && rewards["others"].coins().count == 1)
        let copy = try StakeChain(
            importing: ["virtual-staking:1": section, "bank": try chain.exportAll()["bank"].required()],
            pledges: [0, 0, 0]
        )
        #expect(try copy.collection == chain.collection)
    }
}
