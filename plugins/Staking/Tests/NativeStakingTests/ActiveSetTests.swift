import ModuleKit
import StakingEvents
import Testing

@Suite("The active set")
struct ActiveSetTests {
    @Test("It holds the validators with the most power, max_validators at most; among equals the lower operator")
    func holdsTheStrongest() throws {
        let chain = try StakingChain.fresh(["max_validators": "3"])
        try chain.addValidators([2_000_000, 9_000_000, 2_000_000, 5_000_000, 900_000])
        let tied = Account.validator(0) < Account.validator(2) ? 0 : 2
        #expect(try chain.activeSet() == ["validator 1: 9", "validator 3: 5", "validator \(tied): 2"])
        #expect(chain.updates.map(\.power) == [9, 5, 2])
        #expect(try chain.stake(of: 2 - tied).status == .unbonded)
        #expect(try chain.violations() == [])
    }

    @Test("A validator below one unit of power is not active, however much room there is")
    func needsPower() throws {
        let chain = try StakingChain.fresh()
        try chain.addValidators([999_999, 1_000_000])
        #expect(try chain.activeSet() == ["validator 1: 1"])
    }

    @Test("Without the grant of staking/set-validators nobody becomes active, and the engine hears nothing")
    func needsGrant() throws {
        let chain = try StakingChain.fresh()
        chain.withheld = [.setValidators]
        try chain.addValidators([5_000_000, 4_000_000])
        #expect(try chain.activeSet() == [])
        #expect(chain.updates.isEmpty)
        #expect(try chain.stake(of: 0).status == .unbonded)
        chain.withheld = []
        try chain.block()
        #expect(chain.updates.map(\.power) == [5, 4])
    }

    @Test("A block reports who changed, by power, then who left, by operator; a block without change reports nothing")
    func reportsChanges() throws {
        let chain = try StakingChain.fresh(["max_validators": "2"])
        try chain.addValidators([5_000_000, 4_000_000, 3_000_000, 2_000_000])
        try chain.block()
        #expect(chain.updates.isEmpty)
        try chain.block {
            try chain.send(.delegate(5_000_000, to: 2), from: Account.user(0))
            try chain.send(.delegate(5_000_000, to: 3), from: Account.user(0))
        }
        let left = [0, 1].sorted { Account.validator($0) < Account.validator($1) }
        let expected = [
            ValidatorUpdate(publicKey: Account.key(2), power: 8),
            ValidatorUpdate(publicKey: Account.key(3), power: 7),
        ]
        #expect(chain.updates == expected + left.map { ValidatorUpdate(publicKey: Account.key($0), power: 0) })
        #expect(try chain.balance(of: StakingPool.bonded.address) == 15_000_000)
        #expect(try chain.violations() == [])
    }

    @Test("A validator that left is unbonding, then unbonded; it can come back before and after")
    func passesThroughTheStates() throws {
        let chain = try StakingChain.fresh(["max_validators": "1", "unbonding_time": "100s"])
        try chain.addValidators([5_000_000, 4_000_000])
        try chain.block { try chain.send(.delegate(2_000_000, to: 1), from: Account.user(0)) }
        #expect(try chain.stake(of: 0).status == .unbonding)
        #expect(try chain.stake(of: 0).unbondingHeight == 2)
        try chain.block(after: 99)
        #expect(try chain.stake(of: 0).status == .unbonding)
        try chain.block { try chain.send(.delegate(2_000_000, to: 0), from: Account.user(0)) }
        #expect(try chain.stake(of: 0).status == .bonded)
        try chain.block(after: 100)
        #expect(try chain.stake(of: 0).status == .bonded)
        #expect(try chain.stake(of: 1).status == .unbonded)
        try chain.block { try chain.send(.delegate(2_000_000, to: 1), from: Account.user(0)) }
        #expect(try chain.stake(of: 1).status == .bonded)
        #expect(try chain.violations() == [])
    }

    @Test("A validator whose last share left while it was unbonding is removed when it is unbonded")
    func removesEmptyValidators() throws {
        let chain = try StakingChain.fresh(["unbonding_time": "100s"])
        try chain.addValidators([5_000_000, 4_000_000])
        try chain.block { try chain.send(.undelegate(5_000_000, from: 0), from: Account.validator(0)) }
        #expect(try chain.stake(of: 0).status == .unbonding)
        try chain.block(after: 100)
        #expect(throws: ModuleError.self) { try chain.stake(of: 0) }
        #expect(try chain.balance(of: Account.validator(0)) == 1_000_000_000)
        #expect(try chain.violations() == [])
    }

    @Test("The powers of past heights can be asked for as long as they are kept")
    func keepsHistory() throws {
        let chain = try StakingChain.fresh(["historical_entries": "3"])
        try chain.addValidators([5_000_000, 4_000_000])
        try chain.block()
        try chain.block { try chain.send(.delegate(1_000_000, to: 1), from: Account.user(0)) }
        func powers(_ height: UInt64) throws -> [UInt64] {
            try chain.ask(.with { $0.historicalPower.height = height }).historicalPower.powers.map(\.power)
        }
        #expect(try powers(1) == [5, 4])
        #expect(try powers(2) == [5, 4])
        #expect(try powers(3) == [5, 5])
        let missing = #expect(throws: ModuleError.self) { try powers(0) }
        #expect(missing?.code == .historyNotKept)
        for _ in 0..<8 {
            try chain.block {
                try chain.send(.delegate(1_000_000, to: 0), from: Account.user(0))
                try chain.send(.delegate(1_000_000, to: 1), from: Account.user(0))
            }
        }
        #expect(try powers(11) == [13, 13])
        #expect(try powers(8) == [10, 10])
        let pruned = #expect(throws: ModuleError.self) { try powers(7) }
        #expect(pruned?.code == .historyNotKept)
    }
}
