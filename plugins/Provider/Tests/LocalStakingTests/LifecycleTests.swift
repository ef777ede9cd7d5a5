import Bank
import BankEvents
import LocalStaking
import LocalStakingEvents
import ModuleKit
import ModuleTesting
import NativeStaking
import StakingEvents
import Testing
import Vault
import VaultEvents

@Suite("Staking collateral on its own chain")
struct LifecycleTests {
    @Test(
        "Bond, stake, unstake, wait, release and unbond, with the figures of the reference's local_staking transcript"
    )
    func followsTranscript() throws {
        let chain = try LocalChain()
        let alice = chain.alice
        try chain.bond(1_000, from: alice).thenSucceeded()
        try chain.stake(400, at: 0, from: alice).thenSucceeded()
        try chain.stake(100, at: 1, from: alice).thenSucceeded()
        try chain.stake(1, at: 9, from: alice).thenFailed(.validatorNotFound)
        try chain.stake(501, at: 1, from: alice).thenFailed(.insufficientCollateral)
        try chain.stake(1, at: 1, from: chain.bob).thenFailed(.insufficientCollateral)
        try chain.finish()
        var account = try chain.vaultAccount(of: alice)
        #expect(account.free.low == "500" && account.free.high == "500")
        #expect(account.maxLien.high == "500")
        #expect(account.totalSlashable.high == "100")
        #expect(try chain.worth(of: alice, at: 0) == "400")

        try chain.unstake(150, from: 0, by: alice).thenSucceeded()
        // Nothing has come back yet: a release of nothing succeeds.
        try chain.release(by: alice).thenEmittedNothing()
        #expect(try chain.stakes(of: alice) == [0: ["250", "150", "0", "0"], 1: ["100", "0", "0", "0"]])
        try chain.finish(after: 99)
        #expect(try chain.account(of: alice).unbonding == "150")
        try chain.finish(after: 1)
        try chain.finish()
        #expect(try chain.account(of: alice).returned == "150")
        // It is part of the lien until it is released.
        #expect(try chain.vaultAccount(of: alice).free.low == "500")
        try chain.release(by: alice).thenSucceeded()
        account = try chain.vaultAccount(of: alice)
        #expect(account.free.low == "650")
        #expect(account.maxLien.high == "350")
        try chain.unbond(651, from: alice).thenFailed(.collateralLocked)
        try chain.unbond(650, from: alice).thenSucceeded()
        try chain.restake(50, from: 0, to: 1, by: alice).thenSucceeded()
        #expect(try chain.stakes(of: alice) == [0: ["200", "0", "0", "0"], 1: ["150", "0", "0", "0"]])
        #expect(try chain.worth(of: alice, at: 1) == "150")
        try chain.finish()
        #expect(try chain.balance(of: alice) == "9999650")
    }

    @Test("A lien is accepted, committed and staked in one event, by the sub-account of the owner")
    func takesLien() throws {
        let chain = try LocalChain()
        try chain.bond(1_000, from: chain.alice)
        let outcome = try chain.stake(400, at: 0, from: chain.alice).thenSucceeded()
        let taken = try #require(outcome.emitted.last?.lienTaken)
        #expect(taken.owner == chain.text(chain.alice))
        #expect(taken.slashable == "0.2")
        let delegated = outcome.events.of(StakingEvent.self).compactMap { event -> StakingDelegated? in
            guard case .delegated(let delegated) = event.event else { return nil }
            return delegated
        }
        #expect(delegated.map(\.delegator) == [try chain.account(of: chain.alice).subAccount])
        #expect(delegated.map(\.subAccount.owner) == [chain.text(chain.alice)])
        let kinds = outcome.events.of(VaultEvent.self).map { event -> String in
            switch event.event {
            case .lienRequested: "requested"
            case .lienAccepted: "accepted"
            case .lienCommitted: "committed"
            default: "other"
            }
        }
        #expect(kinds == ["requested", "accepted", "committed"])
        #expect(try chain.balance(of: StakingOrders.accountAddress) == "0")
        try chain.finish()
    }

    @Test("The stake of one user is apart from that of another with the same validator")
    func keepsUsersApart() throws {
        let chain = try LocalChain()
        for (person, amount) in [(chain.alice, 300), (chain.bob, 200)] as [(Address, UInt64)] {
            try chain.bond(1_000, from: person)
            try chain.stake(amount, at: 0, from: person).thenSucceeded()
        }
        try chain.unstake(201, from: 0, by: chain.bob).thenFailed(.stakeTooSmall)
        try chain.unstake(200, from: 0, by: chain.bob).thenSucceeded()
        try chain.finish(after: 100)
        try chain.finish()
        #expect(try chain.account(of: chain.alice).returned == "0")
        try chain.release(by: chain.alice).thenEmittedNothing()
        #expect(try chain.account(of: chain.bob).returned == "200")
        try chain.release(by: chain.bob).thenSucceeded()
        #expect(try chain.account(of: chain.bob).stakes.isEmpty)
        #expect(try chain.vaultAccount(of: chain.bob).free.low == "1000")
        try chain.finish()
    }

