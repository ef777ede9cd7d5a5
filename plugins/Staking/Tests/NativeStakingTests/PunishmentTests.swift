import ModuleKit
import ModuleTesting
import StakingEvents
import Testing

@Suite("Punishing")
struct PunishmentTests {
    private func chain() throws -> StakingChain {
        let chain = try StakingChain.fresh(["unbonding_time": "100s"])
        try chain.addValidators([5_000_000, 4_000_000])
        return chain
    }

    @Test("A jailed validator leaves the active set, and comes back by itself when its time is over")
    func jails() throws {
        let chain = try chain()
        let until = chain.time.nanoseconds + 60_000_000_000
        try chain.block { try chain.probe(.jail(0, until: until)) }
        #expect(try chain.activeSet() == ["validator 1: 4"])
        #expect(chain.updates == [ValidatorUpdate(publicKey: Account.key(0), power: 0)])
        #expect(try chain.stake(of: 0).status == .unbonding)
        try chain.block {
            try chain.expectRefusal(.jailTimeNotOver, of: .unjail, from: Account.validator(0))
            try chain.expectRefusal(.validatorNotJailed, of: .unjail, from: Account.validator(1))
        }
        try chain.block(after: 60) { try chain.send(.unjail, from: Account.validator(0)) }
        #expect(try chain.activeSet() == ["validator 0: 5", "validator 1: 4"])
        #expect(try chain.violations() == [])
    }

    @Test("A tombstoned validator never returns, not even by the slashing instance")
    func tombstones() throws {
        let chain = try chain()
        try chain.block {
            try chain.probe(.jail(0))
            try chain.probe(.tombstone(0))
            try chain.expectRefusal(.validatorTombstoned, of: .unjail, from: Account.validator(0))
            #expect(throws: ModuleError.self) { try chain.probe(.unjail(0)) }
        }
        #expect(try chain.activeSet() == ["validator 1: 4"])
        #expect(try chain.stake(of: 0).isTombstoned)
    }

    @Test("Only the instance that the settings name can punish, and only under the grant of staking/punish")
    func needsAuthority() throws {
        let chain = try StakingChain(["bank": ["balances": []]], configuration: ["slashing": "another"])
        let error = #expect(throws: ModuleError.self) { try chain.block { try chain.probe(.jail(0)) } }
        #expect(error?.code == .instanceNotAllowed)

        let granted = try self.chain()
        granted.withheld = [.punish]
        try granted.block {
            let error = #expect(throws: ModuleError.self) { try granted.probe(.jail(0)) }
            #expect(error?.code == .notGranted)
        }
        #expect(try !granted.stake(of: 0).isJailed)
    }

    @Test("A slash burns the fraction of the power at the infraction; a share is then worth less than a token")
    func slashes() throws {
        let chain = try chain()
        try chain.block { try chain.send(.delegate(5_000_000, to: 0), from: Account.user(0)) }
        try chain.block { try chain.probe(.slash(0, "0.1", since: chain.height, power: 10)) }
        #expect(try chain.stake(of: 0).tokens == "9000000")
        #expect(try chain.stake(of: 0).shares == "10000000.000000000000000000")
        #expect(try chain.delegation(of: Account.user(0), at: 0).balance == .stake(4_500_000))
        #expect(try chain.balance(of: StakingPool.bonded.address) == 13_000_000)
        #expect(chain.updates == [ValidatorUpdate(publicKey: Account.key(0), power: 9)])
        try chain.block { try chain.send(.delegate(900, to: 0), from: Account.user(1)) }
        #expect(try chain.delegation(of: Account.user(1), at: 0).shares == "1000.000000000000000000")
        #expect(try chain.violations() == [])
    }

    @Test("Coins that left after the infraction pay their fraction, those that left before don't")
    func slashesUnbondings() throws {
        let chain = try chain()
        try chain.block { try chain.send(.delegate(3_000_000, to: 0), from: Account.user(0)) }
        try chain.block { try chain.send(.undelegate(1_000_000, from: 0), from: Account.user(0)) }
        let infraction = chain.height + 1
        try chain.block()
        try chain.block { try chain.send(.undelegate(1_000_000, from: 0), from: Account.user(0)) }
        try chain.block { try chain.probe(.slash(0, "0.5", since: infraction, power: 7)) }
        let entries = try #require(try chain.unbondings(of: Account.user(0)).first?.entries)
        #expect(entries.map(\.balance) == ["1000000", "500000"])
        // 3.5 of 7 in all: 0.5 from what was unbonding, the rest from the validator.
        #expect(try chain.stake(of: 0).tokens == "3000000")
        #expect(try chain.violations() == [])
        try chain.block(after: 100)
        #expect(try chain.balance(of: Account.user(0)) == 998_500_000)
        #expect(try chain.violations() == [])
    }

