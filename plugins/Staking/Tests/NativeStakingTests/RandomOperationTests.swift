import ModuleKit
import ModuleTesting
import NativeStaking
import StakingEvents
import Testing

@Suite("Any sequence of operations")
struct RandomOperationTests {
    /// Draws operations; what is refused must be refused with a reason, and changes nothing.
    private struct Draw {
        let chain: StakingChain
        var random: SplitMix64
        var done = 0
        var orders = 0

        mutating func number(_ bound: UInt64) -> UInt64 { random.next() % bound }

        mutating func message() throws {
            let user = Account.user(Int(number(6)))
            let validator = Int(number(4))
            let amount = 1 + number(number(2) == 0 ? 10 : 3_000_000)
            let message: StakingMessage =
                switch number(10) {
                case 0..<4: .delegate(amount, to: validator)
                case 4..<7: .undelegate(amount, from: validator)
                case 7..<9: .redelegate(amount, from: validator, to: Int(number(4)))
                default: .cancelUnbonding(amount, from: validator, since: chain.height - number(3))
                }
            let before = try wealth(of: user)
            do {
                try chain.send(message, from: user)
                done += 1
            } catch {
                #expect(["staking", "bank"].contains(error.codespace), "\(error)")
            }
            let after = try wealth(of: user)
            // Rounding is for nobody's gain: what a delegation is worth never rises by more than a unit a validator.
            #expect(after <= before + 2, "\(message)")
        }

        /// What the user has in all: coins, worth of delegations, coins that are unbonding.
        func wealth(of user: Address) throws -> UInt64 {
            var sum = UInt64(try chain.balance(of: user).description) ?? 0
            let delegations = try chain.ask(.with { $0.delegations.delegator = Account.text(user) }).delegations
            for delegation in delegations.delegations { sum += UInt64(delegation.balance.amount) ?? 0 }
            for record in try chain.unbondings(of: user) {
                for entry in record.entries { sum += UInt64(entry.balance) ?? 0 }
            }
            return sum
        }

        /// An order of the probe, for itself or for one of three owners.
        mutating func order() throws {
            let owner = [nil, 0, 1, 2][Int(number(4))].map { Account.user($0) }
            let amount = 1 + number(1_000_000)
            let validator = Int(number(4))
            let event: ProbeEvent =
                switch number(9) {
                case 0..<4: .stake(amount, at: validator, for: owner)
                case 8: .stakeOnGrant(amount, at: validator, for: owner)
                case 4..<6: .unstake(amount, from: validator, for: owner)
                case 6: .unstakeAtOnce(amount, from: validator, for: owner)
                default: .restake(amount, from: validator, to: Int(number(4)), for: owner)
                }
            do {
                try chain.probe(event)
                orders += 1
            } catch {
                #expect(["staking", "bank"].contains(error.codespace), "\(error)")
            }
        }

        mutating func punishment() throws {
            let validator = Int(number(4))
            let event: ProbeEvent =
                switch number(4) {
                case 0: .jail(validator)
                case 1: .unjail(validator)
                default:
                    .slash(
                        validator,
                        ["0.0001", "0.05", "0.333333333333333333", "0.9"][Int(number(4))],
                        since: chain.height - min(chain.height, number(6)),
                        power: number(8)
                    )
                }
            try? chain.probe(event)
        }
    }

    @Test(
        "keeps the invariants and the coins, lets nobody gain, and is rebuilt from its events alone",
        arguments: [1, 2, 3, 5, 8, 13] as [UInt64]
    )
    func keepsInvariants(seed: UInt64) throws {
        let chain = try StakingChain.fresh(["unbonding_time": "40s", "max_validators": "3", "max_entries": "3"])
        try chain.addValidators([3_000_000, 3_000_001, 2_000_000, 1_000_000])
        var draw = Draw(chain: chain, random: SplitMix64(seed: seed))
        for _ in 0..<40 {
            try chain.block(after: 1 + draw.number(15)) {
                for _ in 0..<draw.number(6) { try draw.message() }
                for _ in 0..<draw.number(3) { try draw.order() }
                if draw.number(4) == 0 { try draw.punishment() }
            }
            #expect(try chain.violations() == [], "seed \(seed), height \(chain.height)")
        }
        #expect(draw.done >= 30, "seed \(seed): \(draw.done) operations")
        #expect(draw.orders >= 10, "seed \(seed): \(draw.orders) orders")
        let states = try chain.replay()
        #expect(states.rebuilt == states.original, "seed \(seed)")
        try expectRoundTrip(chain, seed)
    }

    @Test("come to the same events and the same state in two processes")
    func sameInEveryProcess() throws {
        try DeterminismCheck().run { random in
            let chain = try StakingChain.fresh(["unbonding_time": "40s", "max_validators": "2"])
            try chain.addValidators([3_000_000, 3_000_001, 2_000_000, 1_000_000])
            var draw = Draw(chain: chain, random: random)
            for _ in 0..<20 {
                try chain.block(after: 1 + draw.number(15)) {
                    for _ in 0..<draw.number(6) { try draw.message() }
                    if draw.number(3) == 0 { try draw.punishment() }
                }
            }
            return chain.store.lastHeader
        }
    }

    /// What is exported, imported and exported again is the same.
    private func expectRoundTrip(_ chain: StakingChain, _ seed: UInt64) throws {
        let sections = try chain.bank.exportGenesis() + chain.staking.exportGenesis()
        var document = JSONObject()
        for (section, value) in sections { document[section] = value }
        let twin = try StakingChain(.object(document), time: chain.time)
        #expect(try twin.exported() == chain.exported(), "seed \(seed)")
        #expect(try twin.violations() == [], "seed \(seed)")
        #expect(twin.report.findings.filter { $0.path.hasPrefix("app_state.staking") } == [], "seed \(seed)")
        #expect(try twin.activeSet() == chain.activeSet(), "seed \(seed)")
    }
}
