import BankEvents
import ModuleKit
import ModuleTesting
import StakingEvents
import StakingTesting
import Testing
import VirtualStakingEvents

@Suite("Any sequence of grants and punishments")
struct RandomGrantTests {
    /// Draws what happens, and knows how each validator stood at the beginning of each block.
    private struct Draw {
        let chain: StakeChain
        var random: SplitMix64
        var pledges = [UInt64](repeating: 0, count: 5)
        var jailed: Set<Int> = []
        var tombstoned: Set<Int> = []
        var cap: UInt64?
        /// The powers by height, and since when no slash has changed a validator's.
        var powers: [UInt64: [UInt64]] = [:]
        var slashed = [UInt64](repeating: 0, count: 5)

        mutating func number(_ bound: UInt64) -> UInt64 { random.next() % bound }

        mutating func next() throws {
            try chain.next()
            powers[chain.harness.block.height] = (0..<5).map(chain.power)
        }

        mutating func step() throws {
            let validator = Int(number(5))
            switch number(20) {
            case 0..<4:
                let amount = 1 + number(9000)
                try chain.pledge(amount, to: validator)
                pledges[validator] += amount
            case 4..<7:
                let before = pledges[validator]
                guard before > 0 else { return }
                let amount = number(3) == 0 ? before : 1 + number(before)
                try chain.reduce(amount, of: before, at: validator, burns: number(2) == 0).thenSucceeded()
                pledges[validator] -= amount
            case 7..<9: try grant(number(30_000))
            case 9: try revoke()
            case 10..<12:
                let amount = 1 + number(3000)
                _ = try chain.user(
                    number(2) == 0 ? .delegating(amount, to: validator) : .undelegating(amount, from: validator)
                )
            case 12..<16: try next()
            case 16..<18: try slash(validator)
            case 18: try jail(validator)
            default:
                guard let first = jailed.subtracting(tombstoned).min() else { return }
                jailed.remove(first)
                try chain.punish(chain.unjail(first))
            }
        }

        private mutating func grant(_ cap: UInt64) throws {
            self.cap = cap
            try chain.grant(cap)
        }

        private mutating func revoke() throws {
            guard cap != nil else { return }
            cap = nil
            try chain.revoke()
            #expect(try chain.totals().minted == "0")
            #expect(try chain.supply().offset == .zero)
        }

        private mutating func jail(_ validator: Int) throws {
            guard jailed.count < 3, jailed.insert(validator).inserted else { return }
            if number(4) == 0, tombstoned.isEmpty {
                tombstoned.insert(validator)
                try chain.punish(chain.tombstone(validator), chain.jail(validator))
            } else {
                try chain.punish(chain.jail(validator))
            }
        }

        /// Slashes for an infraction at an earlier height, after the last slash; nobody pays more than his part. (For one at
        /// this height, no unbonding record is looked at, as in the Cosmos SDK.)
        private mutating func slash(_ validator: Int) throws {
            let height = chain.harness.block.height
            let since = max(slashed[validator] + 1, height - min(height, number(12)))
            guard since < height, let power = powers[since]?[validator], power > 0 else { return }
            let percent = 1 + number(20)
            var slash = try chain.slash(validator, percent < 10 ? "0.0\(percent)" : "0.\(percent)")
            slash.slashed.infractionHeight = since
            slash.slashed.power = power
            let delegators = [Account.validators[validator], Account.user]
            let before = try delegators.map { try chain.worth(Account.validators[validator], of: $0) }
            try chain.punish(slash)
            slashed[validator] = height
            for (delegator, before) in zip(delegators, before) {
                let after = try chain.worth(Account.validators[validator], of: delegator)
                let loss = before.saturatingSubtracting(after).units
                // Each unbonding entry rounds its own part down, and the validator pays the unit.
                #expect(
                    loss * 100 <= before.units * UInt128(percent) + 1000,
                    "\(loss) of \(before) lost, at \(percent)% since \(since), at height \(height)"
                )
            }
        }

        /// What holds after every step.
        func check() throws {
            let totals = try chain.totals()
            let (minted, owed) = (try Amount(totals.minted), try Amount(totals.owed))
            #expect(try Amount(totals.cap) == Amount(UInt128(cap ?? 0)))
            #expect(try minted.subtracting(owed) <= Amount(UInt128(cap ?? 0)))
            if owed.isZero { #expect(minted <= Amount(UInt128(cap ?? 0))) }
            #expect(try (0..<5).reduce(0) { try $0 + chain.minted(5)[$1] } == UInt64(minted.units))
        }
    }

    @Test("Virtual stake stays within the cap, goes with the grant, and leaves its part of a slash to nobody else")
    func anySequence() throws {
        var seeds = try SplitMix64.seeded()
        for _ in 0..<3 {
            let chain = try StakeChain(validators: [40_000, 30_000, 20_000, 60_000, 50_000], maxValidators: 4)
            var draw = Draw(chain: chain, random: SplitMix64(seed: seeds.next()))
            try draw.next()
            for _ in 0..<160 {
                try draw.step()
                try draw.check()
            }
        }
    }
}
