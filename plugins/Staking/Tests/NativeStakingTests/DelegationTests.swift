import ModuleKit
import ModuleTesting
import NativeStaking
import StakingEvents
import StakingTesting
import Testing

@Suite("Delegating")
struct DelegationTests {
    @Test("A validator is created with its own delegation, and is active at the end of the block")
    func createsValidator() throws {
        let chain = try StakingChain.fresh()
        try chain.addValidators([5_000_000])
        let stake = try chain.stake(of: 0)
        #expect(stake.status == .bonded)
        #expect(stake.tokens == "5000000")
        #expect(stake.shares == "5000000.000000000000000000")
        #expect(chain.updates == [ValidatorUpdate(publicKey: Account.key(0), power: 5)])
        #expect(try chain.balance(of: Account.validator(0)) == 995_000_000)
        #expect(try chain.balance(of: StakingPool.bonded.address) == 5_000_000)
        #expect(try chain.violations() == [])
    }

    @Test("Delegated coins lie in the pool of bonded validators, and raise the power at the end of the block")
    func delegates() throws {
        let chain = try StakingChain.fresh()
        try chain.addValidators([5_000_000])
        try chain.block { try chain.send(.delegate(2_500_000, to: 0), from: Account.user(0)) }
        #expect(chain.updates == [ValidatorUpdate(publicKey: Account.key(0), power: 7)])
        #expect(try chain.delegation(of: Account.user(0), at: 0).balance == .stake(2_500_000))
        #expect(try chain.balance(of: StakingPool.bonded.address) == 7_500_000)
        #expect(try chain.violations() == [])
    }