    @Test("Stake comes back at once from a validator that is unbonded")
    func returnsAtOnce() throws {
        let chain = try LocalChain(validators: 3, params: [("max_validators", "2")])
        let idle = try #require(
            (0..<3).first { number in
                (try? chain.harness.query(
                    .with { $0.validator.operator = chain.operatorText(number) },
                    of: NativeStaking.self
                ).validator.stake.status) == .unbonded
            }
        )
        try chain.bond(1_000, from: chain.alice)
        try chain.stake(400, at: idle, from: chain.alice).thenSucceeded()
        try chain.unstake(150, from: idle, by: chain.alice).thenSucceeded()
        #expect(try chain.stakes(of: chain.alice) == [idle: ["250", "0", "150", "0"]])
        try chain.release(by: chain.alice).thenSucceeded()
        #expect(try chain.lien(of: chain.alice) == "250")
        try chain.finish()
    }

    @Test("Coins that vest can be bonded and staked, and still vest when they come back")
    func servesVestingAccounts() throws {
        let alice = Address.named("alice")
        let vesting: JSONValue = [
            "@type": "/cosmos.vesting.v1beta1.DelayedVestingAccount",
            "base_vesting_account": [
                "base_account": [
                    "address": .string(try alice.text(prefix: "cosmos")), "pub_key": .null, "account_number": "0",
                    "sequence": "0",
                ],
                "original_vesting": [["denom": "stake", "amount": "10000000"]], "delegated_free": [],
                "delegated_vesting": [], "end_time": "4000000000",
            ],
        ]
        let chain = try LocalChain(accounts: [vesting])
        func spendable() throws -> String {
            let query = BankQuery.with {
                $0.spendableBalance.address = chain.text(alice)
                $0.spendableBalance.denom = "stake"
                $0.spendableBalance.timeSeconds = 2_000_000_000
            }
            return try chain.harness.query(query, of: Bank.self).spendableBalance.spendable.amount
        }
        #expect(try spendable() == "0")
        try chain.bond(1_000, from: alice).thenSucceeded()
        try chain.stake(1_000, at: 0, from: alice).thenSucceeded()
        try chain.unstake(1_000, from: 0, by: alice).thenSucceeded()
        try chain.finish(after: 100)
        try chain.finish()
        try chain.release(by: alice).thenSucceeded()
        try chain.unbond(1_000, from: alice).thenSucceeded()
        try chain.finish()
        #expect(try chain.balance(of: alice) == "10000000")
        #expect(try spendable() == "0")
    }

    @Test("Rules of native staking hold: no second move of what has just moved, no more entries than allowed")
    func keepsStakingRules() throws {
        let chain = try LocalChain(params: [("max_entries", "2")])
        try chain.bond(1_000, from: chain.alice)
        try chain.stake(400, at: 0, from: chain.alice)
        try chain.restake(100, from: 0, to: 1, by: chain.alice).thenSucceeded()
        try chain.restake(1, from: 1, to: 2, by: chain.alice).thenFailed(.transitiveRedelegation)
        try chain.restake(1, from: 0, to: 0, by: chain.alice).thenFailed(.selfRedelegation)
        try chain.restake(1, from: 0, to: 9, by: chain.alice).thenFailed(.redelegationDestinationNotFound)
        for _ in 0..<2 {
            try chain.unstake(1, from: 0, by: chain.alice).thenSucceeded()
            try chain.finish()
        }
        try chain.unstake(1, from: 0, by: chain.alice).thenFailed(.tooManyUnbondingEntries)
        try chain.finish()
    }

    @Test("At most 32 entries unbond for one user and validator, even where staking allows more")
    func limitsUnbondings() throws {
        let chain = try LocalChain(params: [("max_entries", "100"), ("unbonding_time", "100000s")])
        try chain.bond(1_000, from: chain.alice)
        try chain.stake(400, at: 0, from: chain.alice)
        for _ in 0..<LocalStaking.unbondingsMax {
            try chain.unstake(1, from: 0, by: chain.alice).thenSucceeded()
            try chain.finish()
        }
        try chain.unstake(1, from: 0, by: chain.alice).thenFailed(.tooManyUnbondings)
    }

    @Test("A user has stake with at most 64 validators; what came back counts until it is released")
    func limitsValidators() throws {
        let chain = try LocalChain(validators: 66)
        try chain.bond(1_000, from: chain.alice)
        for number in 0..<LocalStaking.validatorsMax {
            try chain.stake(1, at: number, from: chain.alice).thenSucceeded()
        }
        try chain.stake(1, at: 64, from: chain.alice).thenFailed(.tooManyValidators)
        try chain.restake(1, from: 0, to: 64, by: chain.alice).thenFailed(.tooManyValidators)
        try chain.stake(1, at: 63, from: chain.alice).thenSucceeded()
        try chain.unstake(1, from: 0, by: chain.alice).thenSucceeded()
        try chain.finish(after: 100)
        try chain.finish()
        try chain.stake(1, at: 64, from: chain.alice).thenFailed(.tooManyValidators)
        try chain.release(by: chain.alice).thenSucceeded()
        try chain.stake(1, at: 64, from: chain.alice).thenSucceeded()
        try chain.finish()
    }
}