    @Test("Redelegated coins pay at the destination: from what is unbonding there first, then from the delegation")
    func slashesRedelegations() throws {
        let chain = try chain()
        try chain.block { try chain.send(.delegate(2_000_000, to: 0), from: Account.user(0)) }
        let infraction = chain.height + 1
        try chain.block { try chain.send(.redelegate(2_000_000, from: 0, to: 1), from: Account.user(0)) }
        try chain.block { try chain.send(.undelegate(400_000, from: 1), from: Account.user(0)) }
        try chain.block { try chain.probe(.slash(0, "0.5", since: infraction, power: 7)) }
        #expect(try chain.unbondings(of: Account.user(0)).first?.entries.map(\.balance) == ["0"])
        // As in the Cosmos SDK, the delegation loses the fraction of the redelegated shares besides.
        #expect(try chain.delegation(of: Account.user(0), at: 1).balance == .stake(600_000))
        #expect(try chain.stake(of: 0).tokens == "2500000")
        #expect(try chain.stake(of: 1).tokens == "4600000")
        #expect(try chain.violations() == [])
    }

    @Test("A slash takes at most all; shares of nothing can't be bought, and can be given back for nothing")
    func slashesAll() throws {
        let chain = try chain()
        try chain.block { try chain.probe(.slash(0, "1", since: chain.height, power: 900)) }
        #expect(try chain.stake(of: 0).tokens == "0")
        #expect(try chain.activeSet() == ["validator 1: 4"])
        try chain.block {
            try chain.expectRefusal(.sharesWorthless, of: .delegate(10, to: 0), from: Account.user(0))
            try chain.expectRefusal(.sharesWorthless, of: .undelegate(10, from: 0), from: Account.validator(0))
        }
        #expect(try chain.violations() == [])
    }

    @Test(
        "More than all, and an infraction in the future, are refused; unbonded and unknown validators are passed over"
    )
    func refusesSlashes() throws {
        let chain = try StakingChain.fresh(["max_validators": "1"])
        try chain.addValidators([5_000_000, 4_000_000])
        try chain.block {
            for event in [
                ProbeEvent.slash(0, "1.1", since: 1, power: 1), .slash(0, "0.1", since: 3, power: 1),
            ] {
                let error = #expect(throws: ModuleError.self) { try chain.probe(event) }
                #expect(error?.code == .punishmentNotAllowed)
            }
            try chain.probe(.slash(0, "0.1", since: 1, power: .max))
            try chain.probe(.slash(1, "0.1", since: 1, power: 4))
            try chain.probe(.slash(9, "0.1", since: 1, power: 1))
        }
        #expect(try chain.stake(of: 0).tokens == "0")
        #expect(try chain.stake(of: 1).tokens == "4000000")
        #expect(try chain.violations() == [])
    }

    @Test("A slash of more records than fit one go is complete after the next blocks, and nothing leaves in between")
    func slashesInSeveralBlocks() throws {
        let count = 1_203
        let balances = (0..<count).map { number in
            [
                "address": .string(Account.text(Account.user(number))),
                "coins": [["denom": "stake", "amount": "1000000"]],
            ] as JSONValue
        }
        let own: JSONValue = [
            "address": .string(Account.text(Account.validator(0))),
            "coins": [["denom": "stake", "amount": "1000000000"]],
        ]
        let chain = try StakingChain(
            ["bank": ["balances": .array(balances + [own])]],
            configuration: ["slashing": "probe", "params": ["unbonding_time": "100s"]]
        )
        try chain.addValidators([5_000_000])
        try chain.block {
            for number in 0..<count { try chain.send(.delegate(1_000, to: 0), from: Account.user(number)) }
        }
        let infraction = chain.height + 1
        try chain.block {
            for number in 0..<count { try chain.send(.undelegate(1_000, from: 0), from: Account.user(number)) }
        }
        // The slash comes with the time at which all is due, so that only it keeps the coins back.
        try chain.block(after: 99) {
            try chain.probe(.slash(0, "0.5", since: infraction, power: 6))
            #expect(try chain.stake(of: 0).slashesInProgress == 1)
            try chain.expectRefusal(.slashInProgress, of: .delegate(1, to: 0), from: Account.user(0))
            try chain.expectRefusal(.slashInProgress, of: .undelegate(1, from: 0), from: Account.validator(0))
            #expect(throws: ModuleError.self) { try chain.exported() }
        }
        #expect(try chain.stake(of: 0).slashesInProgress == 1)
        try chain.block(after: 1)
        #expect(try chain.stake(of: 0).slashesInProgress == 0)
        // Each pays 500 of 1000; the validator 3 000 000 less that.
        #expect(try chain.stake(of: 0).tokens == String(5_000_000 - (3_000_000 - 500 * count)))
        #expect(try chain.violations() == [])
        try chain.block()
        try chain.block()
        for number in 0..<count {
            #expect(try chain.balance(of: Account.user(number)) == 999_500)
        }
        #expect(try chain.violations() == [])
    }
}
