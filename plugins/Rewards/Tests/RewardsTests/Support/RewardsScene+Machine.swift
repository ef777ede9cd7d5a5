import ModuleKit
import NativeStaking
import RewardsEvents
import StakingEvents

@testable import ModuleTesting
@testable import Rewards

extension RewardsScene {
    /// What the bank, native staking and rewards write for a genesis document.
    func exportAll() throws -> JSONValue {
        var sections = JSONObject()
        for number in 1...3 as ClosedRange<UInt32> {
            for (name, value) in try harness.machine.execution.instance(number).exportGenesis() {
                sections[name] = value
            }
        }
        return .object(sections)
    }

    /// The stored state of the module, by key.
    func storedRewards() throws -> [[UInt8]: [UInt8]] {
        var found: [[UInt8]: [UInt8]] = [:]
        for (key, value) in try harness.storedState() where key.starts(with: [0, 0, 0, 1]) { found[key] = value }
        return found
    }

    /// The positions whose shares are not those of staking's delegations, and the delegations without a position.
    func strays() throws -> [String] {
        var shares: [PositionKey: Decimal18] = [:]
        var found: [String] = []
        try Rewards().collections.positions.forEach(in: harness.state) { (key, position) throws(ModuleError) in
            if !position.shares.isZero { shares[key] = position.shares }
            return true
        }
        for instance in harness.machine.execution.installedInstances where instance.identity.module == "staking" {
            for (_, section) in try instance.exportGenesis() {
                for field in try section["delegations"].array() {
                    let key = PositionKey(
                        try field["delegator_address"].address(Self.prefixes, as: .account),
                        try field["validator_address"].address(Self.prefixes, as: .validatorOperator)
                    )
                    let staked = try field["shares"].decimal()
                    let known = shares.removeValue(forKey: key) ?? .zero
                    if known != staked { found.append("\(key.first) at \(key.second): \(known), not \(staked)") }
                }
            }
        }
        return found + shares.keys.map { "\($0.first) at \($0.second) has no delegation" }
    }

    /// Whether the module's account holds what the module's books say, of each denomination.
    func holdsItsBooks() throws -> Bool {
        try totals().allSatisfy {
            try balance(of: RewardsAccount.distribution.address, $0.denom).description == $0.held
        }
    }

    /// Runs the begin of the block once more, and tells what it cost.
    func beginAgain() throws -> Outcome<Rewards> {
        let execution = harness.machine.execution
        let instance = try harness.instance(of: Rewards.self)
        return try harness.unit(transaction: 0) { () throws(ModuleError) in
            try instance.run(.beginBlock, execution)
        }.thenSucceeded()
    }
}
