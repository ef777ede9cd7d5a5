import ModuleKit
import ModuleTesting
import StakingEvents
import Testing

@Suite("Redelegating")
struct RedelegationTests {
    /// Three validators, the last of which is not active, and a delegation of 1000 at the first.
    private func chain(_ params: JSONValue = ["unbonding_time": "100s", "max_validators": "2", "max_entries": "2"])
        throws -> StakingChain
    {
        let chain = try StakingChain.fresh(params)
        try chain.addValidators([5_000_000, 4_000_000, 3_000_000])
        try chain.block { try chain.send(.delegate(1_000, to: 0), from: Account.user(0)) }
        return chain
    }

    @Test("Coins go to the other validator at once, and answer for the source until the unbonding time is over")
    func redelegates() throws {
        let chain = try chain()
        try chain.block { try chain.send(.redelegate(600, from: 0, to: 1), from: Account.user(0)) }
        #expect(try chain.delegation(of: Account.user(0), at: 0).balance == .stake(400))
        #expect(try chain.delegation(of: Account.user(0), at: 1).balance == .stake(600))
        let query = StakingQuery.with { $0.redelegations.delegator = Account.text(Account.user(0)) }
        let record = try #require(try chain.ask(query).redelegations.records.first)
        #expect(record.entries.map(\.initialBalance) == ["600"])
        #expect(record.entries.map(\.destinationShares) == ["600.000000000000000000"])
        #expect(try chain.violations() == [])
        try chain.block(after: 100)
        #expect(try chain.ask(query).redelegations.records.isEmpty)
        #expect(try chain.violations() == [])
    }

    @Test("Coins that came by a redelegation can't be redelegated on before it is complete")
    func refusesTransitive() throws {
        let chain = try chain()
        try chain.block { try chain.send(.redelegate(600, from: 0, to: 1), from: Account.user(0)) }
        try chain.block {
            try chain.expectRefusal(.transitiveRedelegation, of: .redelegate(1, from: 1, to: 0), from: Account.user(0))
            // Another delegator's coins at the same validator are free.
            try chain.send(.delegate(10, to: 1), from: Account.user(1))
            try chain.send(.redelegate(10, from: 1, to: 0), from: Account.user(1))
        }
        try chain.block(after: 100)
        try chain.block { try chain.send(.redelegate(1, from: 1, to: 0), from: Account.user(0)) }
        #expect(try chain.violations() == [])
    }

    @Test("One validator as source and destination, no destination, too much, and too many at a time are refused")
    func refuses() throws {
        let chain = try chain()
        try chain.block {
            try chain.expectRefusal(.selfRedelegation, of: .redelegate(1, from: 0, to: 0), from: Account.user(0))
            try chain.expectRefusal(
                .redelegationDestinationNotFound,
                of: .redelegate(1, from: 0, to: 7),
                from: Account.user(0)
            )
            try chain.expectRefusal(.validatorNotFound, of: .redelegate(1, from: 7, to: 0), from: Account.user(0))
            try chain.expectRefusal(.delegationTooSmall, of: .redelegate(1_001, from: 0, to: 1), from: Account.user(0))
        }
        for _ in 0..<2 { try chain.block { try chain.send(.redelegate(1, from: 0, to: 1), from: Account.user(0)) } }
        try chain.block {
            try chain.expectRefusal(
                .tooManyRedelegationEntries,
                of: .redelegate(1, from: 0, to: 1),
                from: Account.user(0)
            )
            try chain.send(.redelegate(1, from: 0, to: 2), from: Account.user(0))
        }
        #expect(try chain.violations() == [])
    }

    @Test("Between a bonded and an unbonded validator the coins change the pool; from an unbonded one nothing is kept")
    func changesPools() throws {
        let chain = try chain()
        try chain.block { try chain.send(.redelegate(600, from: 0, to: 2), from: Account.user(0)) }
        #expect(try chain.balance(of: StakingPool.notBonded.address) == 3_000_600)
        try chain.block(after: 100)
        try chain.block { try chain.send(.redelegate(600, from: 2, to: 1), from: Account.user(0)) }
        #expect(try chain.balance(of: StakingPool.notBonded.address) == 3_000_000)
        let query = StakingQuery.with { $0.redelegations.delegator = Account.text(Account.user(0)) }
        #expect(try chain.ask(query).redelegations.records.isEmpty)
        #expect(try chain.violations() == [])
    }

    @Test("From a validator that is unbonding, coins answer as long as the validator does")
    func followsUnbondingValidator() throws {
        let chain = try chain()
        try chain.block { try chain.send(.delegate(3_000_000, to: 2), from: Account.user(1)) }
        #expect(try chain.stake(of: 1).status == .unbonding)
        let end = try chain.stake(of: 1).unbondingTimeNanoseconds
        try chain.block { try chain.send(.delegate(50, to: 1), from: Account.user(1)) }
        try chain.block { try chain.send(.redelegate(50, from: 1, to: 0), from: Account.user(1)) }
        let query = StakingQuery.with { $0.redelegations.delegator = Account.text(Account.user(1)) }
        let entry = try #require(try chain.ask(query).redelegations.records.first?.entries.first)
        #expect(entry.completionTimeNanoseconds == end)
        #expect(entry.creationHeight == 3)
        #expect(try chain.violations() == [])
    }
}