    @Test("The bank vetoes a delegation of more than the delegator has, and nothing is recorded")
    func bankVetoes() throws {
        let chain = try StakingChain.fresh()
        try chain.addValidators([5_000_000])
        try chain.block {
            let before = chain.execution.events.entries.count
            let error = #expect(throws: ModuleError.self) {
                try chain.send(.delegate(1_000_000_001, to: 0), from: Account.user(0))
            }
            #expect(error?.codespace == "bank")
            #expect(chain.execution.events.entries.count == before)
        }
        #expect(throws: ModuleError.self) { try chain.delegation(of: Account.user(0), at: 0) }
        #expect(try chain.violations() == [])
    }

    @Test("Delegations of zero, of another denomination, or to nobody are refused")
    func refusesDelegations() throws {
        let chain = try StakingChain.fresh()
        try chain.addValidators([5_000_000])
        try chain.block {
            try chain.expectRefusal(.notBondCoin, of: .delegate(0, to: 0), from: Account.user(0))
            var other = StakingMessage.delegate(5, to: 0)
            other.delegate.amount.denom = "atom"
            try chain.expectRefusal(.notBondCoin, of: other, from: Account.user(0))
            try chain.expectRefusal(.validatorNotFound, of: .delegate(5, to: 1), from: Account.user(0))
            var malformed = StakingMessage.delegate(5, to: 0)
            malformed.delegate.validator = Account.text(Account.validator(0))
            try chain.expectRefusal(.wrongAddressPrefix, of: malformed, from: Account.user(0))
            malformed = .delegate(5, to: 0)
            malformed.delegate.amount.amount = "-5"
            try chain.expectRefusal(.invalidAmount, of: malformed, from: Account.user(0))
        }
    }

    @Test("Unbonding coins change the pool at once, and are paid out when the unbonding time is over, not before")
    func undelegates() throws {
        let chain = try StakingChain.fresh(["unbonding_time": "100s"])
        try chain.addValidators([5_000_000])
        try chain.block { try chain.send(.delegate(2_500_000, to: 0), from: Account.user(0)) }
        try chain.block { try chain.send(.undelegate(1_500_000, from: 0), from: Account.user(0)) }
        #expect(try chain.balance(of: StakingPool.notBonded.address) == 1_500_000)
        #expect(try chain.balance(of: Account.user(0)) == 997_500_000)
        let entry = try #require(try chain.unbondings(of: Account.user(0)).first?.entries.first)
        #expect(entry.balance == "1500000")
        #expect(entry.creationHeight == 3)
        #expect(entry.completionTimeNanoseconds == chain.time.nanoseconds + 100_000_000_000)

        try chain.block(after: 99)
        #expect(try chain.balance(of: Account.user(0)) == 997_500_000)
        try chain.block(after: 1)
        #expect(try chain.balance(of: Account.user(0)) == 999_000_000)
        #expect(try chain.balance(of: StakingPool.notBonded.address) == 0)
        #expect(try chain.unbondings(of: Account.user(0)).isEmpty)
        #expect(try chain.violations() == [])
    }

    @Test("More than the delegation is refused, and so is more than max_entries at a time; one block is one entry")
    func refusesUndelegations() throws {
        let chain = try StakingChain.fresh(["unbonding_time": "100s", "max_entries": "2"])
        try chain.addValidators([5_000_000])
        try chain.block { try chain.send(.delegate(1_000, to: 0), from: Account.user(0)) }
        try chain.block {
            try chain.expectRefusal(.delegationTooSmall, of: .undelegate(1_001, from: 0), from: Account.user(0))
            try chain.expectRefusal(.delegationNotFound, of: .undelegate(1, from: 0), from: Account.user(1))
            try chain.expectRefusal(.validatorNotFound, of: .undelegate(1, from: 3), from: Account.user(0))
            try chain.send(.undelegate(1, from: 0), from: Account.user(0))
            try chain.send(.undelegate(1, from: 0), from: Account.user(0))
        }
        try chain.block { try chain.send(.undelegate(1, from: 0), from: Account.user(0)) }
        let entries = try chain.unbondings(of: Account.user(0)).first?.entries.map(\.balance)
        #expect(entries == ["2", "1"])
        try chain.block {
            try chain.expectRefusal(.tooManyUnbondingEntries, of: .undelegate(1, from: 0), from: Account.user(0))
        }
        try chain.block(after: 100)
        try chain.block { try chain.send(.undelegate(1, from: 0), from: Account.user(0)) }
        #expect(try chain.violations() == [])
    }

    @Test("Coins come back at once from an unbonded validator, which is gone with its last share")
    func undelegatesAtOnce() throws {
        let chain = try StakingChain.fresh(["max_validators": "1"])
        try chain.addValidators([5_000_000, 3_000_000])
        try chain.block { try chain.send(.delegate(1_000, to: 1), from: Account.user(0)) }
        #expect(try chain.stake(of: 1).status == .unbonded)
        try chain.block {
            try chain.send(.undelegate(1_000, from: 1), from: Account.user(0))
            #expect(try chain.balance(of: Account.user(0)) == 1_000_000_000)
            try chain.send(.undelegate(3_000_000, from: 1), from: Account.validator(1))
        }
        #expect(throws: ModuleError.self) { try chain.stake(of: 1) }
        #expect(try chain.balance(of: Account.validator(1)) == 1_000_000_000)
        #expect(try chain.violations() == [])
        try chain.block { try chain.send(.createValidator(1, 10), from: Account.validator(1)) }
    }

    @Test("An unbonding can be taken back, in part or in whole, while it lasts")
    func cancelsUnbonding() throws {
        let chain = try StakingChain.fresh(["unbonding_time": "100s"])
        try chain.addValidators([5_000_000])
        try chain.block { try chain.send(.delegate(1_000, to: 0), from: Account.user(0)) }
        try chain.block { try chain.send(.undelegate(800, from: 0), from: Account.user(0)) }
        try chain.block {
            try chain.expectRefusal(
                .unbondingNotFound,
                of: .cancelUnbonding(1, from: 0, since: 4),
                from: Account.user(0)
            )
            try chain.expectRefusal(
                .delegationTooSmall,
                of: .cancelUnbonding(801, from: 0, since: 3),
                from: Account.user(0)
            )
            try chain.send(.cancelUnbonding(300, from: 0, since: 3), from: Account.user(0))
        }
        #expect(try chain.delegation(of: Account.user(0), at: 0).balance == .stake(500))
        #expect(try chain.unbondings(of: Account.user(0)).first?.entries.first?.balance == "500")
        try chain.block { try chain.send(.cancelUnbonding(500, from: 0, since: 3), from: Account.user(0)) }
        #expect(try chain.unbondings(of: Account.user(0)).isEmpty)
        #expect(try chain.violations() == [])
        try chain.block(after: 200)
        #expect(try chain.balance(of: Account.user(0)) == 999_999_000)
        #expect(try chain.violations() == [])
    }

    @Test("An instance stakes its own coins by an event, and only a privileged kind takes them back at once")
    func carriesOutOrders() throws {
        let chain = try StakingChain.fresh()
        try chain.addValidators([5_000_000])
        let validator = Account.operatorText(Account.validator(0))
        try chain.block {
            try chain.probe(
                .with {
                    $0.staked.validator = validator
                    $0.staked.amount = .stake(700)
                }
            )
        }
        #expect(try chain.balance(of: ProbeEvent.address) == 999_999_300)
        #expect(try chain.delegation(of: ProbeEvent.address, at: 0).balance == .stake(700))
        try chain.block {
            try chain.probe(
                .with {
                    $0.unstaked.validator = validator
                    $0.unstaked.amount = .stake(100)
                }
            )
            try chain.probe(
                .with {
                    $0.unstakedAtOnce.validator = validator
                    $0.unstakedAtOnce.amount = .stake(200)
                }
            )
        }
        #expect(try chain.balance(of: ProbeEvent.address) == 999_999_500)
        try chain.block {
            let error = #expect(throws: ModuleError.self) {
                try chain.probe(
                    .with {
                        $0.presumptuous.validator = validator
                        $0.presumptuous.amount = .stake(200)
                    }
                )
            }
            #expect(error?.code == .instanceNotAllowed)
        }
        #expect(try chain.unbondings(of: ProbeEvent.address).first?.entries.first?.balance == "100")
        #expect(try chain.violations() == [])
    }
}
