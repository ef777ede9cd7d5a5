import Foundation
import Governance
import GovernanceEvents
import ModuleKit
import ModuleTesting
import NativeStaking
import StakingEvents
import StakingTesting
import Testing

@Suite("Any sequence of votes and stakes")
struct RandomChainTests {
    /// Draws operations. What is refused is refused with a reason.
    private struct Draw {
        let chain: GovernanceChain
        var random: SplitMix64
        var done: [String: Int] = [:]

        mutating func number(_ bound: UInt64) -> UInt64 { random.next() % bound }
        mutating func person() -> Address { GovernanceChain.people[Int(number(4))] }
        mutating func validator() -> String { chain.operatorText(Int(number(3))) }

        mutating func options() -> [(GovernanceVoteOption, String)] {
            let all: [GovernanceVoteOption] = [.yes, .abstain, .no, .noWithVeto]
            let first = Int(number(4))
            switch number(3) {
            case 0: return [(all[first], "0.333333333333333333"), (all[(first + 1) % 4], "0.666666666666666667")]
            default: return [(all[first], "1")]
            }
        }

        mutating func note(_ name: String, _ outcome: Outcome<Governance>) {
            if outcome.succeeded { done[name, default: 0] += 1 }
        }

        mutating func act() throws {
            let harness = chain.harness
            let amount = ProtoCoin.stake(1 + number(number(3) == 0 ? 9 : 700_000))
            switch number(20) {
            case 0..<4:
                let message = StakingMessage.with {
                    $0.delegate.validator = validator()
                    $0.delegate.amount = amount
                }
                note("delegate", try harness.when(message, to: NativeStaking.self, from: person()))
            case 4..<6:
                let message = StakingMessage.with {
                    $0.undelegate.validator = validator()
                    $0.undelegate.amount = amount
                }
                note("undelegate", try harness.when(message, to: NativeStaking.self, from: person()))
            case 6..<8:
                let message = StakingMessage.with {
                    $0.redelegate.source = validator()
                    $0.redelegate.destination = validator()
                    $0.redelegate.amount = amount
                }
                note("redelegate", try harness.when(message, to: NativeStaking.self, from: person()))
            case 8:
                let message = StakingMessage.with {
                    $0.cancelUnbonding.validator = validator()
                    $0.cancelUnbonding.amount = .stake(1 + number(9))
                    $0.cancelUnbonding.creationHeight = harness.block.height - number(4)
                }
                note("cancel unbonding", try harness.when(message, to: NativeStaking.self, from: person()))
            case 9..<13:
                let message = GovernanceMessage.vote(options(), on: 1 + number(8))
                let voter = number(3) == 0 ? GovernanceChain.validator(Int(number(3))) : person()
                note("vote", try harness.when(message, from: voter))
            case 13: note("submit", try harness.when(.submit([], 1_000), from: person()))
            case 14:
                let multiplier = ["0", "0.1", "0.333333333333333333", "1"][Int(number(4))]
                let message = GovernanceMessage.setWeight(
                    multiplier,
                    of: number(3) == 0 ? "usher" : chain.text(person())
                )
                note("weight", try harness.when(message, from: try harness.identity.address))
            case 15: try slash()
            default: try tellUsher(amount)
            }
        }

        mutating func slash() throws {
            let validator = Int(number(3))
            let address = try Address(ed25519PublicKey: StakingMessage.key(validator))
            let message = UsherMessage.with {
                $0.slash.consensusAddress = Data(address.bytes)
                $0.slash.fraction = ["0.001", "0.05", "0.333333333333333333"][Int(number(3))]
                $0.slash.infractionHeight = chain.harness.block.height - min(chain.harness.block.height, number(6))
                $0.slash.power = number(4)
            }
            let outcome = try chain.harness.when(message, to: Usher.self, from: chain.alice)
            note("slash", outcome)
            if outcome.events.of(StakingEvent.self).contains(where: { !$0.redelegationSlashed.shares.isEmpty }) {
                done["slashed redelegation", default: 0] += 1
            }
        }

        mutating func tellUsher(_ amount: ProtoCoin) throws {
            let owner = number(3) == 0 ? "" : chain.text(person())
            let message: UsherMessage =
                switch number(5) {
                case 0, 1:
                    .with {
                        $0.stake.validator = validator()
                        $0.stake.amount = amount
                        $0.stake.owner = owner
                    }
                case 2:
                    .with {
                        $0.unstake.validator = validator()
                        $0.unstake.amount = amount
                        $0.unstake.owner = owner
                    }
                case 3:
                    .with {
                        $0.restake.validator = validator()
                        $0.restake.destination = validator()
                        $0.restake.amount = amount
                        $0.restake.owner = owner
                    }
                default:
                    .with {
                        $0.vote.proposal = 1 + number(8)
                        $0.vote.option = UInt32(1 + number(4))
                        $0.vote.owner = chain.text(person())
                    }
                }
            note("usher", try chain.harness.when(message, to: Usher.self, from: chain.alice))
        }
    }

