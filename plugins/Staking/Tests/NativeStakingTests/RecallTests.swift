import ModuleKit
import ModuleTesting
import StakingEvents
import Testing

@testable import NativeStaking

@Suite("Stake that is taken back at once")
struct RecallTests {
    private let owner = Account.user(0)

    /// Two validators of 5 and 4 million, of which the first has 15 million more that the probe may take back at once.
    private func chain() throws -> StakingChain {
        let chain = try StakingChain.fresh(["unbonding_time": "100s"])
        try chain.addValidators([5_000_000, 4_000_000])
        try chain.block { try chain.probe(.stakeOnGrant(15_000_000, at: 0)) }
        try chain.block()
        return chain
    }

    /// What is remembered of validators, by height from the newest.
    private func remembered(_ chain: StakingChain) throws -> [String] {
        var entries: [String] = []
        try NativeStaking().collections.recallable.forEach(in: StateReader(chain.staking.state)) { (key, entry) in
            entries.append("\(key.second.height): \(entry.sum)")
            return true
        }
        return entries
    }

    @Test("is taken off a slash for an infraction before it, so that nobody else pays its part")
    func takenOff() throws {
        let chain = try chain()
        let infraction = chain.height
        try chain.block { try chain.probe(.unstakeAtOnce(9_000_000, from: 0)) }
        try chain.block { try chain.probe(.unstakeAtOnce(6_000_000, from: 0)) }
        try chain.block { try chain.probe(.slash(0, "0.05", since: infraction, power: 20)) }
        #expect(try chain.stake(of: 0).tokens == "4750000")
        #expect(try chain.violations() == [])
        let states = try chain.replay()
        #expect(states.rebuilt == states.original)
    }

    @Test("pays with the others for the part that is still there, and leaves them theirs")
    func partlyTakenOff() throws {
        let chain = try chain()
        let infraction = chain.height
        try chain.block { try chain.probe(.unstakeAtOnce(10_000_000, from: 0)) }
        try chain.block { try chain.probe(.slash(0, "0.1", since: infraction, power: 20)) }
        // 2 million, less 1 million for what has gone: a tenth of the 10 million that are left.
        #expect(try chain.stake(of: 0).tokens == "9000000")
        #expect(try chain.delegation(of: Account.validator(0), at: 0).balance == .stake(4_500_000))
    }

    @Test("is no part of a slash for an infraction after it")
    func before() throws {
        let chain = try chain()
        try chain.block { try chain.probe(.unstakeAtOnce(15_000_000, from: 0)) }
        let left = chain.height
        try chain.block { try chain.probe(.slash(0, "0.05", since: left + 1, power: 5)) }
        #expect(try chain.stake(of: 0).tokens == "4750000")
        // What leaves at the height of an infraction was there at the infraction.
        try chain.block { try chain.probe(.slash(0, "0.05", since: left, power: 20)) }
        #expect(try chain.stake(of: 0).tokens == "4500000")
    }

    @Test("takes nothing off where it had come after the infraction: nobody buys himself out of a slash")
    func cameAfter() throws {
        let chain = try StakingChain.fresh(["unbonding_time": "100s"])
        try chain.addValidators([5_000_000, 4_000_000])
        try chain.block()
        let infraction = chain.height
        try chain.block { try chain.probe(.stakeOnGrant(15_000_000, at: 0)) }
        try chain.block { try chain.probe(.unstakeAtOnce(15_000_000, from: 0)) }
        try chain.block { try chain.probe(.slash(0, "0.05", since: infraction, power: 5)) }
        #expect(try chain.stake(of: 0).tokens == "4750000")
        #expect(try chain.violations() == [])
    }

    @Test("may have been an owner's own stake, such as what a vault's cut made forfeit")
    func ofOwners() throws {
        let chain = try StakingChain.fresh(["unbonding_time": "100s"])
        try chain.addValidators([5_000_000, 4_000_000])
        try chain.block { try chain.probe(.stake(5_000_000, at: 0, for: owner)) }
        try chain.block()
        let infraction = chain.height
        try chain.block { try chain.probe(.unstakeAtOnce(3_000_000, from: 0, for: owner)) }
        try chain.block { try chain.probe(.slash(0, "0.1", since: infraction, power: 10)) }
        #expect(try chain.stake(of: 0).tokens == "6300000")
        #expect(try chain.violations() == [])
    }

    @Test("is remembered as one sum a block for an unbonding time, and then as one sum")
    func forgotten() throws {
        let chain = try chain()
        try chain.block(after: 50) {
            try chain.probe(.unstakeAtOnce(1_000_000, from: 0))
            try chain.probe(.unstakeAtOnce(2_000_000, from: 0))
            try chain.probe(.stakeOnGrant(500_000, at: 0))
        }
        #expect(try remembered(chain) == ["4: 12500000", "2: 15000000"])
        try chain.block(after: 43)
        #expect(try remembered(chain) == ["4: 12500000", "2: 15000000"])
        try chain.block(after: 1)
        #expect(try remembered(chain) == ["4: 12500000", "0: 15000000"])
        try chain.block(after: 6) { try chain.probe(.slash(0, "0.1", since: 3, power: 20)) }
        // 2 million, less a tenth of the 2.5 million that have gone on balance.
        #expect(try chain.stake(of: 0).tokens == "15750000")
        try chain.block(after: 50)
        #expect(try remembered(chain) == ["0: 12500000"])
        #expect(try chain.violations() == [])
        let states = try chain.replay()
        #expect(states.rebuilt == states.original)
    }

    @Test("is forgotten in the order in which it came, also when the unbonding time is made shorter")
    func shorterTime() throws {
        let chain = try chain()
        try chain.block { try chain.probe(.unstakeAtOnce(1_000_000, from: 0)) }
        try chain.block {
            try chain.execution.unit(transaction: 0) { () throws(ModuleError) in
                let change: JSONValue = ["params": ["unbonding_time": "10s"]]
                try chain.staking.run(.configure(change, sender: nil), chain.execution)
            }
            try chain.probe(.unstakeAtOnce(2_000_000, from: 0))
        }
        try chain.block { try chain.probe(.unstakeAtOnce(3_000_000, from: 0)) }
        #expect(try remembered(chain) == ["6: 9000000", "5: 12000000", "4: 14000000", "2: 15000000"])
        try chain.block(after: 87)
        #expect(try remembered(chain) == ["6: 9000000", "5: 12000000", "4: 14000000", "0: 15000000"])
        try chain.block(after: 1)
        #expect(
            try remembered(chain) == ["6: 9000000", "5: 12000000", "0: 14000000"],
            "each a nanosecond after the last"
        )
        try chain.block(after: 1)
        #expect(try remembered(chain) == ["0: 9000000"])
        #expect(try chain.violations() == [])
    }
}