    @Test(
        "leaves sums that equal a fresh count over all delegations, and whatever it leaves is imported as it was exported",
        arguments: [1, 2, 3, 5] as [UInt64]
    )
    func sums(seed: UInt64) throws {
        let chain = try GovernanceChain()
        var draw = Draw(chain: chain, random: SplitMix64(seed: seed))
        for _ in 0..<3 { try chain.propose() }
        for round in 0..<30 {
            for _ in 0..<draw.number(8) {
                try draw.act()
                try expectFreshCount(chain, "seed \(seed), round \(round)")
            }
            try chain.harness.nextBlock(after: .seconds(UInt32(1 + draw.number(20))))
        }
        for name in ["delegate", "undelegate", "redelegate", "vote", "weight", "slash", "usher"] {
            #expect(draw.done[name, default: 0] > 0, "seed \(seed) never did: \(name), of \(draw.done)")
        }
        try GenesisTests.expectRoundTrip(chain, "seed \(seed)")
    }

    /// Counts all votes again, from staking's own records of all who voted, and compares what every proposal comes to.
    private func expectFreshCount(_ chain: GovernanceChain, _ place: String) throws {
        var weights: [String: Decimal18] = [:]
        for weight in try chain.harness.query(.with { $0.weights = .init() }).weights.weights {
            weights[weight.delegator] = try Decimal18(weight.multiplier)
        }
        let query = GovernanceQuery.with { $0.proposals.status = .votingPeriod }
        for proposal in try chain.harness.query(query).proposals.proposals {
            let fresh = try FreshCount(of: proposal.number, chain, weights)
            #expect(try chain.tally(proposal.number).figures == fresh.figures, "\(place), proposal \(proposal.number)")
            #expect(try chain.tally(proposal.number).bonded == fresh.bonded, "\(place), proposal \(proposal.number)")
        }
    }
}

/// The count as the Cosmos SDK makes it, voter by voter, rounded only where a weight is not one.
private struct FreshCount {
    let figures: [String]
    let bonded: String

    init(of number: UInt64, _ chain: GovernanceChain, _ weights: [String: Decimal18]) throws {
        let harness = chain.harness
        let validators = try harness.query(.with { $0.validators.status = .bonded }, of: NativeStaking.self).validators
            .validators
        let votes = try harness.query(.with { $0.votes.proposal = number }).votes.votes
        func delegations(of delegator: String) throws -> [StakingDelegation] {
            try harness.query(.with { $0.delegations.delegator = delegator }, of: NativeStaking.self).delegations
                .delegations
        }
        var (sums, counted) = ([Decimal18](repeating: .zero, count: 4), Decimal18.zero)
        func add(_ whole: Decimal18, _ options: [GovernanceWeightedOption], to sums: inout [Decimal18]) throws {
            for option in options {
                let part = try whole.multiplied(by: try Decimal18(option.weight), rounding: .floor)
                let index = option.option.rawValue - 1
                sums[index] = try sums[index].adding(part)
            }
        }
        for validator in validators {
            let shares = try Decimal18(validator.stake.shares)
            func worth(_ part: Decimal18) throws -> Decimal18 {
                try part.multiplied(by: try Amount(validator.stake.tokens)).dividing(by: shares, rounding: .floor)
            }
            var (byOption, deducted, discount) = (
                [Decimal18](repeating: .zero, count: 4), Decimal18.zero, Decimal18.zero
            )
            for vote in votes {
                for delegation in try delegations(of: vote.voter) where delegation.validator == validator.operator {
                    let counting = try Decimal18(delegation.shares)
                        .multiplied(by: weights[vote.voter] ?? .one, rounding: .floor)
                    deducted = try deducted.adding(counting)
                    try add(counting, vote.options, to: &byOption)
                }
            }
            for (delegator, weight) in weights {
                for delegation in try delegations(of: delegator) where delegation.validator == validator.operator {
                    let all = try Decimal18(delegation.shares)
                    discount = try discount.adding(
                        try all.subtracting(try all.multiplied(by: weight, rounding: .floor))
                    )
                }
            }
            let counting = try shares.subtracting(discount)
            counted = try counted.adding(try worth(counting))
            for index in 0..<4 { sums[index] = try sums[index].adding(try worth(byOption[index])) }
            let account = chain.text(try Address(bech32: validator.operator))
            if let own = votes.first(where: { $0.voter == account }) {
                try add(try worth(try counting.subtracting(deducted)), own.options, to: &sums)
            }
        }
        figures = try sums.map { try $0.whole(rounding: .floor).description }
        bonded = try counted.whole(rounding: .floor).description
    }
}
